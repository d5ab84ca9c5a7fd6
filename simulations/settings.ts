/**
 * From what an author or a stranger wrote to a scenario that can run: checks, defaults, designs and dials.
 * A bad scenario is refused with the place of the fault and what would be right (rule B1).
 */
import type { Input } from './engine/run.ts';
import type { z } from './fields.ts';
import { linkActions, linkAdopts } from './links/settings.ts';
import { kinds } from './parts/known.ts';
import { scenarioSchema, type Dial, type Scenario } from './scenario.ts';

export interface Problem {
  /** Where, for example `parts.server.threads`; empty for the whole. */
  path: string;
  /** What is wrong. */
  message: string;
  /** What would be right. */
  expected: string;
}

/** A scenario, setting or input that cannot run, with every problem found. */
export class ScenarioError extends Error {
  readonly problems: Problem[];
  constructor(problems: Problem[]) {
    super(
      problems
        .map(({ path, message, expected }) => `${path || 'scenario'}: ${message}; expected ${expected}`)
        .join('\n'),
    );
    this.name = 'ScenarioError';
    this.problems = problems;
  }
}

const MOST_PARTS = 500;
/** Contradictions that are told at most. */
const MOST_PROBLEMS = 100;
/** Threads and users of all parts together: what a run sets up before its first event, about 40 bytes each. */
const MOST_SLOTS = 1_000_000;
/** A run shorter than this many ticks cannot be cut into batches. */
const LEAST_TICKS = 1000;
/** Beyond this many ticks a time is no longer exact in a double. */
const MOST_TICKS = 2 ** 50;

/**
 * Checks a value from anywhere and fills in defaults.
 * @throws ScenarioError with all problems found.
 */
export function parseScenario(value: unknown): Scenario {
  return check(value, false);
}

/** @param isApplied whether a design stands in it already: it may have taken away what a dial turns. */
function check(value: unknown, isApplied: boolean): Scenario {
  const parsed = scenarioSchema().safeParse(value);
  if (!parsed.success) throw new ScenarioError(parsed.error.issues.slice(0, 20).map(problemOf));
  const scenario = parsed.data;
  const problems: Problem[] = [];
  for (const problem of contradictions(scenario, isApplied)) if (problems.push(problem) >= MOST_PROBLEMS) break;
  if (problems.length > 0) throw new ScenarioError(problems);
  return scenario;
}

function problemOf(issue: z.core.$ZodIssue): Problem {
  const path = issue.path.join('.');
  switch (issue.code) {
    case 'invalid_type':
      return { path, message: 'missing, or of another type', expected: `a value of type ${issue.expected}` };
    case 'unrecognized_keys':
      return {
        path,
        message: `unknown setting ${issue.keys.join(', ')}`,
        expected: 'only settings that the schema names',
      };
    case 'too_small':
      return { path, message: 'too small', expected: `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}` };
    case 'too_big':
      return { path, message: 'too large', expected: `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}` };
    case 'invalid_value':
      return {
        path,
        message: 'not one of the values allowed',
        expected: `one of ${issue.values.map(String).join(', ')}`,
      };
    case 'invalid_union':
      return {
        path,
        message: 'none of the forms allowed here',
        expected:
          'discriminator' in issue && issue.discriminator
            ? `a known \`${String(issue.discriminator)}\``
            : 'one of the forms in the schema',
      };
    default:
      return { path, message: issue.message, expected: 'what the schema says' };
  }
}

