/**
 * Hostile scenarios for the tests of bad input: valid ones with a few things wrong, made from the schema alone, and any JSON.
 * What a number makes is always the same, so a case that fails is named by its number. Only tests import it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { stream, uniform } from './engine/draws.ts';
import { parseScenario, ScenarioError, scenarioSchema, simulate, type Run, type ScenarioSource } from './index.ts';
import { anySystem } from './random-systems.fixture.ts';
import oneServer from './scenarios/one-server/scenario.ts';
import { z } from './fields.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Bag = Record<string, unknown>;

/** Chance for one case. */
class Luck {
  #stream: ReturnType<typeof stream>;
  #drawn = 0;
  constructor(number: number) {
    this.#stream = stream(number, 0, 'fuzz', 'case');
  }
  share(): number {
    return uniform(this.#stream, this.#drawn++, 0);
  }
  below(n: number): number {
    return Math.floor(this.share() * n);
  }
  isSo(probability: number): boolean {
    return this.share() < probability;
  }
  of<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }
}

const here = import.meta.dirname;
const isBag = (value: unknown): value is Bag => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The examples, and whole scenarios in the manual. */
function written(): ScenarioSource[] {
  const examples = readdirSync(join(here, 'examples'))
    .filter((name) => name.endsWith('.json'))
    .map((name) => readFileSync(join(here, 'examples', name), 'utf8'));
  const manual = readFileSync(join(here, '../docs/scenario-format.md'), 'utf8');
  const blocks = [...manual.matchAll(/```json\n(.*?)```/gs)].map(([, block]) => block!);
  const readable = blocks.flatMap((block) => {
    try {
      return [JSON.parse(block) as unknown];
    } catch {
      return [];
    }
  });
  const whole = readable.filter((value) => isBag(value) && isBag(value['parts']));
  return [...examples.map((text) => JSON.parse(text) as unknown), ...whole] as ScenarioSource[];
}

const random = fc.sample(anySystem, { seed: 31, numRuns: 60 });
const valid: ScenarioSource[] = [oneServer as unknown as ScenarioSource, ...written(), ...random];

const deep = (depth: number, inner: Json): Json => {
  let value = inner;
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { in: value };
  return value;
};

