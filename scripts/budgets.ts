/**
 * What a lesson's page weighs, read off the built site: from the page to its scripts, from these to all that they import.
 * Over the limits of budgets.json it fails. Bytes are what is sent: compressed by gzip, a kilobyte being 1,000 of them.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { kindsNamedIn } from '../simulations/kinds-named.ts';

export interface Budgets {
  /** Addresses of the pages that are weighed, from the root of the site. */
  pages: string[];
  kilobytes: Record<keyof Weight, number>;
  /** The most that the slides of such a page may bring of script, in kilobytes, beyond all that the page itself can fetch. */
  deck: number;
  /** Names of scripts that stand in where a browser lacks something, such as Workers: an ordinary reader never gets them. */
  standIns: string[];
  /** Names of the islands of a page that belong to its quiz. */
  quiz: string[];
  /** Names of scripts that are fetched when a reader opens what they show, or has a record to go on with. */
  onRequest: string[];
  /** Names among them of which a reader gets one at a time, such as the scenarios: only the largest counts. */
  oneOf: string[];
  /** The most that things may jump about while a page loads (Cumulative Layout Shift). */
  layoutShift: number;
  /** The longest that loading a page may keep the main thread busy, as a multiple of the plain work of scripts/main-thread.ts. */
  mainThread: number;
  /** The least score out of 100 for each of Lighthouse's categories. */
  lighthouse: Record<string, number>;
}

/** Bytes of a page after compression. */
export interface Weight {
  /** Script that a reader's browser gets before the stage comes into view. */
  scriptBeforeStage: number;
  /** That, and everything that the stage and all other islands of the page but its quiz bring of themselves. */
  scriptWithStage: number;
  /** What the quiz brings on top of that. */
  quiz: number;
  /** What is fetched only when a reader asks for it, or has a record: all of `onRequest` together, with what only they need. */
  scriptOnRequest: number;
  /** What the Worker loads before it knows what it is to run: the machine without its kinds of parts. */
  worker: number;
  /** The most that any one scenario makes it load: that, and the kinds of parts that the scenario names. */
  workerWithParts: number;
  /** Rules of style; not the tables that only say which file has which letter. */
  css: number;
}

export const readBudgets = (): Budgets => JSON.parse(readFileSync('budgets.json', 'utf8')) as Budgets;

const packed = (text: string): number => (text === '' ? 0 : gzipSync(text, { level: 9 }).length);

