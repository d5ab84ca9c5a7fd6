/**
 * The rules that a lesson's text must keep, one language at a time. Each problem says where, what is wrong and what would be
 * right. The build and the laws ask the same rules. It reads no file: what ids exist is handed in.
 */
import { parseScenario, type Scenario, type ScenarioSource } from '../../simulations/index.ts';
import type { Glossary, Sources } from '../core/words/books.ts';
import { askOf, isAsking } from './asks.ts';
import { diagramWords } from './diagrams.ts';
import { koreanFaults } from './korean.ts';
import type { Outline, OutlineTag } from './outline.ts';
import { tags } from './tags.ts';

/** What exists, as far as a lesson can name it. */
export interface Shelf {
  glossary: Glossary;
  sources: Sources;
  scenarios: Record<string, ScenarioSource>;
  /** Ids of the questions of the lesson's quiz. */
  questions: string[];
  /** Ids of the scenarios that lesson.yaml names. */
  simulations: string[];
  /** Names of the files in the lesson's folder. */
  files: string[];
}

export interface Problem {
  line: number;
  /** What is wrong, and what would be right. */
  says: string;
}

/** All that is wrong with one text of a lesson. */
export function problemsOf(outline: Outline, language: string, shelf: Shelf): Problem[] {
  const found: Problem[] = [];
  const add = (line: number, says: string): void => void found.push({ line, says });
  for (const { line, what } of outline.code)
    add(line, `"${what}" is code; a lesson has only words and tags. Its tags are: ${Object.keys(tags).join(', ')}.`);
  for (const heading of outline.headings) {
    if (heading.depth < 2 || heading.depth > 3)
      add(
        heading.line,
        `"${heading.text}" is a heading of depth ${heading.depth}; use ## for a section (a slide) and ### within it.`,
      );
    if (
      heading.id &&
      outline.headings.some((other) => other !== heading && other.id === heading.id && other.line < heading.line)
    ) {
      add(heading.line, `the id "${heading.id}" stands at an earlier heading; give "${heading.text}" one of its own.`);
    }
    if (!heading.id)
      add(
        heading.line,
        `the heading "${heading.text}" has no id, so it cannot be linked to in every language; write "## ${heading.text} {#a-short-name}".`,
      );
  }
  for (const { line, source, language: of } of outline.fences) {
    if (of !== 'mermaid') continue;
    const words = diagramWords(source);
    if (!words.title || !words.description)
      add(
        line,
        'the diagram has no words for those who do not see it; add "accTitle: …" and "accDescr: …" lines to it.',
      );
  }
  const scenarios = new Map<string, Scenario>();
  for (const tag of outline.tags) for (const says of problemsOfTag(tag, shelf, scenarios)) add(tag.line, says);
  for (const { line, says } of typedNumbers(outline)) add(line, says);
  if (language === 'ko') for (const { line, says } of koreanFaults(outline)) add(line, says);
  return found.sort((a, b) => a.line - b.line);
}

