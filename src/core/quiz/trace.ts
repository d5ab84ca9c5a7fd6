/**
 * Makes the run of a question that follows a request, finds the request by the author's rule, and reads off the trace
 * which option of each step is right. Questions that follow a program are handed on. It runs when the site is built and in tests; the browser gets what it found.
 */
import { simulate, type Run } from '../../../simulations/index.ts';
import { familyOf, type Family, type Member } from '../playback/family.ts';
import { ANSWERED, fateNames, INSIDE, isFailure, wayOfFailing } from '../playback/fates.ts';
import type { ScenarioNamed } from './measure.ts';
import { programTraced } from './trace-program.ts';
import { own, type Question, type Traced, type TracedCall } from './question.ts';
import {
  type outcomes,
  rounded,
  tracedOption,
  type Follow,
  type Tracing,
  type TracingFacts,
  type TracingStep,
} from './types/tracing/grading.ts';

/** Gives what a run shows of the request that the facts of a question choose; throws, naming the question, when there is none. */
export type TracingRun = (facts: TracingFacts) => Traced;

/** Makes each run once, in whichever language it is asked for. */
export function makeTracing(scenarioNamed: ScenarioNamed): TracingRun {
  const known = new Map<string, Traced>();
  return (facts) => {
    const key = JSON.stringify(facts);
    const found =
      known.get(key) ?? (facts.program === undefined ? requestTraced(facts, scenarioNamed) : programTraced(facts));
    known.set(key, found);
    return found;
  };
}

function requestTraced(facts: TracingFacts, scenarioNamed: ScenarioNamed): Traced {
  const { scenario, design, dials, inputs } = facts.run!;
  const run = simulate(scenarioNamed(scenario), {
    ...(design === undefined ? {} : { design }),
    dials: dials ?? {},
    inputs: (inputs ?? []).map(({ at, fault, duration }) =>
      duration === undefined ? { at, fault } : { at, fault, duration },
    ),
    seed: facts.seed,
    record: 'trace',
  });
  return readRequest(run, facts);
}

/** Reads off a run what it shows of the request that the facts choose. Throws, naming question and remedy, when it has none. */
export function readRequest(run: Run, facts: TracingFacts): Traced {
  const { scenario } = facts.run!;
  if (run.trace!.sampled)
    throw new Error(
      `question "${facts.id}", run: it makes too many calls for a whole trace; right would be a run of "${scenario}" with less traffic`,
    );
  const family = followed(run, facts.follow!);
  if (family === null)
    throw new Error(
      `question "${facts.id}", follow: no request of this run is as the rule says; right would be a rule that the run of "${scenario}" with seed ${facts.seed} has a request for`,
    );
  if (family.hidden > 0)
    throw new Error(
      `question "${facts.id}", follow: request ${family.request} makes more calls than can be shown; right would be a request with fewer than eighty`,
    );
  const inUnits = (ticks: number): number => Number(((ticks - family.from) / run.time.ticks).toPrecision(6));
  const traced: Traced = {
    key: {},
    values: {},
    way: {
      kind: 'request',
      request: family.request,
      at: Number((family.from / run.time.ticks).toPrecision(6)),
      length: inUnits(family.to),
      unit: run.time.unit,
      calls: family.members.map((member) => callOf(member, inUnits)),
    },
  };
  for (const [id, step] of Object.entries(facts.steps)) {
    const found = stepTraced(run, family, step);
    if (found === null)
      throw new Error(
        `question "${facts.id}", steps.${id}: the run does not say ${said(step)} of request ${family.request}, which makes ${family.members.length} calls; right would be another call or another thing to ask`,
      );
    traced.key[id] = typeof found === 'number' ? tracedOption : found;
    if (typeof found === 'number') traced.values[id] = rounded(found);
  }
  return traced;
}

const said = ({ asks, call }: TracingStep): string => `"${asks}" for call ${call}`;