/** Addresses in a built script of the scripts that it imports when it starts, and of those that it fetches later. */
function importsOf(code: string): { first: string[]; later: string[] } {
  const first = [...code.matchAll(/(?:\bfrom|\bimport)\s*["'`](\.{0,2}\/[^"'`]+\.m?js)["'`]/g)].map(
    (found) => found[1]!,
  );
  const later = [...code.matchAll(/\bimport\s*\(\s*["'`](\.{0,2}\/[^"'`]+\.m?js)["'`]/g)].map((found) => found[1]!);
  return { first, later };
}

const workersOf = (code: string): string[] =>
  [...code.matchAll(/new URL\(\s*["'`]([^"'`]*worker[^"'`]*\.js)["'`]/gi)].map((found) => found[1]!);

/** The kinds of parts that a built Worker can fetch, and where they lie. */
const kindsOf = (code: string): Map<string, string> =>
  new Map(
    [
      ...code.matchAll(/parts\/([a-z-]+)\/index\.ts["'`]\s*:[^,]*?\bimport\s*\(\s*["'`](\.{0,2}\/[^"'`]+\.js)["'`]/g),
    ].map((found) => [found[1]!, found[2]!]),
  );

/** The kinds of parts that each scenario and example of ours needs, by their names. */
export async function scenarioNeeds(): Promise<Map<string, Set<string>>> {
  const needs = new Map<string, Set<string>>();
  for (const path of globSync('simulations/scenarios/*/scenario.ts')) {
    const { default: scenario } = (await import(pathToFileURL(resolve(path)).href)) as { default: unknown };
    needs.set(basename(dirname(path)), kindsNamedIn(scenario));
  }
  for (const path of globSync('simulations/examples/*.json'))
    needs.set(`examples/${basename(path, '.json')}`, kindsNamedIn(JSON.parse(readFileSync(path, 'utf8'))));
  return needs;
}

/** A built site as a set of files by address. */
export class BuiltSite {
  readonly #folder: string;
  readonly #base: string;
  readonly #leftOut: string[];

  /** @param leftOut names of scripts that are not followed when they are fetched later. */
  constructor(folder: string, base = '/', leftOut: string[] = []) {
    this.#leftOut = leftOut;
    this.#folder = folder;
    this.#base = base.replace(/\/?$/, '/');
  }

  read(address: string): string {
    const inside = address.startsWith(this.#base) ? address.slice(this.#base.length) : address.replace(/^\//, '');
    const file = join(this.#folder, inside);
    if (!existsSync(file)) throw new Error(`${address} is asked for by the page and is not in ${this.#folder}/.`);
    return readFileSync(file, 'utf8');
  }

  /** All scripts that are reached from the given ones; `deep` follows what is fetched later, too. */
  reach(from: Iterable<string>, deep: boolean): Set<string> {
    const reached = new Set<string>();
    const ahead = [...from];
    for (let address = ahead.pop(); address !== undefined; address = ahead.pop()) {
      if (reached.has(address)) continue;
      reached.add(address);
      const { first, later: asked } = importsOf(this.read(address));
      const later = asked.filter(
        (target) => !this.#leftOut.some((name) => posix.basename(target).startsWith(`${name}.`)),
      );
      for (const target of deep ? [...first, ...later] : first)
        ahead.push(posix.resolve(posix.dirname(address), target));
    }
    return reached;
  }
}

const attribute = (tag: string, name: string): string | undefined => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];

/**
 * Weighs one page of a built site.
 * @param whole the same site, with what is fetched only on request followed as well.
 * @param needs the kinds of parts that the scenarios need.
 * @param quiz names of the islands that belong to the quiz.
 * @param oneOf names of scripts on request of which only the largest counts.
 */
export function weigh(
  site: BuiltSite,
  page: string,
  whole: BuiltSite = site,
  needs: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
  quiz: readonly string[] = [],
  oneOf: readonly string[] = [],
): Weight {
  const address = `/${page}`.replace(/\/$/, '/index.html').replace('//', '/');
  const html = site.read(address);
  const near = (target: string) => posix.resolve(posix.dirname(address), target.replace(/[?#].*$/, ''));
  const tags = (name: string) => [...html.matchAll(new RegExp(`<${name}\\b[^>]*>`, 'g'))].map((found) => found[0]);

  const scripts = [...html.matchAll(/(<script\b[^>]*>)([\s\S]*?)<\/script>/g)]
    .map((found) => ({ tag: found[1]!, code: found[2]! }))
    // A script of another type is data, such as facts for search engines.
    .filter(({ tag }) => /^(text\/javascript|module)?$/.test(attribute(tag, 'type') ?? ''));
  const inline = scripts.filter(({ tag }) => !attribute(tag, 'src')).map(({ code }) => code);
  const sources = scripts.flatMap(({ tag }) => attribute(tag, 'src') ?? []).map(near);
  const preloaded = tags('link')
    .filter((tag) => attribute(tag, 'rel') === 'modulepreload')
    .flatMap((tag) => attribute(tag, 'href') ?? [])
    .map(near);
  const inlineTargets = inline.flatMap((code) => importsOf(code).first).map(near);

  const islands = tags('astro-island').map((tag) => ({
    files: ['component-url', 'renderer-url', 'before-hydration-url']
      .flatMap((name) => attribute(tag, name) || [])
      .map(near),
    // `load`, `idle` and `only` are for all readers; any other directive waits for something that the reader does.
    waits: !/^(load|idle|only)$/.test(attribute(tag, 'client') ?? 'load'),
  }));
  const eager = site.reach(
    [
      ...sources,
      ...preloaded,
      ...inlineTargets,
      ...islands.filter(({ waits }) => !waits).flatMap(({ files }) => files),
    ],
    false,
  );
  const isNamed = (script: string, name: string): boolean => posix.basename(script).startsWith(`${name}.`);
  const isQuiz = ({ files }: { files: string[] }): boolean => quiz.some((name) => isNamed(files[0] ?? '', name));
  const fetched = (of: BuiltSite, some: typeof islands): Set<string> =>
    of.reach(
      some.flatMap(({ files }) => files),
      true,
    );
  const all = new Set([
    ...eager,
    ...fetched(
      site,
      islands.filter((island) => !isQuiz(island)),
    ),
  ]);
  const ofQuiz = [...fetched(site, islands.filter(isQuiz))].filter((script) => !all.has(script));
  const onRequest = [...fetched(whole, islands)].filter((script) => !all.has(script) && !ofQuiz.includes(script));

  const workers = new Set<string>();
  for (const script of all) {
    for (const target of workersOf(site.read(script))) workers.add(posix.resolve(posix.dirname(script), target));
  }
  const styles = tags('link')
    .filter((tag) => attribute(tag, 'rel') === 'stylesheet')
    .flatMap((tag) => attribute(tag, 'href') ?? [])
    .map(near);
  const sheets = [
    ...styles.map((style) => site.read(style)),
    ...[...html.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style>/g)].map((found) => found[1]!),
  ];

  /** The scripts of a Worker that has fetched these kinds. */
  const worked = (kinds: ReadonlySet<string>, scenario: string): Set<string> => {
    const fetched = [...workers].flatMap((worker) => {
      const known = kindsOf(site.read(worker));
      return [...kinds].map((kind) => {
        const target = known.get(kind);
        if (target === undefined) throw new Error(`${scenario} needs the kind ${kind}, and ${worker} cannot fetch it.`);
        return posix.resolve(posix.dirname(worker), target);
      });
    });
    return site.reach([...workers, ...fetched], false);
  };

  const sum = (files: Iterable<string>) => [...files].reduce((total, file) => total + packed(site.read(file)), 0);
  const inlined = inline.reduce((total, code) => total + packed(code), 0);
  return {
    scriptBeforeStage: inlined + sum(eager),
    scriptWithStage: inlined + sum(all),
    quiz: sum(ofQuiz),
    scriptOnRequest:
      sum(onRequest.filter((script) => !oneOf.some((name) => isNamed(script, name)))) +
      oneOf.reduce((total, name) => {
        const ones = onRequest.filter((script) => isNamed(script, name));
        return total + Math.max(0, ...ones.map((script) => packed(site.read(script))));
      }, 0),
    worker: sum(site.reach(workers, false)),
    workerWithParts: Math.max(
      sum(site.reach(workers, false)),
      ...[...needs].map(([scenario, kinds]) => sum(worked(kinds, scenario))),
    ),
    css: sheets.reduce((total, sheet) => total + packed(sheet.replace(/@font-face\s*\{[^}]*\}/g, '')), 0),
  };
}

/** All scripts that a page can ever fetch. */
export function scriptsOf(site: BuiltSite, page: string): Set<string> {
  const address = `/${page}`.replace(/\/$/, '/index.html').replace('//', '/');
  const html = site.read(address);
  const near = (target: string) => posix.resolve(posix.dirname(address), target.replace(/[?#].*$/, ''));
  const named = [...html.matchAll(/<(script|link|astro-island)\b[^>]*>/g)].flatMap(([tag, name]) =>
    (name === 'astro-island' ? ['component-url', 'renderer-url', 'before-hydration-url'] : ['src', 'href']).flatMap(
      (each) => attribute(tag, each) ?? [],
    ),
  );
  const inline = [...html.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].flatMap(([, code]) => {
    const { first, later } = importsOf(code!);
    return [...first, ...later];
  });
  return site.reach([...named.filter((target) => /\.m?js$/.test(target)), ...inline].map(near), true);
}

/** What the slides of a lesson bring beyond what its page can fetch, in bytes. */
export function deckWeight(site: BuiltSite, page: string): number {
  const own = scriptsOf(site, page);
  return [...scriptsOf(site, `${page}slides/`)]
    .filter((script) => !own.has(script))
    .reduce((total, script) => total + packed(site.read(script)), 0);
}

const names: Record<keyof Weight, string> = {
  scriptBeforeStage: 'script before the stage',
  scriptWithStage: 'script with the stage',
  quiz: 'quiz on top of that',
  scriptOnRequest: 'script on request',
  worker: 'worker at first',
  workerWithParts: 'worker at most',
  css: 'styles',
};

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { dist: { type: 'string', default: 'dist' }, base: { type: 'string', default: '/' } },
  });
  const { pages, kilobytes, deck, standIns, quiz, onRequest, oneOf } = readBudgets();
  const site = new BuiltSite(values.dist, values.base, [...standIns, ...onRequest]);
  const whole = new BuiltSite(values.dist, values.base, standIns);
  const needs = await scenarioNeeds();
  const over: string[] = [];
  for (const page of pages) {
    const weight = weigh(site, values.base + page, whole, needs, quiz, oneOf);
    console.log(`/${page}`);
    // Nothing is under every limit: a page without its stage must not pass as a light one.
    if (weight.worker === 0) over.push(`/${page} has no stage, or its Worker is not where this looks for it`);
    for (const key of Object.keys(names) as (keyof Weight)[]) {
      const size = weight[key] / 1000;
      const limit = kilobytes[key];
      const fits = size <= limit;
      if (!fits) over.push(`${names[key]} of /${page} is ${(size - limit).toFixed(1)} kB over its ${limit} kB`);
      console.log(
        `  ${fits ? '✓' : '✗'} ${names[key].padEnd(24)} ${size.toFixed(1).padStart(7)} kB of ${String(limit).padStart(3)}`,
      );
    }
    const slides = deckWeight(whole, values.base + page) / 1000;
    if (slides > deck) over.push(`script of /${page}slides/ is ${(slides - deck).toFixed(1)} kB over its ${deck} kB`);
    // A deck that brings nothing is one that was not found.
    if (slides === 0) over.push(`/${page}slides/ brings no script, or it is not where this looks for it`);
    console.log(
      `  ${slides > 0 && slides <= deck ? '✓' : '✗'} ${'slides beyond the page'.padEnd(24)} ${slides.toFixed(1).padStart(7)} kB of ${String(deck).padStart(3)}`,
    );
  }
  for (const line of over) console.error(`${line}.`);
  return over.length === 0 ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main();
