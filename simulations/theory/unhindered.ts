/**
 * How long a request takes when nobody ever waits: the work of all whom it calls and the way to them, added up along the
 * tree of calls. It answers null where anything may queue, fail or race, so it is a lower bound that is reached or nothing.
 */
import { isConstant, meanOf } from '../distributions/index.ts';
import type { Scenario } from '../scenario.ts';
import { stagesOf } from '../plans/settings.ts';
import { resendDelay, resendDelayDoubling } from './links.ts';

/** Mean time of a way there and back, and whether it is always the same. */
interface Span {
  mean: number;
  isFixed: boolean;
}

/** Mean round trip of the first source's requests; null where more than work and ways decides it. */
export function unhindered(scenario: Scenario): number | null {
  const [id, source] = Object.entries(scenario.parts).find(([, part]) => part.kind === 'traffic') ?? [];
  if (id === undefined || source?.kind !== 'traffic' || source.classes.length > 0) return null;
  if (scenario.inputs.length > 0 || source.size !== undefined) return null;
  return planTime(scenario, id, source.calls)?.mean ?? null;
}

type Plan = Parameters<typeof stagesOf>[0];

function planTime(scenario: Scenario, from: string, plan: Plan): Span | null {
  const sum: Span = { mean: 0, isFixed: true };
  for (const { steps, need } of stagesOf(plan)) {
    const [step, ...others] = steps;
    if (step === undefined || others.length > 0 || need !== null) return null;
    if (step.probability < 1 || step.again > 0) return null;
    const own = callTime(scenario, from, step.to);
    // the slowest of several calls at once has the mean of one only where all take the same
    if (own === null || (step.copies > 1 && !own.isFixed)) return null;
    sum.mean += own.mean;
    sum.isFixed &&= own.isFixed;
  }
  return sum;
}

function callTime(scenario: Scenario, from: string, to: string): Span | null {
  const callee = scenario.parts[to];
  if (callee?.kind !== 'service' || callee.threads !== null || callee.errors > 0) return null;
  const way = wayTime(scenario, from, to);
  const behind = planTime(scenario, to, callee.calls);
  if (way === null || behind === null || !isConstant(callee.service)) return null;
  return {
    mean: way.mean + meanOf(callee.service) / callee.speed + behind.mean,
    isFixed: way.isFixed && behind.isFixed,
  };
}

/** There and back over a link. */
function wayTime({ links }: Scenario, from: string, to: string): Span | null {
  const link = links.find((each) => each.from === from && each.to === to);
  if (link === undefined) return { mean: 0, isFixed: true };
  const { latency, loss, retransmit, bandwidth, timeout, deadline, rateLimit, bulkhead } = link;
  if (typeof latency !== 'number' || bandwidth !== null) return null;
  if ([timeout, deadline, rateLimit, bulkhead].some((each) => each !== null && each !== undefined)) return null;
  if (loss === 0) return { mean: 2 * latency, isFixed: true };
  if (retransmit === null) return null;
  const { after, factor } = retransmit;
  const resent = factor === 1 ? resendDelay(loss, after) : factor === 2 ? resendDelayDoubling(loss, after) : null;
  return resent === null || resent === Infinity ? null : { mean: 2 * (latency + resent), isFixed: false };
}
