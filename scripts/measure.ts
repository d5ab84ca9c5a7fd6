/**
 * `npm run measure`: runs what the numbers in the lessons ask of the machine and keeps the answers beside each lesson
 * (runs.json), so that a build need not run them again. With --check it writes nothing and fails where what is kept is stale.
 */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { answer } from '../src/core/words/numbers.ts';
import { askOf, isAsking } from '../src/markdown/asks.ts';
import { keep, keyOf, lessonFiles, readKept, readScenario, type Kept } from '../src/markdown/library.ts';
import { outlineOf } from '../src/markdown/outline.ts';

/** All numbers that these lessons print, by folder and key: each is run once, however often it is printed. */
export async function numbersIn(
  files: string[],
): Promise<Map<string, Map<string, { run: () => Kept; where: string }>>> {
  const byFolder = new Map<string, Map<string, { run: () => Kept; where: string }>>();
  for (const file of files) {
    const folder = dirname(file);
    const numbers = byFolder.get(folder) ?? new Map<string, { run: () => Kept; where: string }>();
    byFolder.set(folder, numbers);
    for (const tag of outlineOf(readFileSync(file, 'utf8')).tags) {
      if (!isAsking(tag.name)) continue;
      const where = `${file}:${tag.line}`;
      const ask = askOf(tag.name, tag.attributes);
      const source = await readScenario(ask.scenario);
      if (!source) throw new Error(`${where}: there is no scenario "${ask.scenario}"`);
      numbers.set(keyOf(source, ask), { where, run: () => ({ ask, answer: answer(source, ask) }) });
    }
  }
  return byFolder;
}

if (import.meta.main) {
  const check = process.argv.includes('--check');
  const all = process.argv.includes('--all');
  let stale = 0;
  for (const [folder, questions] of await numbersIn(lessonFiles())) {
    const before = readKept(folder);
    const now: Record<string, Kept> = {};
    let ran = 0;
    for (const [key, { run, where }] of questions) {
      const known = before[key];
      if (known && !all && !check) now[key] = known;
      else {
        now[key] = run();
        ran += 1;
        if (check && JSON.stringify(known) !== JSON.stringify(now[key])) {
          console.error(
            `${where}: ${known ? 'the kept number is not what the machine gives' : 'the number is not kept'}; run "npm run measure".`,
          );
          stale += 1;
        }
      }
    }
    const dropped = Object.keys(before).filter((key) => !questions.has(key)).length;
    if (questions.size === 0 && dropped === 0) continue;
    if (check) stale += dropped;
    else if (ran > 0 || dropped > 0) keep(folder, now);
    console.log(`${folder}: ${questions.size} numbers, ${ran} run, ${dropped} no longer asked`);
  }
  if (stale > 0) process.exit(1);
}