function* contradictions(scenario: Scenario, isApplied: boolean): Generator<Problem> {
  const { parts, links, dials, faults, designs, time } = scenario;
  const ids = Object.keys(parts);
  const known = `one of the parts ${ids.slice(0, 20).join(', ')}`;
  if (ids.length > MOST_PARTS) {
    // the rest is looked at only where there is little of it
    yield { path: 'parts', message: `${ids.length} parts`, expected: `at most ${MOST_PARTS}` };
    return;
  }
  if (ids.length === 0)
    yield { path: 'parts', message: 'no part', expected: 'at least one part of kind traffic and one that it calls' };
  const slots = Object.values(parts).reduce((sum, own) => sum + kinds.get(own.kind)!.size(own as never), 0);
  if (slots > MOST_SLOTS)
    yield { path: 'parts', message: `${slots} threads and users in all`, expected: `at most ${MOST_SLOTS}` };
  const ticks = scenario.horizon * time.ticks;
  if (ticks < LEAST_TICKS || ticks > MOST_TICKS)
    yield { path: 'horizon', message: `${ticks} ticks`, expected: `between ${LEAST_TICKS} and 2^50 ticks` };
  if (scenario.warmUp >= scenario.horizon)
    yield { path: 'warmUp', message: 'nothing is left to measure', expected: 'less than the horizon' };
  const classes = ids.flatMap((id) => classesOf(id, parts[id]!));
  for (const [id, settings] of Object.entries(parts)) {
    yield* partProblems(id, settings, scenario, known);
    yield* classProblems(id, settings, classes);
  }
  if (ids.length > 0 && !Object.values(parts).some(({ kind }) => kinds.get(kind)!.classes !== undefined))
    yield { path: 'parts', message: 'nobody makes requests', expected: 'at least one part of kind traffic' };
  yield* circles(parts);
  const joined = new Set<string>();
  for (const [i, link] of links.entries()) {
    for (const end of ['from', 'to'] as const)
      if (!Object.hasOwn(parts, link[end]))
        yield { path: `links.${i}.${end}`, message: `no part ${link[end]}`, expected: known };
    const name = `${link.from}>${link.to}`;
    if (joined.has(name))
      yield { path: `links.${i}`, message: `${name} stands twice`, expected: 'one link for each pair' };
    joined.add(name);
  }
  yield* repeated('designs', designs);
  yield* repeated('dials', dials);
  yield* repeated('faults', faults);
  yield* repeated('texts', scenario.texts);
  for (const [i, { sets }] of scenario.texts.entries())
    for (const [j, place] of sets.entries()) {
      const { owner, key } = locate(scenario, place);
      if (typeof (owner !== null && Object.hasOwn(owner, key) ? owner[key] : undefined) !== 'string')
        yield { path: `texts.${i}.sets.${j}`, message: `no text at ${place}`, expected: 'a setting that holds a text' };
    }
  for (const [i, fault] of faults.entries())
    yield* strikeProblems(scenario, fault.part, fault.action, `faults.${i}`, 'part');
  for (const [i, dial] of dials.entries()) {
    if (!(dial.min <= dial.start && dial.start <= dial.max && dial.min < dial.max))
      yield {
        path: `dials.${i}`,
        message: 'min, start and max are out of order',
        expected: 'min ≤ start ≤ max and min < max',
      };
    if (dial.scale === 'doubling' && dial.min <= 0)
      yield { path: `dials.${i}.min`, message: `${dial.min} has no double`, expected: 'more than 0' };
    for (const [j, place] of placesOf(dial).entries())
      if (!isApplied && !hasPlace(scenario, place) && !designs.some(({ set }) => bringsPlace(set, place)))
        yield {
          path: `dials.${i}.sets.${j}`,
          message: `no place ${place}`,
          expected: 'a setting that exists in parts or links, as they stand or as a design puts them',
        };
  }
  yield* boardProblems(scenario);
  for (const [i, input] of scenario.inputs.entries()) yield* inputProblems(scenario, input, `inputs.${i}`);
  if (scenario.show?.sweep && !dials.some(({ id }) => id === scenario.show!.sweep!.dial))
    yield {
      path: 'show.sweep.dial',
      message: `no dial ${scenario.show.sweep.dial}`,
      expected: `one of ${dials.map(({ id }) => id).join(', ')}`,
    };
}

