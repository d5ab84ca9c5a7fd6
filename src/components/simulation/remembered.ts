/**
 * Keeps on disk what the machine answered while the site was built, so that the next build need not ask again. Whatever an answer
 * depends on is part of its name: the machine's sources, the scenario, the question. Nothing old can be taken for something new.
 */
import { createHash, type Hash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of the machine's folder, what no run depends on: scenarios come with the question, and tests ask their own. */
const APART = /^(scenarios|examples|golden)$|\.(test|fixture)\.ts$|\.md$/;

function add(hash: Hash, folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (APART.test(entry.name)) continue;
    const place = join(folder, entry.name);
    if (entry.isDirectory()) add(hash, place);
    else hash.update(`${place}\0`).update(readFileSync(place));
  }
}

const shortOf = (hash: Hash): string => hash.digest('hex').slice(0, 24);

/** The machine as it is now. Asked each time: while pages are written, it may change under the same process. */
function machineNow(): string {
  const hash = createHash('sha256');
  add(hash, 'simulations');
  return shortOf(hash);
}

/**
 * The answer to a question, from disk where it was answered before by the same machine.
 * @param question all that the answer depends on besides the machine, as JSON has it.
 * @param answer makes it; what it gives must come back from JSON as it was.
 */
export function remembered<Answer>(question: unknown, answer: () => Answer, home = join('.cache', 'answers')): Answer {
  const machine = machineNow();
  const folder = join(home, machine);
  const file = join(folder, `${shortOf(createHash('sha256').update(JSON.stringify(question)))}.json`);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Answer;
  } catch {
    // Not asked yet, or only half written down: both are mended by asking.
  }
  const given = answer();
  forgetOthers(home, machine);
  mkdirSync(folder, { recursive: true });
  // Another build may be at it: a file is there whole or not at all.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(given));
  renameSync(draft, file);
  return given;
}

/** Answers of a machine that is no more would only take room. */
function forgetOthers(home: string, machine: string): void {
  try {
    for (const name of readdirSync(home))
      if (name !== machine) rmSync(join(home, name), { recursive: true, force: true });
  } catch {
    // There is nothing yet.
  }
}