/** Values that a careless program chokes on. Functions, as some are large. */
const hostile: ((luck: Luck) => unknown)[] = [
  () => null,
  () => undefined,
  (luck) => luck.of(['NaN', 'Infinity', '-0', '1e999', '', ' ', '0x10', 'null', '\u0000', '\ud800', '../..', '=1+1']),
  (luck) => luck.of([NaN, Infinity, -Infinity, -0]),
  (luck) => luck.of([-1, 0, 1, 2, 0.5, -0.5, 1e-300, 5e-324, 1e-9]),
  (luck) => luck.of([1e308, -1e308, 1e7, 1e9, 1e12, 1e15, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 53 + 2]),
  (luck) => luck.of([16, 100, 1000, 10_000, 100_000, 1_000_000]),
  (luck) => luck.of([true, false]),
  () => 'x'.repeat(100_000),
  () => Array.from({ length: 20_000 }, () => 0),
  () => Array.from({ length: 2000 }, (_, i) => ({ id: `i${i}` })),
  () => deep(500, null),
  () => ({}),
  () => [],
  (luck) => luck.of(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']),
  () => JSON.parse('{"__proto__": {"kind": "service"}, "constructor": {"prototype": 1}}') as unknown,
];

/** Numbers from one end of what is allowed to the other. */
const extremes = [0, 1e-9, 1e-6, 0.001, 0.5, 1, 2, 3, 100, 1000, 10_000, 100_000, 1_000_000, 1e7, 1e9, 1e12];

/** Every value inside another, with whoever holds it. */
function places(value: unknown): { owner: Bag; key: string }[] {
  const found: { owner: Bag; key: string }[] = [];
  const walk = (owner: unknown): void => {
    if (typeof owner !== 'object' || owner === null) return;
    for (const key of Object.keys(owner)) {
      found.push({ owner: owner as Bag, key });
      walk((owner as Bag)[key]);
    }
  };
  walk(value);
  return found;
}

function put(owner: Bag, key: string, value: unknown): void {
  // what is mended may have lost its parts
  if (typeof owner !== 'object' || owner === null) return;
  Object.defineProperty(owner, key, { value, enumerable: true, configurable: true, writable: true });
}

function mutated(luck: Luck): unknown {
  const scenario = structuredClone(luck.of(valid)) as unknown as Bag;
  const times = 1 + luck.below(luck.isSo(0.8) ? 3 : 12);
  for (let i = 0; i < times; i++) mutate(scenario, luck);
  return scenario;
}

function mutate(scenario: Bag, luck: Luck): void {
  const all = places(scenario);
  if (all.length === 0) return;
  const numbers = all.filter(({ owner, key }) => typeof owner[key] === 'number');
  const { owner, key } = luck.of(all);
  switch (luck.below(12)) {
    case 0:
      if (Array.isArray(owner)) owner.splice(Number(key), 1);
      else delete owner[key];
      return;
    case 1:
      if (Array.isArray(owner)) owner.push(structuredClone(owner[Number(key)]));
      else put(owner, luck.of([`${key}2`, '__proto__', 'constructor', 'extra']), structuredClone(owner[key]));
      return;
    case 2:
      put(owner, key, luck.of(hostile)(luck));
      return;
    case 3: {
      const other = luck.of(all);
      put(owner, key, structuredClone(other.owner[other.key]));
      return;
    }
    case 4: {
      // ids change places, so that parts call others of other kinds
      const ids = isBag(scenario['parts']) ? Object.keys(scenario['parts']) : [];
      const names = all.filter((one) => ids.includes(one.owner[one.key] as string));
      if (names.length === 0) return;
      const name = luck.of(names);
      put(name.owner, name.key, luck.of(ids));
      return;
    }
    case 5: {
      const kinds = all.filter((one) => ['kind', 'law', 'pattern', 'discipline', 'action', 'policy'].includes(one.key));
      if (kinds.length < 2) return;
      const one = luck.of(kinds);
      const other = luck.of(kinds);
      put(one.owner, one.key, other.owner[other.key]);
      return;
    }
    case 6:
      // nothing takes any time
      for (const one of numbers)
        if (/mean|min|max|latency|think|takes|after|base|gap|startUp/.test(one.key)) put(one.owner, one.key, 0);
      return;
    case 7:
      put(scenario, 'horizon', luck.of([1e-9, 0.001, 1, 1e6, 1e9, 1e12, 2 ** 50]));
      return;
    case 8:
      put(scenario, 'time', { unit: 's', ticks: luck.of([1, 2, 30, 1000, 1e6, 1e9]) });
      return;
    case 9: {
      const plans = all.filter((one) => Array.isArray(one.owner[one.key]) && /calls|steps|parallel/.test(one.key));
      if (plans.length === 0) return;
      const plan = luck.of(plans);
      const steps = (plan.owner[plan.key] as unknown[]).map((step) => (typeof step === 'string' ? { to: step } : step));
      for (const step of steps)
        if (isBag(step) && 'to' in step) {
          put(step, 'copies', luck.of([1, 2, 100, 10_000]));
          put(step, 'again', luck.of([0, 0.5, 0.999]));
          put(step, 'probability', luck.of([0, 0.5, 1]));
        }
      put(plan.owner, plan.key, steps);
      return;
    }
    case 10: {
      const links = Array.isArray(scenario['links']) ? (scenario['links'] as unknown[]).filter(isBag) : [];
      for (const link of links) {
        put(link, 'timeout', luck.of([1e-6, 0.01, 1]));
        put(link, 'retry', { most: luck.of([1, 10, 100]), backoff: luck.of(['none', 'fixed']) });
      }
      return;
    }
    default:
      if (numbers.length === 0) return;
      for (let i = luck.below(6); i >= 0; i--) {
        const number = luck.of(numbers);
        put(number.owner, number.key, luck.of(extremes));
      }
  }
}

interface Schema {
  type?: string;
  const?: Json;
  enum?: Json[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | false;
  items?: Schema;
  prefixItems?: Schema[];
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  pattern?: string;
}

const schema = z.toJSONSchema(scenarioSchema(), { io: 'input' }) as unknown as Schema;
const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Values that the schema allows, or nearly: from its words alone, each from anywhere in its range. */
class Inventor {
  #luck: Luck;
  #wild: number;
  #own = 0;
  #count: number;
  constructor(luck: Luck) {
    this.#luck = luck;
    this.#wild = luck.of([0, 0, 0, 0, 0.02]);
    this.#count = 2 + luck.below(IDS.length - 1);
  }

  /** Sources, services and whatever comes, calling only later ones for the most part. */
  scenario(): Bag {
    const luck = this.#luck;
    const { parts, ...rest } = schema.properties!;
    const result = this.#objectOf({ ...schema, properties: rest }, 0) as Bag;
    if (luck.isSo(0.9)) {
      put(result, 'horizon', luck.of([0.01, 1, 10, 1000]));
      put(result, 'warmUp', 0);
      delete result['claims'];
      delete result['show'];
      delete result['boards'];
    }
    const variants = (parts!.additionalProperties as Schema).oneOf ?? (parts!.additionalProperties as Schema).anyOf!;
    const own: Bag = {};
    for (this.#own = 0; this.#own < this.#count; this.#own++) {
      const kind = this.#own === 0 && luck.isSo(0.95) ? 'traffic' : null;
      const isOf = (one: Schema, name: string) => one.properties!['kind']!.const === name;
      const variant =
        kind === null && this.#own === this.#count - 1
          ? variants.find((one) => isOf(one, luck.of(['service', 'store', 'function', 'participant'])))
          : variants.find((one) => isOf(one, kind ?? ''));
      put(own, IDS[this.#own]!, this.make(variant ?? luck.of(variants), 2));
    }
    put(result, 'parts', own);
    return result;
  }

  make(own: Schema, depth: number): unknown {
    const luck = this.#luck;
    if (luck.isSo(this.#wild)) return luck.of(hostile)(luck);
    if (own.const !== undefined) return own.const;
    if (own.enum !== undefined) return luck.of(own.enum);
    const forms = own.anyOf ?? own.oneOf;
    if (forms !== undefined) return this.make(luck.of(forms), depth);
    switch (own.type) {
      case 'null':
        return null;
      case 'boolean':
        return luck.isSo(0.5);
      case 'integer':
      case 'number':
        return this.#numberOf(own);
      case 'string':
        return this.#textOf(own);
      case 'array':
        return this.#listOf(own, depth);
      case 'object':
        return this.#objectOf(own, depth);
      default:
        return luck.of(hostile)(luck);
    }
  }

  #numberOf(own: Schema): number {
    const luck = this.#luck;
    const least = own.minimum ?? own.exclusiveMinimum ?? -1e9;
    const most = own.maximum ?? 1e9;
    const fitting = extremes.filter(
      (value) =>
        value >= least && value <= most && value !== own.exclusiveMinimum && (own.type === 'number' || value % 1 === 0),
    );
    // mostly such as an author would choose, so that runs go far, and at times the ends
    const plain = fitting.filter((value) => value <= 3 && value >= 0.001);
    if (luck.isSo(0.7) && plain.length > 0) return luck.of(plain);
    if (luck.isSo(0.3)) return luck.of([own.minimum ?? least + 1, most]);
    return fitting.length > 0 ? luck.of(fitting) : least;
  }

  #textOf(own: Schema): string {
    const luck = this.#luck;
    if (own.pattern === undefined || own.pattern === schema.properties!['id']!.pattern) {
      const later = IDS.slice(this.#own + 1, this.#count);
      return luck.isSo(0.97) && later.length > 0 ? luck.of(later) : luck.of([...IDS, 'constructor']);
    }
    return luck.of(['a', 'a>b', 'b.response.mean', 'parts.b.instances', 'links.0.latency', 'parts.b.service.mean']);
  }

  #listOf(own: Schema, depth: number): unknown[] {
    const luck = this.#luck;
    if (own.prefixItems !== undefined) return own.prefixItems.map((item) => this.make(item, depth + 1));
    const least = own.minItems ?? 0;
    const length = Math.min(
      own.maxItems ?? 1e9,
      Math.max(least, luck.isSo(0.02) ? 200 : luck.below(depth > 4 ? 2 : 4)),
    );
    return Array.from({ length }, () => this.make(own.items ?? {}, depth + 1));
  }

  #objectOf(own: Schema, depth: number): Bag {
    const luck = this.#luck;
    const result: Bag = {};
    for (const [key, inner] of Object.entries(own.properties ?? {})) {
      const isNeeded = own.required?.includes(key) === true;
      if (isNeeded ? luck.isSo(1 - this.#wild) : luck.isSo(depth > 3 ? 0.3 : 0.25))
        put(result, key, this.make(inner, depth + 1));
    }
    if (isBag(own.additionalProperties))
      for (let i = luck.below(3); i > 0; i--) put(result, luck.of(IDS), this.make(own.additionalProperties, depth + 1));
    return result;
  }
}

/** Takes out what is complained of, a few times: what is left gets further into the machine. */
function mended(scenario: Bag, luck: Luck): Bag {
  for (let round = 0; round < 20; round++) {
    try {
      parseScenario(scenario);
      return scenario;
    } catch (error) {
      if (!(error instanceof ScenarioError)) return scenario;
      for (const { path, expected, message } of error.problems) {
        const steps = path.split('.');
        const top = steps[0]!;
        if (
          round > 1 &&
          ['links', 'designs', 'dials', 'faults', 'inputs', 'claims', 'show', 'positions'].includes(top)
        ) {
          delete scenario[top];
          continue;
        }
        const id = top === 'parts' ? steps[1]! : '';
        const ids = isBag(scenario['parts']) ? Object.keys(scenario['parts']) : [];
        const later = ids.slice(ids.indexOf(id) + 1);
        const key = steps.pop()!;
        let owner: unknown = scenario;
        for (const step of steps) owner = typeof owner === 'object' && owner !== null ? (owner as Bag)[step] : null;
        if (typeof owner !== 'object' || owner === null) continue;
        const bag = owner as Bag;
        const words = /^(?:one of |a part of kind )(?:the parts )?(.*)$/.exec(expected)?.[1]?.split(/, | or /);
        const name = later.length > 0 ? luck.of(later) : luck.of(IDS);
        const law = { law: luck.of(['constant', 'exponential']), mean: luck.of([0, 0.001, 0.1, 1]) };
        if (message.startsWith('unknown setting ')) {
          const inner = key === '' ? scenario : (bag[key] as Bag | undefined);
          for (const unknown of message.slice(16).split(', ')) if (inner) delete inner[unknown];
        } else if (expected.startsWith('a part of kind') && words !== undefined) {
          const fitting = later.filter((one) =>
            words.includes((scenario['parts'] as Record<string, Bag | null>)[one]?.['kind'] as string),
          );
          if (fitting.length > 0) put(bag, key, luck.of(fitting));
          else put(scenario['parts'] as Bag, `${luck.of(words)}1`, { kind: luck.of(words), service: law, work: law });
        } else if (expected === 'at least one part' || expected.endsWith('type array')) put(bag, key, [name]);
        else if (expected.endsWith('type string')) put(bag, key, name);
        else if (expected.endsWith('type number') || expected.endsWith('type int'))
          put(bag, key, luck.of([1, 2, 0.5, 10]));
        else if (expected.endsWith('type object')) put(bag, key, {});
        else if (expected.includes('`law`')) put(bag, key, key === 'law' ? 'constant' : law);
        else if (words !== undefined && typeof bag[key] === 'string')
          put(bag, key, words[0] === 'the' ? name : luck.of(words));
        else if (Array.isArray(bag) && bag.length > 1) bag.splice(Number(key), 1);
        else if (Array.isArray(bag)) put(bag, key, name);
        else if (key in bag && luck.isSo(0.7)) delete bag[key];
        else if (id !== '' && round > 6) put(scenario['parts'] as Bag, id, { kind: 'service', service: law });
        else put(bag, key, luck.of<unknown>([1, 0, null, 0.5, name, [name], law]));
      }
    }
  }
  return scenario;
}

const anyJson = fc.sample(fc.jsonValue({ maxDepth: 4 }), { seed: 32, numRuns: 500 });

/** The case of a number: half are valid ones with something wrong, four in ten made from the schema, the rest anything. */
export function hostileCase(number: number): unknown {
  const luck = new Luck(number);
  const which = luck.below(10);
  if (which < 5) {
    const made = mutated(luck);
    return luck.isSo(0.4) && isBag(made) ? mended(made, luck) : made;
  }
  if (which < 9) {
    const made = new Inventor(luck).scenario();
    return luck.isSo(0.8) ? mended(made, luck) : made;
  }
  if (luck.isSo(0.5)) return luck.of(hostile)(luck);
  return luck.isSo(0.5) ? luck.of(anyJson) : { ...(luck.of(valid) as Bag), parts: luck.of(anyJson) };
}

/** What came of a case: how its run ended, or that it was refused. */
export type Outcome = Run['ended'] | 'refused';

/**
 * Runs a case. The seconds are the processor's, which other work on the machine does not change.
 * @throws an error that says what a case did which it must not do.
 */
export function outcomeOf(number: number, maxEvents: number): { outcome: Outcome; seconds: number } {
  const value = hostileCase(number) as ScenarioSource;
  const began = process.cpuUsage();
  const outcome = judged(number, value, maxEvents);
  const { user, system } = process.cpuUsage(began);
  return { outcome, seconds: (user + system) / 1e6 };
}

function judged(number: number, value: ScenarioSource, maxEvents: number): Outcome {
  let run: Run;
  try {
    run = simulate(value, { maxEvents, record: number % 2 === 0 ? 'trace' : 'measures' });
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw new Error(`case ${number} crashed`, { cause: error });
    const isWhole = error.problems.every(
      ({ path, message, expected }) => typeof path === 'string' && message !== '' && expected !== '',
    );
    if (error.problems.length === 0 || !isWhole)
      throw new Error(`case ${number}: ${JSON.stringify(error.problems).slice(0, 1000)}`, { cause: error });
    return 'refused';
  }
  const { ledger, ended } = run;
  const unheld = Object.entries(ledger.little).filter(([, { holds }]) => !holds);
  if (!ledger.conserves || unheld.length > 0)
    throw new Error(`case ${number}: books ${JSON.stringify({ ...ledger, little: unheld }).slice(0, 1000)}`);
  return ended;
}
