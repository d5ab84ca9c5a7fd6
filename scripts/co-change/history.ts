/**
 * Which parts of a program were changed together, read off a listing of its history: what one author changed on one day
 * counts as one change. It knows folders and words in names of files, and nothing of what stands in them.
 */

/** What is told by a folder and by a word in the rest of the path. */
export interface PartMap {
  /** Where the code can be had, and the commit whose history is read. */
  repository: string;
  commit: string;
  /** When the first year begins, when the second one does, and when that is over. */
  years: [string, string, string];
  /** Commits of more files than this say nothing about what belongs together and are left out. */
  mostFiles: number;
  /** By layer: where its files lie. The longest folder that fits decides. */
  folders: Record<string, string[]>;
  /** By entity: words of which one stands in the rest of the path. The first entity that fits decides. */
  words: Record<string, string[]>;
  /** The parts: layer and entity. */
  parts: [string, string][];
}

export interface Commit {
  /** The author's day, as 2013-01-31. */
  day: string;
  /** Whatever tells one author from another. It is used to group and is not kept. */
  author: string;
  files: string[];
}

/** What `git log` has to print for `commitsIn`. */
export const LOG_FORMAT = '@%as %ae';

/** Reads what `git log --name-only` has printed. */
export function commitsIn(log: string): Commit[] {
  const commits: Commit[] = [];
  for (const line of log.split('\n')) {
    const head = /^@(\d{4}-\d{2}-\d{2}) (.*)$/.exec(line);
    if (head !== null) commits.push({ day: head[1]!, author: head[2]!, files: [] });
    else if (line !== '') commits.at(-1)?.files.push(line);
  }
  return commits;
}

/** The number of the part that a file belongs to; -1 where it belongs to none. */
export function partOf(file: string, { folders, words, parts }: PartMap): number {
  let layer = '';
  let length = 0;
  for (const [name, places] of Object.entries(folders))
    for (const place of places)
      if (file.startsWith(place) && place.length > length) {
        layer = name;
        length = place.length;
      }
  const rest = file.slice(length).toLowerCase();
  const entity = Object.entries(words).find(([, list]) => list.some((word) => rest.includes(word)))?.[0];
  return parts.findIndex(([one, other]) => one === layer && other === entity);
}

export interface CoChanges {
  /** Changes of each year that touch at least two parts, its days mixed. */
  years: [number[][], number[][]];
  /** How many changes touch one part only, by year. */
  single: [number, number];
}

/** What changed together in two years. */
export function coChanges(commits: readonly Commit[], map: PartMap): CoChanges {
  const [from, split, until] = map.years;
  const days = new Map<string, { day: string; parts: Set<number> }>();
  for (const { day, author, files } of commits) {
    if (day < from || day >= until || files.length > map.mostFiles) continue;
    const name = `${day} ${author}`;
    const parts = days.get(name)?.parts ?? new Set<number>();
    days.set(name, { day, parts });
    for (const file of files) parts.add(partOf(file, map));
  }
  const found: CoChanges = { years: [[], []], single: [0, 0] };
  const inOrder = [...days].toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [, { day, parts }] of inOrder) {
    parts.delete(-1);
    const year = day < split ? 0 : 1;
    if (parts.size === 1) found.single[year]++;
    else if (parts.size > 1) found.years[year].push([...parts].toSorted((a, b) => a - b));
  }
  return { ...found, years: [mixed(found.years[0]), mixed(found.years[1])] };
}

/** The golden section: its multiples fall evenly between 0 and 1, and neighbours far apart. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The same things with neighbours far apart, always in the same order: a busy week is then no stretch of the run. */
export const mixed = <Thing>(things: readonly Thing[]): Thing[] =>
  things
    .map((thing, i) => ({ thing, place: (i * GOLDEN) % 1 }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ thing }) => thing);

/** One change as a word: part 0 is a, part 1 is b, and so on. */
export const wordOf = (parts: readonly number[]): string =>
  parts.map((part) => String.fromCharCode(97 + part)).join('');
