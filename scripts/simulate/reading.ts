/**
 * From what was named on the command line to a scenario that can run: the course's own by id, any other as a JSON file.
 * A file is a stranger's: its size and depth are bounded before it is parsed, and it is refused with its place.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseScenario, ScenarioError, type Scenario } from '../../simulations/index.ts';
import { readScenario, scenarioIds } from '../../src/markdown/library.ts';
import { Complaint, suggestion } from './complaint.ts';
import { quoted } from './plan.ts';

export const MOST_BYTES = 1_000_000;
/** A scenario is about eight deep. */
export const MOST_DEPTH = 32;

const isId = /^[a-z][a-z0-9-]*$/;

/** Where file names are looked for: npm goes to the project's folder, the person may be in another. */
export function placeOf(file: string): string {
  return resolve(process.env['INIT_CWD'] ?? '.', file);
}

/** @throws Complaint when there is no such scenario, or it cannot be read or run. */
export async function openScenario(named: string, root: string): Promise<Scenario> {
  if (named !== '-' && isId.test(named)) {
    const source = await readScenario(named, root);
    if (source !== null) return parseScenario(source);
  }
  return scenarioFrom(bytesOf(named, root), named === '-' ? 'standard input' : named);
}

/** The course's own scenario of that id. */
export async function courseScenario(id: string, root: string): Promise<Scenario> {
  const source = await readScenario(id, root);
  if (source === null) throw new Complaint(`There is no scenario ${quoted(id)}.${suggestion(id, scenarioIds(root))}`);
  return parseScenario(source);
}

function bytesOf(named: string, root: string): Buffer {
  let file: number;
  try {
    file = named === '-' ? 0 : openSync(placeOf(named), 'r');
    if (fstatSync(file).isDirectory()) throw new Complaint(`${named} is a folder; a scenario is one JSON file.`);
  } catch (error) {
    if (error instanceof Complaint) throw error;
    const why = whyNot(error);
    const ids = isId.test(named) ? suggestion(named, scenarioIds(root)) : '';
    throw new Complaint(`${named}: ${why}.${ids}`);
  }
  // read by pieces and not by the size the system tells: a pipe has none, and /dev/zero never ends
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for (;;) {
      const piece = Buffer.alloc(65_536);
      const read = readSync(file, piece, 0, piece.length, null);
      if (read === 0) break;
      pieces.push(piece.subarray(0, read));
      if ((size += read) > MOST_BYTES)
        throw new Complaint(`${named}: larger than ${MOST_BYTES} bytes; a scenario has a few thousand.`);
    }
  } catch (error) {
    if (error instanceof Complaint) throw error;
    throw new Complaint(`${named}: ${whyNot(error)}.`);
  } finally {
    if (file !== 0) closeSync(file);
  }
  return Buffer.concat(pieces);
}

/** Why a file cannot be opened, in words. */
export function whyNot(error: unknown): string {
  const { code } = error as { code?: string };
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EACCES':
    case 'EPERM':
      return 'the system does not allow it';
    case 'EISDIR':
      return 'it is a folder';
    case 'ENOTDIR':
      return 'there is no such folder';
    case 'ENOSPC':
      return 'the disk is full';
    default:
      return `the system says ${code ?? String(error)}`;
  }
}

/** A scenario out of a file's bytes. @param name what the file is called in messages. */
export function scenarioFrom(bytes: Uint8Array, name: string): Scenario {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Complaint(`${name}: not a text in UTF-8; a scenario is a JSON file.`);
  }
  if (text.trim() === '') throw new Complaint(`${name}: empty; a scenario is a JSON object.`);
  const deep = tooDeep(text);
  if (deep !== null)
    throw new Complaint(
      `${name}:${lineOf(text, deep)}: nested deeper than ${MOST_DEPTH}; a scenario is about eight deep.`,
    );
  let value: unknown;
  try {
    value = JSON.parse(text, (key, inner: unknown) => {
      // a key that JavaScript would take for the object's own kind: never a part, and dropped without a word further on
      if (key === '__proto__') throw new Complaint(`${name}: a key is named __proto__; no part or setting can be.`);
      return inner;
    });
  } catch (error) {
    if (error instanceof Complaint) throw error;
    throw new Complaint(`${name}${placeOfFault(text, error as Error)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Complaint(
      `${name}: holds ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}; a scenario is a JSON object.`,
    );
  try {
    return parseScenario(value);
  } catch (error) {
    if (error instanceof ScenarioError) throw complaintOf(error, name);
    throw error;
  }
}

/** Where a text first nests deeper than a scenario can; null when it does not. */
function tooDeep(text: string): number | null {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') {
      if (++depth > MOST_DEPTH) return i;
    } else if (char === '}' || char === ']') depth--;
  }
  return null;
}

function lineOf(text: string, position: number): number {
  let line = 1;
  for (let i = 0; i < position; i++) if (text[i] === '\n') line++;
  return line;
}

/** ":line: what is wrong", from what the JSON parser says. */
function placeOfFault(text: string, { message }: Error): string {
  const position = /position (\d+)/.exec(message)?.[1];
  const at = position !== undefined ? Number(position) : isUnexpected(message) ? firstUnexpected(text) : text.length;
  const reason = message
    .replace(/ in JSON at position.*$/s, '')
    .replace(/,? ?(?:\.\.\.)?".*" is not valid JSON$/s, '')
    .replace(/ \(line.*$/s, '');
  return `:${lineOf(text, at)}: not JSON: ${printable(reason)}.`;
}

function isUnexpected(message: string): boolean {
  return message.startsWith('Unexpected token');
}

/** Of an unexpected character the parser does not tell the place; it is where the shortest text that has it ends. */
function firstUnexpected(text: string): number {
  let fine = 0;
  let wrong = text.length;
  while (wrong - fine > 1) {
    const middle = (fine + wrong) >> 1;
    try {
      JSON.parse(text.slice(0, middle));
      fine = middle;
    } catch (error) {
      if (isUnexpected((error as Error).message)) wrong = middle;
      else fine = middle;
    }
  }
  return fine;
}

/** All problems of a scenario or a setting, a line each. */
export function complaintOf(error: ScenarioError, name: string): Complaint {
  return new Complaint(
    error.problems
      .map(
        ({ path, message, expected }) =>
          `${name}: ${printable(path || 'the whole')}: ${printable(message)}; expected ${printable(expected)}.`,
      )
      .join('\n'),
  );
}

/** A stranger's text without what could steer a terminal, and not too long. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '?');
  return plain.length > 300 ? `${plain.slice(0, 300)}…` : plain;
}
