/**
 * A run as text for a link, and back. The text is short, readable and needs no escaping in a query.
 * Whatever comes in from outside is checked here against the scenario, and refused in words that say where and what instead.
 * It knows no browser: it turns text into a setting and a setting into text.
 *
 * Written as  3;scenario;design,compared,…;dial:value,…;input,…;seed;time;engine;digest;view,…;left,…
 * and, only where the reader wrote something, as one field more:  text:letters,…
 * `left` is the future that the reader left: its inputs in place of those that hold, - for none of them, nothing where no future was left.
 * An input reads like  fault@time[:duration],  mend:fault@time  or  dial=value@time,  as on the command line.
 * Every version of the format that was ever written can still be read: see `migrations` and the folder `links/`.
 */
import type { Input } from '../../../simulations/index.ts';
import { MOST_COMPARED, type Frameable, type StageSetting } from './setting.ts';

/** Everything a link says. `at` is in the scenario's unit of time, like the times of the inputs. */
export interface Address extends StageSetting {
  scenario: string;
  at: number;
  /** The machine's version and the run's digest when the link was made; empty when the link was written by hand. */
  engine: string;
  digest: string;
  /** What of the page is open or followed, in words of the page's own; a page leaves out what it does not know. */
  view?: string[];
  /** The inputs of the future that was left when the reader acted in the past, which is still seen behind this one. */
  left?: Input[];
}

/** What is wrong with a link: a message's id, the place in the link, what stands there and what could. */
export interface AddressProblem {
  problem:
    | 'too-long'
    | 'format'
    | 'newer'
    | 'packed'
    | 'file'
    | 'other-scenario'
    | 'unknown'
    | 'number'
    | 'range'
    | 'too-many';
  where: string;
  found: string;
  expected: string;
}

export type Decoded =
  | { ok: true; address: Required<Omit<Address, 'texts' | 'left'>> & Pick<Address, 'texts' | 'left'> }
  | { ok: false; problems: AddressProblem[] };

const VERSION = 3;
/** No honest link comes near these: a link is pasted into messages and read by people. */
export const MAX_LENGTH = 12_000;
const MAX_INPUTS = 100;
const MAX_VIEW = 12;
const MOST_TEXTS = 5;

const id = /^[a-z][a-zA-Z0-9-]{0,59}$/;
/** A text in a link: letters that need no escaping stand for themselves, ~ is a space, ! a new line, and *20 any other byte. */
const inLetters = /^(?:[A-Za-z0-9_.~!-]|\*[0-9A-F]{2})*$/;
const viewWord = /^[a-z][a-zA-Z0-9-]{0,39}(:[a-zA-Z0-9.>@-]{1,180})?$/;
/** Stands for a list without members where an empty field says that there is no list. */
const EMPTY = '-';

/** What is quoted from a link: short, and without characters that are not seen, pile up or turn the line around. */
export const quoted = (text: string): string => {
  const plain = text
    .slice(0, 40)
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu, '\uFFFD')
    .replace(/(\p{M})\p{M}+/gu, '$1');
  return text.length > 40 ? `${plain}…` : plain;
};
/** Numbers are written as short as JavaScript reads them back exactly; a plus would be a space in a query. */
const number = (value: number): string => String(value).replace('e+', 'e');

function encodeInput(input: Input): string {
  if ('mend' in input) return `mend:${input.mend}@${number(input.at)}`;
  if ('dial' in input) return `${input.dial}=${number(input.value)}@${number(input.at)}`;
  return `${input.fault}@${number(input.at)}${input.duration === undefined ? '' : `:${number(input.duration)}`}`;
}

/** A text in letters that a query need not escape, and in which a packer finds what repeats. */
export const encodeText = (text: string): string =>
  text.replace(/\p{Cs}/gu, '\uFFFD').replace(/[^A-Za-z0-9_.-]/gu, (letter) => {
    if (letter === ' ') return '~';
    if (letter === '\n') return '!';
    const escaped = encodeURIComponent(letter);
    return escaped === letter ? `*${letter.charCodeAt(0).toString(16).toUpperCase()}` : escaped.replaceAll('%', '*');
  });