function callOf(member: Member, inUnits: (ticks: number) => number): TracedCall {
  const { caller, callee, depth, attempt, tries, stretches, unwantedFrom } = member;
  return {
    caller,
    callee,
    depth,
    attempt,
    tries,
    end: endOf(member),
    stretches: stretches.map(({ kind, from, to }) => ({
      kind,
      from: inUnits(from),
      to: to === null ? null : inUnits(to),
    })),
    unwantedFrom: unwantedFrom === null ? null : inUnits(unwantedFrom),
  };
}

/** The rows of customers' own calls, in the order in which to look at them. */
function customersOf(run: Run, { which, after = 0, class: named }: Follow): number[] {
  const { hops, classes } = run.trace!;
  const rows: number[] = [];
  const seen = new Set<string>();
  const lengths = new Map<number, number>();
  for (let row = 0; row < hops.count; row += 1) {
    if (hops.parent[row]! >= 0 || hops.sentAt[row]! < after * run.time.ticks) continue;
    if (named !== undefined && classes[hops.cls[row]!] !== named) continue;
    const back = hops.returnedAt[row]!;
    const length = (back < 0 ? run.endedAt : back) - hops.sentAt[row]!;
    const key = `${hops.request[row]} ${hops.cls[row]}`;
    if (seen.has(key)) continue;
    seen.add(key);
    rows.push(row);
    lengths.set(row, length);
  }
  return which === 'first'
    ? rows.toSorted((a, b) => hops.sentAt[a]! - hops.sentAt[b]! || a - b)
    : rows.toSorted((a, b) => lengths.get(b)! - lengths.get(a)! || a - b);
}

/** The request that the rule chooses; null when there is none. */
function followed(run: Run, rule: Follow): Family | null {
  const { hops } = run.trace!;
  let left = rule.nth;
  for (const row of customersOf(run, rule)) {
    const family = familyOf(run, hops.request[row]!, hops.cls[row]!);
    if (family === null || !isMeant(family, rule)) continue;
    left -= 1;
    if (left === 0) return family;
  }
  return null;
}

function isMeant({ members, outcome }: Family, rule: Follow): boolean {
  const inOrder = bySending(members);
  return (
    (rule.outcome === undefined || rule.outcome === outcome) &&
    (rule.reason === undefined || members.some(({ fate }) => fateNames[fate] === rule.reason)) &&
    (rule.door === undefined || (inOrder[0] !== undefined && doorOf(inOrder[0]) === rule.door)) &&
    (rule.tries === undefined || members.some(({ tries }) => tries >= rule.tries!))
  );
}

const bySending = (members: readonly Member[]): Member[] =>
  members.toSorted((a, b) => a.stretches[0]!.from - b.stretches[0]!.from || a.hop - b.hop);

function doorOf({ stretches, fate }: Member): (typeof outcomes.door)[number] {
  const waiting = stretches.find(({ kind }) => kind === 'waiting');
  if (waiting === undefined) return 'lost';
  const hasWaited = waiting.to === null || waiting.to > waiting.from;
  if (hasWaited) return 'queued';
  return isFailure(fate) && !stretches.some(({ kind }) => kind === 'service') ? 'refused' : 'served';
}

function endOf({ fate, isAbandoned }: Member): (typeof outcomes.end)[number] {
  if (isAbandoned) return 'given-up';
  if (fate === INSIDE) return 'open';
  return fate === ANSWERED ? 'answered' : wayOfFailing(fate);
}

/** What the caller of a call did next. */
function thenOf(run: Run, { members, outcome }: Family, member: Member): (typeof outcomes.then)[number] {
  if (member.attempt < member.tries) return 'retries';
  const { hops } = run.trace!;
  const parentRow = hops.parent[member.hop]!;
  const later = bySending(members).some(
    (other) =>
      hops.parent[other.hop] === parentRow &&
      other.caller === member.caller &&
      other.stretches[0]!.from > member.stretches[0]!.from,
  );
  if (later) return 'calls-on';
  const parent = members.find(({ hop }) => hop === parentRow);
  const end =
    parent === undefined ? outcome : parent.fate === INSIDE ? 'open' : isFailure(parent.fate) ? 'failed' : 'answered';
  return end === 'open' ? 'waits' : end === 'failed' ? 'fails' : 'done';
}

