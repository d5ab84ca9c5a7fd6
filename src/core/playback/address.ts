/**
 * A run as text for a link, and back. The text is short, readable and needs no escaping in a query.
 * Whatever comes in from outside is checked here against the scenario, and refused in words that say where and what instead.
 * It knows no browser: it turns text into a setting and a setting into text.
 *
 * Written as  1;scenario;design;dial:value,…;fault@time[:duration],…;seed;time;engine;digest
 */
import type { FaultInput } from '../../../simulations/index.ts';
import type { Frameable, StageSetting } from './setting.ts';

/** Everything a link says. `at` is in the scenario's unit of time, like the times of the inputs. */
export interface Address extends StageSetting {
  scenario: string;
  at: number;
  /** The machine's version and the run's digest when the link was made; empty when the link was written by hand. */
  engine: string;
  digest: string;
}

/** What is wrong with a link: a message's id, the place in the link, what stands there and what could. */
export interface AddressProblem {
  problem: 'too-long' | 'format' | 'other-scenario' | 'unknown' | 'number' | 'range' | 'too-many';
  where: string;
  found: string;
  expected: string;
}

export type Decoded = { ok: true; address: Address } | { ok: false; problems: AddressProblem[] };

const VERSION = '1';
/** No honest link comes near these: a link is pasted into messages and read by people. */
export const MAX_LENGTH = 4000;
const MAX_INPUTS = 100;
const FIELDS = 9;

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
/** Numbers are written as short as JavaScript reads them back exactly. */
const number = (value: number): string => String(value);

/** The text of a run's address, safe to put into a query as it is. */
export function encodeRun(address: Address): string {
  const dials = Object.entries(address.dials).map(([id, value]) => `${id}:${number(value)}`);
  const inputs = address.inputs.map(
    ({ fault, at, duration }) => `${fault}@${number(at)}${duration === undefined ? '' : `:${number(duration)}`}`,
  );
  return [
    VERSION,
    address.scenario,
    address.design,
    dials.join(','),
    inputs.join(','),
    number(address.seed),
    number(address.at),
    address.engine,
    address.digest,
  ].join(';');
}

/** Which scenario an address is for, without reading the rest; null when it cannot be told. */
export function scenarioOf(text: string): string | null {
  const id = text.slice(0, MAX_LENGTH).split(';', 2)[1];
  return id !== undefined && /^[a-z][a-zA-Z0-9-]{0,59}$/.test(id) ? id : null;
}

function parseNumber(text: string): number | null {
  if (text.length > 30 || !/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** The setting that a text stands for, checked against its scenario, or what is wrong with it. Never throws. */
export function decodeRun(text: string, scenario: Frameable): Decoded {
  const problems: AddressProblem[] = [];
  const refuse = (problem: AddressProblem['problem'], where: string, found: string, expected: string): void => {
    if (problems.length < 5) problems.push({ problem, where, found: shorten(found), expected: shorten(expected) });
  };
  if (text.length > MAX_LENGTH) {
    refuse('too-long', 'run', String(text.length), String(MAX_LENGTH));
    return { ok: false, problems };
  }
  const fields = text.split(';');
  if (fields[0] !== VERSION || fields.length !== FIELDS) {
    refuse('format', 'run', text, `${VERSION};${scenario.id};…`);
    return { ok: false, problems };
  }
  const [, id, design, dialText, inputText, seedText, atText, engine, digest] = fields as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  if (id !== scenario.id) {
    refuse('other-scenario', 'scenario', id, scenario.id);
    return { ok: false, problems };
  }

  const within = (where: string, found: string, min: number, max: number): number => {
    const value = parseNumber(found);
    if (value === null) refuse('number', where, found, `${min}–${max}`);
    else if (value < min || value > max) refuse('range', where, found, `${min}–${max}`);
    return value ?? min;
  };

  if (!scenario.designs.some((each) => each.id === design)) {
    refuse('unknown', 'design', design, scenario.designs.map((each) => each.id).join(', '));
  }

  const dials: Record<string, number> = {};
  for (const dial of scenario.dials) dials[dial.id] = dial.start;
  for (const part of dialText === '' ? [] : dialText.split(',')) {
    const [dialId = '', value = ''] = part.split(':', 2);
    const dial = scenario.dials.find((each) => each.id === dialId);
    if (dial === undefined) refuse('unknown', 'dials', dialId, scenario.dials.map((each) => each.id).join(', '));
    else dials[dial.id] = within(dial.id, value, dial.min, dial.max);
  }

  const inputs: FaultInput[] = [];
  const inputParts = inputText === '' ? [] : inputText.split(',');
  if (inputParts.length > MAX_INPUTS) {
    refuse('too-many', 'faults', String(inputParts.length), String(MAX_INPUTS));
  } else {
    for (const part of inputParts) {
      const [faultId = '', times = ''] = part.split('@', 2);
      const [at = '', duration] = times.split(':', 2);
      const fault = scenario.faults.find((each) => each.id === faultId);
      if (fault === undefined) {
        refuse('unknown', 'faults', faultId, scenario.faults.map((each) => each.id).join(', '));
        continue;
      }
      const input: FaultInput = { at: within(fault.id, at, 0, scenario.horizon), fault: fault.id };
      if (duration !== undefined) input.duration = within(fault.id, duration, Number.MIN_VALUE, scenario.horizon);
      inputs.push(input);
    }
  }

  const seed = within('seed', seedText, 0, 4_294_967_295);
  if (!Number.isInteger(seed)) refuse('number', 'seed', seedText, '0–4294967295');
  const at = within('time', atText, 0, scenario.horizon);
  if (!/^[0-9A-Za-z.+-]{0,30}$/.test(engine)) refuse('format', 'engine', engine, '0.1.0');
  if (!/^([0-9a-f]{16})?$/.test(digest)) refuse('format', 'digest', digest, '0123456789abcdef');

  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, address: { scenario: id, design, dials, inputs, seed, at, engine, digest } };
}