/** A token is a dial whose values are just the columns, and stands on one board; as it starts, no column is too full. */
function* boardProblems({ boards, dials, designs }: Scenario): Generator<Problem> {
  yield* repeated('boards', boards);
  const placed = new Map<string, string>();
  for (const [i, { id, columns, tokens, design }] of boards.entries()) {
    yield* repeated(`boards.${i}.columns`, columns);
    const last = columns.length - 1;
    const standing = columns.map(() => 0);
    for (const [j, token] of tokens.entries()) {
      const path = `boards.${i}.tokens.${j}`;
      const dial = dials.find((each) => each.id === token);
      if (dial === undefined) yield { path, message: `no dial ${token}`, expected: 'one of the dials' };
      else if (
        dial.min !== 0 ||
        dial.max !== last ||
        dial.step !== 1 ||
        dial.scale === 'doubling' ||
        !Number.isInteger(dial.start)
      )
        yield {
          path,
          message: `the values of ${token} are not the columns`,
          expected: `a dial with min 0, max ${last}, step 1 and a whole start`,
        };
      else standing[dial.start]! += 1;
      if (placed.has(token))
        yield { path, message: `${token} stands on ${placed.get(token)} already`, expected: 'each dial once' };
      placed.set(token, id);
    }
    for (const [j, { id: column, most }] of columns.entries())
      if (most !== undefined && standing[j]! > most)
        yield {
          path: `boards.${i}.columns.${j}.most`,
          message: `${standing[j]} start in ${column}`,
          expected: `at least ${standing[j]}, or dials that start elsewhere`,
        };
    if (design !== undefined && !designs.some((each) => each.id === design))
      yield {
        path: `boards.${i}.design`,
        message: `no design ${design}`,
        expected: `one of ${designs.map((each) => each.id).join(', ')}`,
      };
  }
}

function* repeated(list: string, items: { id: string }[]): Generator<Problem> {
  const seen = new Set<string>();
  for (const [i, { id }] of items.entries()) {
    if (seen.has(id))
      yield { path: `${list}.${i}.id`, message: `${id} stands twice`, expected: 'a different id for each' };
    seen.add(id);
  }
}

/** What may be broken about a part or a link; null when there is no such thing. */
function breakable(scenario: Scenario, id: string): { actions: Record<string, string> | null; name: string } {
  if (id.includes('>')) {
    const isThere = scenario.links.some(({ from, to }) => `${from}>${to}` === id);
    return { actions: isThere ? linkActions : null, name: 'a link' };
  }
  // own keys only: an id such as `constructor` must not find what every object has
  if (!Object.hasOwn(scenario.parts, id)) return { actions: null, name: '' };
  const { kind } = scenario.parts[id]!;
  return { actions: kinds.get(kind)!.actions, name: `a part of kind ${kind}` };
}

/** Why something cannot be broken by an action. @param path where both are named. @param key the setting there that names it. */
function* strikeProblems(
  scenario: Scenario,
  id: string,
  action: string,
  path: string,
  key: string,
): Generator<Problem> {
  const { actions, name } = breakable(scenario, id);
  const { parts, links } = scenario;
  if (actions === null)
    yield {
      path: `${path}.${key}`,
      message: `no part or link ${id}`,
      expected: `one of the parts ${Object.keys(parts).slice(0, 20).join(', ')}, or one of the links ${links.map(({ from, to }) => `${from}>${to}`).join(', ') || '(there is none)'}`,
    };
  else if (!Object.hasOwn(actions, action))
    yield {
      path: `${path}.action`,
      message: `${name} knows no ${action}`,
      expected: `one of ${Object.keys(actions).join(', ') || 'none: it cannot be broken'}`,
    };
}

function* partProblems(
  id: string,
  settings: Scenario['parts'][string],
  scenario: Scenario,
  known: string,
): Generator<Problem> {
  const { parts, horizon } = scenario;
  const kind = kinds.get(settings.kind)!;
  for (const problem of kind.contradictions?.(settings as never, horizon) ?? [])
    yield { ...problem, path: `parts.${id}.${problem.path}` };
  for (const { id: callee, path, kind: wanted } of kind.callees(settings as never)) {
    if (!Object.hasOwn(parts, callee))
      yield { path: `parts.${id}.${path}`, message: `no part ${callee}`, expected: known };
    else if (!kinds.get(parts[callee]!.kind)!.takesCalls)
      yield {
        path: `parts.${id}.${path}`,
        message: `${callee} takes no calls: it is of kind ${parts[callee]!.kind}`,
        expected: 'a part that takes calls',
      };
    else if (callee === id)
      yield { path: `parts.${id}.${path}`, message: `${id} calls itself`, expected: 'another part' };
    else if (wanted !== undefined && parts[callee]!.kind !== wanted)
      yield {
        path: `parts.${id}.${path}`,
        message: `${callee} is of kind ${parts[callee]!.kind}`,
        expected: `a part of kind ${wanted}`,
      };
  }
  for (const { id: other, path, steers, action, version } of kind.steers?.(settings as never) ?? []) {
    if (action !== undefined) yield* strikeProblems(scenario, other, action, `parts.${id}`, path);
    if (!Object.hasOwn(parts, other)) {
      if (action === undefined) yield { path: `parts.${id}.${path}`, message: `no part ${other}`, expected: known };
      continue;
    }
    if (version !== undefined) {
      const { versions } = parts[other] as { versions?: { id: string }[] };
      const ids = ['v1', ...(versions ?? []).map((one) => one.id)];
      if (!ids.includes(version))
        yield {
          path: `parts.${id}.version`,
          message: `${other} has no version ${version}`,
          expected: `one of ${ids.join(', ')}`,
        };
    }
    if (steers === true && kinds.get(parts[other]!.kind)!.hasFleet !== true)
      yield {
        path: `parts.${id}.${path}`,
        message: `${other} has no instances: it is of kind ${parts[other]!.kind}`,
        expected: `a part of kind ${[...kinds.values()]
          .filter(({ hasFleet }) => hasFleet === true)
          .map((one) => one.kind)
          .join(' or ')}`,
      };
  }
}

