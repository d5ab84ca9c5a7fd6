/**
 * The walls of the house: who may import whom. Every import of every source file is held against one table,
 * types included, .astro files and `import.meta.glob` too. It knows folders and names, not what the code does.
 */
import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';

interface Room {
  /** What the room is called in messages. */
  name: string;
  /** The files that are in it. The first room that matches is the one. */
  has: RegExp;
  /** What it may import of ours, beside its own files. */
  imports: RegExp[];
  /** Packages it may import: a list, or all. */
  packages: string[] | 'all';
  /** Whether it may use Node's own modules. */
  node: boolean;
  /** Where the room is made of cells: a file may import what matches the same text, and no other cell. */
  cell?: RegExp;
  /** Where something that breaks the wall should go instead. */
  advice: string;
}

const machineDoor =
  /^simulations\/((index|computing|organising|bordering|deciding)\.ts|scenarios\/[a-z0-9-]+\/(scenario\.ts|words\.[a-z]+\.yaml|card\.[a-z]+\.md)|examples\/[a-z0-9-]+(\.json|\.words\.[a-z]+\.yaml))$/;
const languages = /^languages\.ts$/;
const core = /^src\/core\//;
const worker = /^src\/worker\//;
const storage = /^src\/storage\//;
const components = /^src\/components\//;
const styles = /^src\/styles\//;
const content = /^content\//;
const readers = /^src\/(course|course-root|interface)\.ts$/;
const markdown = /^src\/markdown\//;
/** Facts of the project, such as its version. */
const manifest = /^package\.json$/;
const anything = /./;

