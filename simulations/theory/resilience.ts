/**
 * Closed forms of retries, retry budgets, circuit breakers, token buckets and the states that retries can hold a system in.
 * Failures are independent from call to call. They know no queue: what retries do to latency is for a run to show.
 */
import { weightsMD1 } from './queues.ts';
import { wholePower } from './special-functions.ts';

/**
 * Mean calls per request that is tried again after each failure: 1 + p + … + p^r.
 * @param failure chance that a call fails, 0 to 1. @param retries at most, 0 or more.
 */
export function attemptsPerRequest(failure: number, retries: number): number {
  let sum = 1;
  for (let i = 0; i < retries; i++) sum = 1 + failure * sum;
  return sum;
}

/** Share of requests that succeed in the end: 1 − p^(r + 1). */
export function successShare(failure: number, retries: number): number {
  return (1 - failure) * attemptsPerRequest(failure, retries);
}

/**
 * Calls at the bottom per request at the top, when every layer tries as often and the bottom is down: attempts^layers.
 * Source: Google SRE Book, ch. 22. @param attempts by each layer, first tries included.
 */
export function layeredAttempts(attempts: number, layers: number): number {
  return wholePower(attempts, layers);
}

/** A budget of tokens for retries: successes pay in, retries pay out. */
export interface RetryBudget {
  /** Tokens that a success brings. */
  deposit: number;
  /** Tokens that a retry takes, above 0. */
  cost: number;
  /** Retries per request at most, whatever the budget. */
  retries: number;
}

/**
 * Mean calls per request under a budget of tokens: retries x per request are paid by the successes of all calls, cost · x
 * = deposit · (1 − p) · (1 + x), or fewer where so many are not needed. Source: Brooker, Fixing retries with token
 * buckets and circuit breakers (2022). It never passes 1 / (1 − deposit / cost). A long run's mean: it leaves out the
 * tokens of the start.
 * @param failure chance that a call fails, 0 to 1.
 */
export function budgetedAttempts(failure: number, { deposit, cost, retries }: RetryBudget): number {
  const wanted = attemptsPerRequest(failure, retries);
  const paid = (deposit * (1 - failure)) / cost;
  return paid >= 1 ? wanted : Math.min(wanted, 1 / (1 - paid));
}

/**
 * Whether a system that was pushed into overload stays there when the trigger is gone: all requests then fail and are all
 * tried again, so that rate × (1 + retries) meets the capacity. Source: Bronson and others, HotOS 2021; Huang and others,
 * OSDI 2022.
 * @param retries per request; a budget of b of the requests counts as b. @param capacity in the rate's unit.
 */
export function staysDown(rate: number, capacity: number, retries: number): boolean {
  return rate * (1 + retries) > capacity;
}

/** The load above which a system whose callers retry can stay down by itself: 1 / (1 + retries). */
export function vulnerableAbove(retries: number): number {
  return 1 / (1 + retries);
}

/** How long the wait before a retry is at most: base × 2^n for n = 0, 1 …, never above the cap. */
export function backoffCeiling(base: number, cap: number, retry: number): number {
  let wait = base;
  for (let n = 0; n < retry && wait < cap; n++) wait *= 2;
  return Math.min(cap, wait);
}

/**
 * Mean of all waits of a request that needs so many retries. Source: Brooker, Exponential backoff and jitter (2015).
 * @param jitter none waits the ceiling, equal between half of it and all, full between nothing and all.
 */
export function backoffTotal(base: number, cap: number, retries: number, jitter: 'none' | 'equal' | 'full'): number {
  let sum = 0;
  for (let n = 0; n < retries; n++) sum += backoffCeiling(base, cap, n);
  return sum * { none: 1, equal: 0.75, full: 0.5 }[jitter];
}

/** A circuit breaker over calls of a dependency. */
export interface Breaker {
  /** Calls per unit of time that want to pass, Poisson. */
  rate: number;
  /** Chance that a call fails, 0 to 1. */
  failure: number;
  /** How long it stays open. */
  openFor: number;
  /** Failures in a row that open it, 1 or more. */
  trip: number;
  /** Successes in a row that close it when half open, one call at a time; one failure opens it again. */
  probes: number;
}

/**
 * What a circuit breaker lets through in the long run, if a call takes no time. Source: renewal from one opening to the
 * next: it stays open, waits for the next call, probes, and if it closes, lets calls pass until failures in a row open
 * it. With a dead dependency one call passes every openFor + 1/rate.
 * @returns calls passed and failed per unit of time, and the share of calls that is rejected.
 */
export function breakerCycle({ rate, failure, openFor, trip, probes }: Breaker) {
  const closes = wholePower(1 - failure, probes);
  let tried = 0;
  for (let i = 0; i < probes; i++) tried += wholePower(1 - failure, i);
  // calls until so many failures in a row: 1/p + 1/p² + …
  let lasts = 0;
  for (let i = 1; i <= trip; i++) lasts += 1 / wholePower(failure, i);
  const passedPerOpening = tried + (closes === 0 ? 0 : closes * lasts);
  const rejectedPerOpening = rate * openFor;
  const rejected = passedPerOpening === Infinity ? 0 : rejectedPerOpening / (rejectedPerOpening + passedPerOpening);
  const passed = rate * (1 - rejected);
  return { passed, failed: passed * failure, rejected };
}

/**
 * The most that a token bucket can let through in a span of time: burst + refill × time.
 * @param refill tokens per unit of time.
 */
export function mostAdmitted(refill: number, burst: number, time: number): number {
  return Math.floor(burst + refill * time);
}

/**
 * How many of each crowd a token bucket lets through; it is full at the start.
 * @param crowds calls that come at one moment, in order of time.
 */
export function admittedCrowds(
  refill: number,
  burst: number,
  crowds: readonly { at: number; calls: number }[],
): number[] {
  let tokens = burst;
  let last = 0;
  return crowds.map(({ at, calls }) => {
    tokens = Math.min(burst, tokens + refill * (at - last));
    last = at;
    // a token that is whole but for rounding is whole
    const admitted = Math.min(calls, Math.floor(tokens + 1e-9));
    tokens = Math.max(0, tokens - admitted);
    return admitted;
  });
}

/**
 * Share of Poisson calls that a token bucket lets through, each taking one token, refilled evenly. Source: the missing
 * tokens are the work in an M/D/1 queue that takes nobody who would wait longer than (burst − 1) / refill (Cohen, The
 * single server queue, 1969).
 * @param rate calls per unit of time. @param refill tokens per unit of time, at least rate/100. @param burst a whole
 * number, 1 or more.
 */
export function tokenBucketAdmits(rate: number, refill: number, burst: number): number {
  const sum = weightsMD1(rate / refill, burst - 1).reduce((total, weight) => total + weight, 0);
  return 1 / (1 / sum + rate / refill);
}