/** The classes of requests that a part makes; a source without classes is a class of its own name. */
function classesOf(id: string, settings: Scenario['parts'][string]): string[] {
  if (kinds.get(settings.kind)!.classes === undefined) return [];
  const { classes = [] } = settings as { classes?: { id: string }[] };
  return classes.length === 0 ? [id] : classes.map((one) => one.id);
}

/** Settings by which parts tell classes apart, whatever their kind. */
interface ByClass {
  byClass?: object;
  badTokens?: object;
  checks?: { badTokens?: object } | null;
  stolen?: string[] | undefined;
  routes?: { classes?: string[] | undefined }[];
}

/** A class that nobody makes would be left out without a word. */
function* classProblems(id: string, settings: Scenario['parts'][string], known: readonly string[]): Generator<Problem> {
  const own = settings as ByClass;
  const named = [
    ...Object.keys(own.byClass ?? {}).map((name) => ({ name, path: `byClass.${name}` })),
    ...Object.keys(own.badTokens ?? {}).map((name) => ({ name, path: `badTokens.${name}` })),
    ...Object.keys(own.checks?.badTokens ?? {}).map((name) => ({ name, path: `checks.badTokens.${name}` })),
    ...(own.stolen ?? []).map((name, i) => ({ name, path: `stolen.${i}` })),
    ...(own.routes ?? []).flatMap(({ classes }, i) =>
      (classes ?? []).map((name, j) => ({ name, path: `routes.${i}.classes.${j}` })),
    ),
  ];
  for (const { name, path } of named)
    if (!known.includes(name))
      yield {
        path: `parts.${id}.${path}`,
        message: `no class ${name}`,
        expected: `one of the classes ${known.slice(0, 20).join(', ') || '(there is none)'}`,
      };
}

/** How many parts a call may go through one after the other. */
const MOST_DEPTH = 100;

/** Calls must come to an end: no part may be called, by whatever way, for a call that it is serving itself. */
function* circles(parts: Scenario['parts']): Generator<Problem> {
  const done = new Map<string, number>();
  const path: string[] = [];
  /** How deep the calls go below a part; null when a circle was found. */
  function depthBelow(id: string): number | null {
    const known = done.get(id);
    if (known !== undefined) return known;
    if (path.includes(id)) {
      path.splice(0, path.indexOf(id));
      path.push(id);
      return null;
    }
    path.push(id);
    let depth = 0;
    for (const { id: callee } of kinds.get(parts[id]!.kind)!.callees(parts[id] as never)) {
      if (!Object.hasOwn(parts, callee)) continue;
      const below = depthBelow(callee);
      if (below === null) return null;
      depth = Math.max(depth, below + 1);
    }
    path.pop();
    done.set(id, depth);
    return depth;
  }
  for (const id of Object.keys(parts)) {
    const depth = depthBelow(id);
    if (depth === null) {
      yield {
        path: `parts.${path[0]}`,
        message: `calls go in a circle: ${path.join(' > ')}`,
        expected: 'calls that come to an end',
      };
      return;
    }
    if (depth > MOST_DEPTH) {
      yield { path: `parts.${id}`, message: `calls go ${depth} parts deep`, expected: `at most ${MOST_DEPTH}` };
      return;
    }
  }
}