/** The text that such letters stand for; null where they stand for none. */
function decodeText(letters: string): string | null {
  if (!inLetters.test(letters)) return null;
  try {
    return decodeURIComponent(letters.replaceAll('~', '%20').replaceAll('!', '%0A').replaceAll('*', '%'));
  } catch {
    return null;
  }
}

/** The text of a run's address, safe to put into a query as it is. */
export function encodeRun(address: Address): string {
  return [
    VERSION,
    address.scenario,
    [address.design, ...(address.compared ?? [])].join(','),
    Object.entries(address.dials)
      .map(([dial, value]) => `${dial}:${number(value)}`)
      .join(','),
    address.inputs.map(encodeInput).join(','),
    number(address.seed),
    number(address.at),
    address.engine,
    address.digest,
    (address.view ?? []).join(','),
    address.left === undefined ? '' : address.left.map(encodeInput).join(',') || EMPTY,
    ...(Object.keys(address.texts ?? {}).length === 0
      ? []
      : [
          Object.entries(address.texts!)
            .map(([name, text]) => `${name}:${encodeText(text)}`)
            .join(','),
        ]),
  ].join(';');
}

/** Which scenario an address is for, without reading the rest; null when it cannot be told. */
export function scenarioOf(text: string): string | null {
  const named = text.slice(0, 100).split(';', 2)[1];
  return named !== undefined && id.test(named) ? named : null;
}

/**
 * From the fields of one version to those of the next. The first version knew neither compared designs nor a view, the
 * second no future that was left. From the second on, a field more may stand at the end: what the reader wrote.
 */
const migrations: Record<number, { fields: number[]; toNext(fields: string[]): string[] }> = {
  1: { fields: [9], toNext: (fields) => [...fields, ''] },
  2: { fields: [10, 11], toNext: (fields) => fields.toSpliced(10, 0, '') },
};
const FIELDS = 11;

/** The fields of a link in today's version; null when it is of no version. */
function fieldsOf(text: string): string[] | null {
  let fields = text.split(';');
  const written = /^\d{1,3}$/.test(fields[0]!) ? Number(fields[0]) : NaN;
  for (let version = written; version < VERSION; version += 1) {
    const migration = migrations[version];
    if (migration === undefined || !migration.fields.includes(fields.length)) return null;
    fields = migration.toNext(fields);
  }
  const isOfLength = fields.length === FIELDS || (fields.length === FIELDS + 1 && fields.at(-1) !== '');
  return written >= 1 && written <= VERSION && isOfLength ? fields : null;
}