function problemsOfTag(tag: OutlineTag, shelf: Shelf, parsed: Map<string, Scenario>): string[] {
  const known = tags[tag.name];
  if (!known) return [`<${tag.name}> is not one of our tags; they are ${Object.keys(tags).join(', ')}.`];
  const found: string[] = [];
  const text = (name: string): string | null =>
    tag.attributes[name] === undefined ? null : String(tag.attributes[name]);
  const names = { ...known.required, ...known.optional };
  for (const [name, meaning] of Object.entries(known.required))
    if (text(name) === null) found.push(`<${tag.name}> lacks ${name}="…": ${meaning}.`);
  for (const name of Object.keys(tag.attributes)) {
    if (!names[name])
      found.push(
        `<${tag.name}> has no attribute "${name}"${Object.keys(names).length ? `; it has ${Object.keys(names).join(', ')}` : ''}.`,
      );
  }
  if (known.content !== 'none' && tag.text === '')
    found.push(`<${tag.name}> stands round nothing; it needs words in it.`);
  if (found.length > 0) return found;

  const among = (id: string | null, ids: string[], what: string, where: string): boolean => {
    if (id === null || ids.includes(id)) return true;
    found.push(`there is no ${what} "${id}"; ${where}${nearest(id, ids)}.`);
    return false;
  };
  if (tag.name === 'Term')
    among(
      text('id'),
      Object.keys(shelf.glossary),
      'term',
      'add it to content/glossary in every language, or use one that is there: ',
    );
  if (tag.name === 'Cite')
    among(
      text('id'),
      Object.keys(shelf.sources),
      'source',
      'add it to content/sources.yaml, or use one that is there: ',
    );
  if (tag.name === 'Predict')
    among(text('question'), shelf.questions, 'question', 'add it to quiz.yaml, or use one that is there: ');
  if (tag.name === 'Simulation') {
    among(text('after'), shelf.questions, 'question', 'add it to quiz.yaml, or use one that is there: ');
  }
  if (tag.name === 'Figure')
    among(text('src'), shelf.files, 'file', "put it into the lesson's folder, or use one that is there: ");

  const id =
    tag.name === 'Simulation'
      ? text('id')
      : (text('scenario') ?? (tag.name === 'Look' ? (shelf.simulations[0] ?? '') : null));
  if (id === null || !among(id, Object.keys(shelf.scenarios), 'scenario', 'the scenarios are ')) return found;
  if (!shelf.simulations.includes(id))
    found.push(`lesson.yaml does not list the simulation "${id}"; add it under "simulations".`);
  if (tag.name === 'Counted') return found;
  const scenario = parsed.get(id) ?? parseScenario(shelf.scenarios[id]);
  parsed.set(id, scenario);
  const designs = scenario.designs.map((design) => design.id);
  among(text('design'), designs, 'design', 'the designs are ');
  among(text('over'), designs, 'design', 'the designs are ');
  among(
    text('per'),
    scenario.dials.map((dial) => dial.id),
    'dial',
    'the dials are ',
  );
  among(text('part'), Object.keys(scenario.parts), 'part', 'the parts are ');
  try {
    const ask = askOf(isAsking(tag.name) ? tag.name : 'Measured', tag.attributes);
    const dials = scenario.dials.map((each) => each.id);
    for (const name of ask.factors ?? []) among(name, dials, 'dial', 'the dials are ');
    for (const name of factorsNamed(text('of'))) among(name, ask.factors ?? [], 'factor', 'the factors are ');
    for (const [name, value] of Object.entries(ask.dials)) {
      const dial = scenario.dials.find((each) => each.id === name);
      if (
        !among(
          name,
          scenario.dials.map((each) => each.id),
          'dial',
          'the dials are ',
        ) ||
        !dial
      )
        continue;
      if (value < dial.min || value > dial.max)
        found.push(`${name}=${value} is beyond its dial, which goes from ${dial.min} to ${dial.max}.`);
    }
    for (const input of ask.inputs)
      among(
        input.fault,
        scenario.faults.map((fault) => fault.id),
        'fault',
        'the faults are ',
      );
  } catch (error) {
    found.push(error instanceof Error ? `<${tag.name}>: ${error.message}.` : String(error));
  }
  return found;
}

/** The factors that a `<Share>` is of. */
export const factorsNamed = (of: string | null): string[] => (of ?? '').split(/[\s,]+/).filter((each) => each !== '');

/** The ids to choose from, those that look alike first. */
function nearest(id: string, ids: string[]): string {
  if (ids.length === 0) return 'there is none yet';
  const alike = (other: string): number =>
    [...new Set(id)].filter((letter) => other.includes(letter)).length / Math.max(id.length, other.length);
  const sorted = [...ids].sort((a, b) => alike(b) - alike(a));
  return sorted.slice(0, 12).join(', ') + (sorted.length > 12 ? ', …' : '');
}

/**
 * Numbers typed by hand. A number with a unit of what a run measures (time, share, ratio, rate, count of requests) must come
 * from a run or a closed form, or be marked as set by us with <Given>. Only digits are found: a number written as a word
 * ("twice") escapes, and a proofreader has to see to it.
 */
function typedNumbers(outline: Outline): Problem[] {
  const english =
    '(?:ms|µs|s|sec|seconds?|milliseconds?|minutes?|hours?|%|percent|per cent|times|x|×|fold|requests?|customers?|clients?|users?|(?:a|per) second)(?![a-z])';
  const korean = '(?:초|밀리초|분(?!의)|시간|%|퍼센트|프로|배|건|명|개|회|번|대)';
  const typed = new RegExp(`(?<![\\w.#])\\d[\\d,.]*[\\s-]*(?:${english}|${korean})`, 'i');
  const free = new Set(['Given', 'Look', 'Notes', 'Term']);
  return outline.texts
    .filter(({ inside }) => !inside.some((tag) => free.has(tag)))
    .flatMap(({ text, line }) => {
      const match = typed.exec(text);
      return match
        ? [
            {
              line,
              says: `"${match[0]}" is a number typed by hand; let a run give it (<Measured …/>, <Theory …/>), or mark it as set by us: <Given>${match[0]}</Given>.`,
            },
          ]
        : [];
    });
}