function* inputProblems(scenario: Scenario, input: Input, path: string): Generator<Problem> {
  if (!(input.at >= 0 && input.at <= scenario.horizon))
    yield { path: `${path}.at`, message: `${input.at} is outside the run`, expected: `from 0 to ${scenario.horizon}` };
  if ('dial' in input) {
    yield* dialProblems(scenario, input.dial, input.value, `${path}.dial`);
    const dial = scenario.dials.find(({ id }) => id === input.dial);
    for (const place of dial === undefined ? [] : placesOf(dial))
      if (!mayTurn(scenario, place))
        yield {
          path: `${path}.dial`,
          message: `${place} cannot change while a run goes on`,
          expected: 'a dial whose places may: turn this one before the run',
        };
    return;
  }
  const fault = 'fault' in input ? input.fault : input.mend;
  if (!scenario.faults.some(({ id }) => id === fault))
    yield {
      path: `${path}.${'fault' in input ? 'fault' : 'mend'}`,
      message: `no fault ${fault}`,
      expected: `one of ${scenario.faults.map(({ id }) => id).join(', ') || 'none: this scenario has no faults'}`,
    };
  if ('fault' in input && input.duration !== undefined && !(input.duration > 0 && Number.isFinite(input.duration)))
    yield { path: `${path}.duration`, message: `${input.duration} is no duration`, expected: 'a number above 0' };
}

function* dialProblems(scenario: Scenario, id: string, value: number, path: string): Generator<Problem> {
  const dial = scenario.dials.find((candidate) => candidate.id === id);
  if (dial === undefined)
    yield {
      path,
      message: `no dial ${id}`,
      expected: `one of ${scenario.dials.map((d) => d.id).join(', ') || 'none'}`,
    };
  else if (!(value >= dial.min && value <= dial.max))
    yield { path, message: `${value} is outside the dial`, expected: `from ${dial.min} to ${dial.max}` };
}

/** Why texts cannot be taken; what is in them, the parts that take them judge. */
function* textProblems(scenario: Scenario, texts: Readonly<Record<string, string>>): Generator<Problem> {
  for (const [id, written] of Object.entries(texts)) {
    const text = scenario.texts.find((each) => each.id === id);
    if (text === undefined)
      yield {
        path: `texts.${id}`,
        message: `no text ${id}`,
        expected: `one of ${scenario.texts.map((each) => each.id).join(', ') || 'none: this scenario has no texts'}`,
      };
    else if (typeof written !== 'string' || written.length > text.most)
      yield { path: `texts.${id}`, message: 'too long, or no text', expected: `at most ${text.most} letters` };
  }
}

/** Whether the part or link that has a place can take a new value there while a run goes on. */
export function mayTurn(scenario: Scenario, place: string): boolean {
  const [room, owner, setting] = place.split('.');
  if (room === 'links') return (linkAdopts as readonly string[]).includes(setting!);
  const part = Object.hasOwn(scenario.parts, owner!) ? scenario.parts[owner!] : undefined;
  return part !== undefined && kinds.get(part.kind)!.adopts.includes(setting!);
}

/** Where a run stands: design, dials, texts and inputs, as given by a reader, a link or a command. */
export interface ChosenSetting {
  design?: string | undefined;
  dials?: Record<string, number> | undefined;
  texts?: Record<string, string> | undefined;
  inputs?: Input[] | undefined;
  horizon?: number | undefined;
}

export interface AppliedSetting {
  /** The scenario with the design's and the dials' values in their places; checked again. */
  scenario: Scenario;
  design: string;
  /** Every dial's value. */
  dials: Record<string, number>;
  /** Dials that turn nothing in this design, because it says itself what stands in their places, or has no such place. */
  idleDials: string[];
  inputs: Input[];
}

/**
 * Puts a design and dials into a scenario. What a design says of a place stands, whatever a dial says of the same place;
 * a dial turns what the design leaves open, also within a setting that the design brings.
 * @throws ScenarioError for an unknown design, dial or fault, or a value outside its dial.
 */