/** From the machine outwards; the order matters only where one room lies inside another. */
export const rooms: Room[] = [
  {
    name: 'the tests',
    has: /(^tests\/|^benches\/|^simulations\/golden\/|\.(test|fixture)\.tsx?$)/,
    imports: [anything],
    packages: 'all',
    node: true,
    advice: 'Tests may import anything.',
  },
  {
    name: 'the engine',
    has: /^simulations\/engine\//,
    imports: [],
    packages: [],
    node: false,
    advice: 'The engine knows no part and needs nobody: hand in what it needs, or move the code to simulations/parts/.',
  },
  {
    name: 'the vocabulary of settings',
    has: /^simulations\/fields\.ts$/,
    imports: [],
    packages: ['zod'],
    node: false,
    advice: 'It is a layer over the schema library and knows nothing of what is declared with it.',
  },
  {
    name: 'the distributions',
    has: /^simulations\/distributions\//,
    imports: [/^simulations\/engine\//, /^simulations\/fields\.ts$/],
    packages: [],
    node: false,
    advice: 'Distributions draw numbers and know nothing of parts.',
  },
  {
    name: 'the links',
    has: /^simulations\/links\//,
    imports: [/^simulations\/(engine|distributions)\//, /^simulations\/fields\.ts$/],
    packages: [],
    node: false,
    advice: 'A link knows the engine and its own settings, and no part.',
  },
  {
    name: 'the call plans',
    has: /^simulations\/plans\//,
    imports: [/^simulations\/engine\//, /^simulations\/fields\.ts$/],
    packages: [],
    node: false,
    advice: 'A plan knows the engine and its own settings, and no part.',
  },
  {
    name: 'a part',
    has: /^simulations\/parts\//,
    imports: [
      /^simulations\/(engine|distributions|plans)\//,
      /^simulations\/fields\.ts$/,
      /^simulations\/links\/token-bucket\.ts$/,
    ],
    packages: [],
    node: false,
    advice: 'A part knows the engine and its own settings, never a scenario or the page.',
  },
  {
    name: 'a scenario',
    has: /^simulations\/scenarios\//,
    imports: [/^simulations\/index\.ts$/],
    packages: [],
    node: false,
    cell: /^simulations\/scenarios\/[a-z0-9_-]+\//,
    advice: 'A scenario is data: it imports types from simulations/index.ts and nothing of another scenario.',
  },
  {
    name: 'the machine',
    has: /^simulations\//,
    imports: [/^simulations\//],
    packages: [],
    node: false,
    advice: 'The machine imports only itself: it must run in Node, in a Worker, anywhere.',
  },
  {
    name: 'the words',
    has: content,
    imports: [],
    packages: [],
    node: false,
    cell: /^$/,
    advice: 'Words import nothing: the tags an author may use are handed in by src/components/mdx/.',
  },
  {
    name: 'the list of languages',
    has: languages,
    imports: [],
    packages: [],
    node: false,
    advice: 'languages.ts imports nothing, so that everything may import it.',
  },
  {
    name: 'the core',
    has: core,
    imports: [machineDoor, languages],
    packages: ['zod', 'astro/zod', 'intl-messageformat', 'd3-scale', 'd3-shape', 'yaml', 'ts-fsrs'],
    node: false,
    advice:
      'The core is pure logic: what touches a page belongs in src/components/, what touches storage in src/storage/.',
  },
  {
    name: 'the worker',
    has: worker,
    // It fetches the kinds of parts that a scenario names, each by the door of its folder.
    imports: [core, machineDoor, /^simulations\/(bare|parts\/any\/index)\.ts$/, languages],
    packages: ['zod'],
    node: false,
    advice: 'The worker is a shell round the machine: logic belongs in src/core/, views in src/components/.',
  },
  {
    name: 'the storage',
    has: storage,
    imports: [core, languages],
    packages: ['idb', 'zod'],
    node: false,
    advice: "The storage keeps the learner's record and knows no views: what it means belongs in src/core/.",
  },
  {
    name: 'the islands',
    has: /^src\/components\/.*\.tsx$/,
    imports: [components, core, worker, storage, machineDoor, styles, content, languages],
    packages: 'all',
    node: false,
    advice: 'An island runs in a browser: read files in an .astro file, and hand the result in.',
  },
  {
    name: 'the components',
    has: components,
    imports: [components, readers, markdown, core, worker, storage, machineDoor, styles, content, languages, manifest],
    packages: 'all',
    node: true,
    advice: 'Components draw what they are handed; a page puts them together.',
  },
  {
    name: 'the readers of the words',
    has: readers,
    imports: [core, content, languages],
    packages: 'all',
    node: true,
    advice: 'They load content when the site is built: what they make of it belongs in src/core/.',
  },
  {
    name: 'the Markdown plugins',
    has: markdown,
    imports: [readers, core, machineDoor, content, languages],
    packages: 'all',
    node: true,
    advice: 'They turn prose into pages when the site is built, and know no views.',
  },
  {
    name: 'the pages',
    has: /^src\/(pages\/|content\.config\.ts$|env\.d\.ts$)/,
    imports: [components, readers, markdown, core, worker, storage, machineDoor, styles, content, languages, manifest],
    packages: 'all',
    node: true,
    advice: 'Pages are routes: they may import all of src/ and the door of the machine, simulations/index.ts.',
  },
  { name: 'the styles', has: styles, imports: [], packages: 'all', node: false, advice: 'Styles import styles.' },
  {
    name: 'the classroom',
    has: /^classroom\//,
    imports: [/^src\/core\/room\//, languages],
    packages: 'all',
    node: true,
    advice: 'The classroom shares src/core/room/ with the stage, and nothing else.',
  },
  {
    name: 'the scripts',
    has: /^scripts\//,
    imports: [anything],
    packages: 'all',
    node: true,
    advice: 'Scripts may import anything.',
  },
  {
    name: "a tool's configuration",
    has: /^[a-z-]+\.config\.(ts|mjs)$/,
    imports: [anything],
    packages: 'all',
    node: true,
    advice: 'A configuration may import anything.',
  },
];

/** Names that say nothing: a function without a home is an idea without a name. */
const emptyNames = /^(utils?|helpers?|common|misc|managers?|data|info)$/i;

export interface Breach {
  file: string;
  line: number;
  problem: string;
}

interface Import {
  line: number;
  target: string;
}

const lineOf = (text: string, position: number): number => text.slice(0, position).split('\n').length;

/** The parts of a file that are code, and where each begins. */
function codeOf(file: string, text: string): { code: string; from: number }[] {
  if (!file.endsWith('.astro')) return [{ code: text, from: 0 }];
  const pieces = [...text.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map((found) => ({
    code: found[1]!,
    from: found.index + found[0].indexOf('>') + 1,
  }));
  const head = /^\s*---\r?\n([\s\S]*?)\r?\n---/.exec(text);
  if (head) pieces.push({ code: head[1]!, from: head[0].indexOf(head[1]!) });
  return pieces;
}

/** Everything that a file imports: statements, re-exports, `import()`, `new URL(…, import.meta.url)` and `import.meta.glob`. */
function importsOf(file: string, text: string): Import[] {
  if (/\.mdx?$/.test(file)) {
    const prose = text.replace(/^(```|~~~)[\s\S]*?^\1/gm, (block) => block.replace(/[^\n]/g, ' '));
    return [...prose.matchAll(/^(?:import|export)\s[^\n]*?['"]([^'"\n]+)['"]/gm)].map((found) => ({
      line: lineOf(text, found.index),
      target: found[1]!,
    }));
  }
  return codeOf(file, text).flatMap(({ code, from }) => {
    const statements = ts.preProcessFile(code, true, true).importedFiles.map((found) => ({
      line: lineOf(text, from + found.pos),
      target: found.fileName,
    }));
    const urls = [...code.matchAll(/new URL\(\s*['"]([^'"]+)['"]\s*,\s*import\.meta\.url/g)].map((found) => ({
      line: lineOf(text, from + found.index),
      target: found[1]!,
    }));
    const globs = [...code.matchAll(/import\.meta\.glob\b[^(]*\(([\s\S]*?)\)/g)].flatMap((found) =>
      [...found[1]!.matchAll(/['"]([./][^'"]*)['"]/g)].map((pattern) => ({
        line: lineOf(text, from + found.index),
        target: pattern[1]!.replace(/\{([^,}]*),[^}]*\}/g, '$1').replace(/\*+/g, 'any'),
      })),
    );
    return [...statements, ...urls, ...globs];
  });
}

const packageOf = (target: string): string =>
  target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');

function judge(room: Room, file: string, target: string): string | undefined {
  if (room.imports.includes(anything)) return undefined;
  if (isBuiltin(target)) return room.node ? undefined : `${room.name} may not use Node's ${target}`;
  if (/^(astro|virtual):/.test(target)) {
    return room.packages === 'all' ? undefined : `${room.name} may not import ${target}`;
  }
  if (!/^[./]/.test(target)) {
    const name = packageOf(target);
    const allowed = room.packages === 'all' || room.packages.some((own) => own === name || own === target);
    return allowed ? undefined : `${room.name} may not import the package ${name}`;
  }
  // A leading slash means the project's own folder, to Vite.
  const path = target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(file), target);
  const place = path.replace(/\?.*$/, '');
  // Patterns cannot name a package, so they name its folder.
  if (place.startsWith('node_modules/')) return judge(room, file, place.slice('node_modules/'.length));
  if (place.startsWith('..')) return `${place} lies outside of the project`;
  const home = room.cell
    ? place.startsWith(room.cell.exec(file)?.[0] ?? '\0')
    : rooms.find((other) => other.has.test(place)) === room;
  if (home || room.imports.some((allowed) => allowed.test(place))) return undefined;
  return `${room.name} may not import ${place}`;
}

/** All breaches in the given files, by path from the project's folder. */
export function breaches(files: Iterable<readonly [path: string, text: string]>): Breach[] {
  const found: Breach[] = [];
  for (const [file, text] of files) {
    const bad = file.split('/').find((step) => emptyNames.test(step.replace(/\..*$/, '')));
    if (bad !== undefined) {
      found.push({
        file,
        line: 1,
        problem: `"${bad}" is no name. If a function has no home, its idea has no name yet.`,
      });
    }
    const room = rooms.find((one) => one.has.test(file));
    if (!room) {
      const problem = 'this file is in no room of the house. Move it, or add its room to scripts/walls.ts and the map.';
      found.push({ file, line: 1, problem });
      continue;
    }
    for (const { line, target } of importsOf(file, text)) {
      const problem = judge(room, file, target);
      if (problem !== undefined) found.push({ file, line, problem: `${problem}. ${room.advice}` });
    }
  }
  return found;
}

/** The sources that the walls hold for. */
export function sources(): [string, string][] {
  const patterns = [
    '{src,simulations,classroom,scripts,tests,benches}/**/*.{ts,tsx,mts,js,mjs,astro}',
    'content/**/*.{mdx,ts,js,mjs}',
    '*.{ts,mts,js,mjs}',
  ];
  const paths = patterns.flatMap((pattern) => globSync(pattern)).map((path) => path.replaceAll('\\', '/'));
  return [...new Set(paths)].sort().map((path) => [path, readFileSync(path, 'utf8')]);
}

if (process.argv[1] === import.meta.filename) {
  const files = sources();
  const found = breaches(files);
  for (const { file, line, problem } of found) console.error(`${file}:${line} ${problem}`);
  console.log(
    found.length === 0
      ? `The walls hold: ${files.length} files.`
      : `${found.length} breaches in ${files.length} files.`,
  );
  process.exit(found.length === 0 ? 0 : 1);
}