/** How many were there, waiting or served, when a call arrived. */
function aheadOf(run: Run, { hop }: Member): number | null {
  const { hops } = run.trace!;
  const at = hops.arrivedAt[hop]!;
  if (at < 0) return null;
  let ahead = 0;
  for (let row = 0; row < hops.count; row += 1) {
    const came = hops.arrivedAt[row]!;
    if (row === hop || hops.to[row] !== hops.to[hop] || came < 0) continue;
    const wasBefore = came < at || (came === at && row < hop);
    if (wasBefore && (hops.endedAt[row]! < 0 || hops.endedAt[row]! > at)) ahead += 1;
  }
  return ahead;
}

/** What the run says at a step: the id of an outcome or of a part, or a number; null when it says nothing. */
function stepTraced(run: Run, family: Family, { asks, call }: TracingStep): string | number | null {
  const member = bySending(family.members)[call - 1];
  if (member === undefined) return null;
  const lengthOf = (kind: string): number | null => {
    const stretch = member.stretches.find((one) => one.kind === kind);
    return stretch === undefined || stretch.to === null ? null : (stretch.to - stretch.from) / run.time.ticks;
  };
  const { hops } = run.trace!;
  switch (asks) {
    case 'part':
      return member.callee;
    case 'door':
      return doorOf(member);
    case 'end':
      return endOf(member);
    case 'then':
      return thenOf(run, family, member);
    case 'unwanted':
      return member.isAbandoned ? (member.wasted > 0 ? 'worked-on' : 'dropped') : null;
    case 'ahead':
      return aheadOf(run, member);
    case 'waited':
      return lengthOf('waiting');
    case 'worked':
      return lengthOf('service');
    case 'took': {
      const back = hops.returnedAt[member.hop]!;
      return back < 0 ? null : (back - hops.sentAt[member.hop]!) / run.time.ticks;
    }
    case 'tries':
      return member.tries;
    case 'calls':
      return family.members.length;
    default:
      // What is asked of a program only.
      return null;
  }
}

/** How far a wrong number must be from the right one, as a share of the greater: else both could be meant. A program is exact. */
const apart = 0.2;

/**
 * What is wrong between what the run shows and what the author wrote: a distractor that is right, or nearly so, and words for
 * the right option that are missing. Empty when the question stands.
 */
export function tracedMisfits({ facts, words, traced }: Tracing): string[] {
  return Object.entries(facts.steps).flatMap(([id, { distractors }]) => {
    const at = `question "${facts.id}", steps.${id}`;
    const key = own(traced?.key ?? {}, id);
    if (key === undefined) return [`${at}: the run has not been made`];
    const value = own(traced?.values ?? {}, id);
    const faults = Object.hasOwn(words.steps[id]?.options ?? {}, key)
      ? []
      : [`${at}: the run shows "${key}", which has no words; right would be an option "${key}"`];
    if (Array.isArray(distractors)) {
      if (distractors.includes(key))
        faults.push(`${at}: the distractor "${key}" is what the run shows; right would be distractors that are wrong`);
    } else if (value !== undefined) {
      for (const [name, wrong] of Object.entries(distractors))
        if (
          Math.abs(wrong - value) <=
          (facts.program === undefined ? apart : 0) * Math.max(Math.abs(wrong), Math.abs(value))
        )
          faults.push(
            `${at}: the distractor "${name}", ${wrong}, is too near to ${value}, which the run shows; right would be a number farther off`,
          );
    }
    return faults;
  });
}

/** The question with what its run shows. Questions of other types are handed back as they are. */
export function withTracedKey(question: Question, tracing: TracingRun): Question {
  return question.facts.type === 'tracing'
    ? { ...question, traced: tracing(question.facts as TracingFacts) }
    : question;
}