export function applySetting(scenario: Scenario, chosen: ChosenSetting = {}): AppliedSetting {
  const design = chosen.design ?? scenario.designs[0]!.id;
  const chosenDesign = scenario.designs.find(({ id }) => id === design);
  const problems: Problem[] = [];
  if (chosenDesign === undefined)
    problems.push({
      path: 'design',
      message: `no design ${design}`,
      expected: `one of ${scenario.designs.map(({ id }) => id).join(', ')}`,
    });
  for (const [id, value] of Object.entries(chosen.dials ?? {}))
    problems.push(...dialProblems(scenario, id, value, `dials.${id}`));
  problems.push(...textProblems(scenario, chosen.texts ?? {}));
  const inputs = [...scenario.inputs, ...(chosen.inputs ?? [])];
  const asLong = { ...scenario, horizon: chosen.horizon ?? scenario.horizon };
  for (const [i, input] of inputs.entries()) problems.push(...inputProblems(asLong, input, `inputs.${i}`));
  if (problems.length > 0) throw new ScenarioError(problems);

  let changed = copy(scenario);
  for (const [place, value] of Object.entries(chosenDesign!.set)) putAt(changed, place, value);
  // what a design brings gets its defaults first, as a dial may turn one of those
  if (Object.values(chosenDesign!.set).some((value) => typeof value === 'object' && value !== null))
    changed = check(changed, true);
  const dials: Record<string, number> = {};
  const idleDials: string[] = [];
  for (const dial of scenario.dials) {
    const given =
      chosen.dials !== undefined && Object.hasOwn(chosen.dials, dial.id) ? chosen.dials[dial.id] : undefined;
    dials[dial.id] = given ?? dial.start;
    const open = targetsOf(dial).filter(
      ({ place }) => !Object.hasOwn(chosenDesign!.set, place) && hasPlace(changed, place),
    );
    const at = dials[dial.id]!;
    for (const { place, times, plus, only, value } of open)
      if (only === undefined || only === at)
        putAt(changed, place, value === undefined ? times * at + plus : copy(value));
    if (open.length === 0) idleDials.push(dial.id);
  }
  for (const { id, sets } of scenario.texts) {
    const written = chosen.texts !== undefined && Object.hasOwn(chosen.texts, id) ? chosen.texts[id] : undefined;
    if (written !== undefined) for (const place of sets) putAt(changed, place, written);
  }
  if (chosen.horizon !== undefined) changed.horizon = chosen.horizon;
  return { scenario: check(changed, true), design, dials, idleDials, inputs };
}

/** The places that a dial turns, each with its factor and what is added. */
const targetsOf = (
  dial: Dial,
): {
  place: string;
  times: number;
  plus: number;
  only?: number | undefined;
  value?: unknown;
}[] => dial.sets.map((target) => (typeof target === 'string' ? { place: target, times: 1, plus: 0 } : target));

/** The places that a dial turns. */
export const placesOf = (dial: Dial): string[] => targetsOf(dial).map(({ place }) => place);

/** A deep copy of plain data. */
function copy<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copy) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)])) as T;
}

function hasPlace(scenario: Scenario, place: string): boolean {
  const { owner, key } = locate(scenario, place);
  return owner !== null && Object.hasOwn(owner, key);
}

/** Whether a design puts something in that may have the place. */
const bringsPlace = (set: Readonly<Record<string, unknown>>, place: string): boolean =>
  Object.entries(set).some(
    ([brought, value]) => place.startsWith(`${brought}.`) && typeof value === 'object' && value !== null,
  );

function putAt(scenario: Scenario, place: string, value: unknown): void {
  const { owner, key } = locate(scenario, place);
  if (owner === null || !Object.hasOwn(owner, key))
    throw new ScenarioError([
      { path: place, message: 'no such place', expected: 'a setting that exists in parts or links' },
    ]);
  owner[key] = value;
}

function locate(scenario: Scenario, place: string): { owner: Record<string, unknown> | null; key: string } {
  const steps = place.split('.');
  const key = steps.pop()!;
  let owner: unknown = scenario;
  for (const step of steps) {
    // own keys only: a place must not reach a prototype
    if (typeof owner !== 'object' || owner === null || !Object.hasOwn(owner, step)) return { owner: null, key };
    owner = (owner as Record<string, unknown>)[step];
  }
  return { owner: typeof owner === 'object' ? (owner as Record<string, unknown> | null) : null, key };
}
