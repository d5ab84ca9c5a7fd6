/**
 * `node scripts/co-change.ts CLONE [MAP]`: prints what changed together in a repository that you have a clone of, year by
 * year, as words of letters, one letter for each part that a change touched; see docs/co-change.md. The map says which
 * folders are which parts; scripts/co-change/spree.json when left out. Nothing but letters and counts leaves the clone.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { coChanges, commitsIn, LOG_FORMAT, wordOf, type PartMap } from './co-change/history.ts';

const [clone, file = new URL('co-change/spree.json', import.meta.url)] = process.argv.slice(2);
if (clone === undefined) {
  console.error('Usage: node scripts/co-change.ts CLONE [MAP]');
  process.exit(2);
}
const map = JSON.parse(readFileSync(file, 'utf8')) as PartMap;
const log = execFileSync(
  'git',
  ['-C', clone, 'log', '--no-merges', '--no-renames', '--name-only', `--format=${LOG_FORMAT}`, map.commit],
  { encoding: 'utf8', maxBuffer: 2 ** 29 },
);
const { years, single } = coChanges(commitsIn(log), map);
for (const [i, changes] of years.entries()) {
  console.log(`# ${map.years[i]} to ${map.years[i + 1]}: ${changes.length} of two parts and more, ${single[i]} of one`);
  console.log(changes.map(wordOf).join(' '));
}
