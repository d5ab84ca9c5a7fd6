/**
 * Reads what lessons lean on: the glossary, the sources, the scenarios and the numbers already measured.
 * It runs where there are files: in a build, a test, a script. It knows no rule and no view.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { engineVersion, parseScenario, type ScenarioSource } from '../../simulations/index.ts';
import {
  glossarySchema,
  sourcesSchema,
  topicsSchema,
  type Glossary,
  type Sources,
  type Topics,
} from '../core/words/books.ts';
import { answer, type Answer, type Ask } from '../core/words/numbers.ts';

/** A file that breaks its schema: says which file, which place and what would be right. */
export class BookError extends Error {
  override name = 'BookError';
}

function readBook<T>(
  path: string,
  schema: {
    safeParse: (
      value: unknown,
    ) =>
      | { success: true; data: T }
      | { success: false; error: { issues: readonly { path: PropertyKey[]; message: string }[] } };
  },
): T {
  let written: unknown;
  try {
    written = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new BookError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const read = schema.safeParse(written);
  if (read.success) return read.data;
  throw new BookError(
    read.error.issues
      .map((issue) => `${path}: ${issue.path.map(String).join('.') || 'the file'}: ${issue.message}`)
      .join('\n'),
  );
}

export function readGlossary(language: string, root = process.cwd()): Glossary {
  return readBook(join(root, 'content/glossary', `${language}.yaml`), glossarySchema);
}

/** What the topics of the course are called. */
export function readTopics(language: string, root = process.cwd()): Topics {
  return readBook(join(root, 'content/topics', `${language}.yaml`), topicsSchema);
}

export function readSources(root = process.cwd()): Sources {
  return readBook(join(root, 'content/sources.yaml'), sourcesSchema);
}

/** The scenario's data, or null when there is no such scenario. */
export async function readScenario(id: string, root = process.cwd()): Promise<ScenarioSource | null> {
  const path = join(root, 'simulations/scenarios', id, 'scenario.ts');
  if (!/^[a-z][a-z0-9-]*$/.test(id) || !existsSync(path)) return null;
  const module = (await import(/* @vite-ignore */ pathToFileURL(resolve(path)).href)) as { default: ScenarioSource };
  return module.default;
}

export function scenarioIds(root = process.cwd()): string[] {
  const folder = join(root, 'simulations/scenarios');
  return existsSync(folder)
    ? readdirSync(folder)
        // Folders that begin with _ are templates.
        .filter((id) => !id.startsWith('_') && existsSync(join(folder, id, 'scenario.ts')))
        .sort()
    : [];
}

/** The example systems: their ids and their data as it stands in its file. */
export function readExamples(root = process.cwd()): { id: string; source: ScenarioSource }[] {
  const folder = join(root, 'simulations/examples');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({
      id: basename(file, '.json'),
      source: JSON.parse(readFileSync(join(folder, file), 'utf8')) as ScenarioSource,
    }));
}

/** Ids of the scenarios that a lesson names in its lesson.yaml, in its order. */
export function simulationsOf(folder: string): string[] {
  const path = join(folder, 'lesson.yaml');
  if (!existsSync(path)) return [];
  const facts = parse(readFileSync(path, 'utf8')) as { simulations?: unknown } | null;
  return Array.isArray(facts?.simulations) ? facts.simulations.map(String) : [];
}

/** The lesson's id and language, read off its path; null for a file that is no lesson. */
export function lessonOf(path: string): { id: string; language: string; folder: string } | null {
  const folder = dirname(path);
  const match = /^([a-z]{2}(?:-[A-Z]{2})?)\.mdx$/.exec(basename(path));
  return match && basename(dirname(folder)) === 'lessons'
    ? { id: basename(folder), language: match[1] ?? '', folder }
    : null;
}

/** Every lesson's text, in every language; templates (folders that begin with _) too, because they must be right as well. */
export function lessonFiles(root = process.cwd(), course = 'content'): string[] {
  const folder = join(root, course, 'lessons');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((id) =>
      readdirSync(join(folder, id))
        .filter((file) => file.endsWith('.mdx'))
        .sort()
        .map((file) => join(course, 'lessons', id, file)),
    );
}

/** One measured number as it is kept beside the lesson. */
export interface Kept {
  ask: Ask;
  answer: Answer;
}

/**
 * The name under which a number is kept: engine, scenario and question in one hash.
 * What a scenario claims and how it is drawn has no say in what it gives, so both are left out.
 */
export function keyOf(source: ScenarioSource, ask: Ask): string {
  const { claims: _claims, show: _show, positions: _positions, ...behaviour } = parseScenario(source);
  return createHash('sha256')
    .update(stable({ engine: engineVersion, behaviour, ask }))
    .digest('hex')
    .slice(0, 16);
}

/** JSON with the keys in order, so that equal values are equal text. */
function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => `${JSON.stringify(key)}:${stable(each)}`)
    .join(',')}}`;
}

/** The numbers kept beside a lesson; empty when there are none yet. */
export function readKept(folder: string): Record<string, Kept> {
  const path = join(folder, 'runs.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, Kept>) : {};
}

/** Writes the numbers of a lesson, in an order that makes differences easy to read. */
export function keep(folder: string, kept: Record<string, Kept>): void {
  const ordered = Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(join(folder, 'runs.json'), `${JSON.stringify(ordered, null, 2)}\n`);
}

/** The answer to a question: kept, or asked of the machine now. */
export async function answerFor(ask: Ask, folder: string, root = process.cwd()): Promise<Answer> {
  const source = await readScenario(ask.scenario, root);
  if (!source)
    throw new Error(`there is no scenario "${ask.scenario}"; the scenarios are ${scenarioIds(root).join(', ')}`);
  return readKept(folder)[keyOf(source, ask)]?.answer ?? answer(source, ask);
}