function parseNumber(text: string): number | null {
  if (text.length > 30 || !/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return null;
  const value = Number(text);
  // a zero has no sign
  return Number.isFinite(value) ? value + 0 : null;
}

const split = (text: string): string[] => (text === '' ? [] : text.split(','));

/** The setting that a text stands for, checked against its scenario, or what is wrong with it. Never throws. */
export function decodeRun(text: string, scenario: Frameable): Decoded {
  const problems: AddressProblem[] = [];
  const refuse = (problem: AddressProblem['problem'], where: string, found: string, expected: string): void => {
    if (problems.length < 5) problems.push({ problem, where, found: quoted(found), expected: quoted(expected) });
  };
  if (text.length > MAX_LENGTH) {
    refuse('too-long', 'run', String(text.length), String(MAX_LENGTH));
    return { ok: false, problems };
  }
  const fields = fieldsOf(text);
  if (fields === null) {
    const [, version = ''] = /^(\d{1,3});/.exec(text) ?? [];
    if (Number(version) > VERSION) refuse('newer', 'run', version, String(VERSION));
    else refuse('format', 'run', text, `${VERSION};${scenario.id};…`);
    return { ok: false, problems };
  }
  const [, named, designText, dialText, inputText, seedText, atText, engine, digest, viewText, leftText, textText] =
    fields as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string | undefined,
    ];
  if (named !== scenario.id) {
    refuse('other-scenario', 'scenario', named, scenario.id);
    return { ok: false, problems };
  }

  const within = (where: string, found: string, min: number, max: number, isOpen = false): number => {
    const value = parseNumber(found);
    const allowed = isOpen ? `> ${min}, ≤ ${max}` : `${min}–${max}`;
    if (value === null) refuse('number', where, found, allowed);
    else if (value < min || value > max || (isOpen && value === min)) refuse('range', where, found, allowed);
    return value ?? min;
  };
  const among = <Thing extends { id: string }>(
    where: string,
    found: string,
    things: readonly Thing[],
  ): Thing | null => {
    const thing = things.find((each) => each.id === found);
    if (thing === undefined) refuse('unknown', where, found, things.map((each) => each.id).join(', '));
    return thing ?? null;
  };
  /** A list with no more members than allowed: what is too long is not even looked at. */
  const list = (where: string, written: string, most: number): string[] => {
    const members = split(written);
    if (members.length <= most) return members;
    refuse('too-many', where, String(members.length), String(most));
    return [];
  };

  const [design = '', ...compared] = list('design', designText, MOST_COMPARED + 1);
  if (problems.length === 0) for (const each of [design, ...compared]) among('design', each, scenario.designs);

  const dials: Record<string, number> = {};
  for (const dial of scenario.dials) dials[dial.id] = dial.start;
  for (const part of list('dials', dialText, MAX_INPUTS)) {
    const [dialId = '', value = ''] = part.split(':', 2);
    const dial = among('dials', dialId, scenario.dials);
    if (dial !== null) dials[dial.id] = within(dial.id, value, dial.min, dial.max);
  }

  const inputsIn = (written: string): Input[] => {
    const inputs: Input[] = [];
    for (const part of list('faults', written, MAX_INPUTS)) {
      const [what = '', times = ''] = part.split('@', 2);
      const [dialId, value] = what.split('=', 2);
      if (value !== undefined) {
        const dial = among('dials', dialId!, scenario.dials);
        if (dial === null) continue;
        const at = within(dial.id, times, 0, scenario.horizon);
        inputs.push({ at, dial: dial.id, value: within(dial.id, value, dial.min, dial.max) });
        continue;
      }
      const isMended = what.startsWith('mend:');
      const fault = among('faults', isMended ? what.slice('mend:'.length) : what, scenario.faults);
      if (fault === null) continue;
      if (isMended) {
        inputs.push({ at: within(fault.id, times, 0, scenario.horizon), mend: fault.id });
        continue;
      }
      const [at = '', duration] = times.split(':', 2);
      const input: Input = { at: within(fault.id, at, 0, scenario.horizon), fault: fault.id };
      if (duration !== undefined) input.duration = within(fault.id, duration, 0, scenario.horizon, true);
      inputs.push(input);
    }
    return inputs;
  };
  const inputs = inputsIn(inputText);
  const left = leftText === '' ? null : inputsIn(leftText === EMPTY ? '' : leftText);

  const seed = within('seed', seedText, 0, 4_294_967_295);
  if (!Number.isInteger(seed)) refuse('number', 'seed', seedText, '0–4294967295');
  const at = within('time', atText, 0, scenario.horizon);
  if (!/^[0-9A-Za-z.+-]{0,30}$/.test(engine)) refuse('format', 'engine', engine, '0.1.0');
  if (!/^([0-9a-f]{16})?$/.test(digest)) refuse('format', 'digest', digest, '0123456789abcdef');
  const view = list('view', viewText, MAX_VIEW);
  const odd = view.find((word) => !viewWord.test(word));
  if (odd !== undefined) refuse('format', 'view', odd, 'words');

  const texts: Record<string, string> = {};
  for (const part of list('texts', textText ?? '', MOST_TEXTS)) {
    const [name = '', letters = ''] = part.split(':', 2);
    const known = among('texts', name, scenario.texts ?? []);
    const text = decodeText(letters);
    if (text === null) refuse('format', 'texts', letters, 'letters');
    else if (known !== null && text.length > known.most)
      refuse('too-long', name, String(text.length), String(known.most));
    else if (known !== null) texts[known.id] = text;
  }

  if (problems.length > 0) return { ok: false, problems };
  const written = { ...(left && { left }), ...(Object.keys(texts).length > 0 && { texts }) };
  return {
    ok: true,
    address: { scenario: named, design, compared, dials, inputs, seed, at, engine, digest, view, ...written },
  };
}
