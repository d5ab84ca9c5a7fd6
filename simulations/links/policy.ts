/**
 * What a caller does about its calls on one link: time limits, retries, hedging, circuit breaker, bulkhead, rate limit
 * and fallback. A logical call is what the calling part knows; its tries are what goes over the link.
 * In this order: rate limit, breaker around the call, then for each try bulkhead, breaker around the try, time limit.
 */
import { wider, type Lane } from '../engine/calendar.ts';
import { flag } from '../engine/calls.ts';
import { mixPath, uniform } from '../engine/draws.ts';
import { ANSWERED, fateOf, type Machine, type Policy } from '../engine/machine.ts';
import type { Count, Level, Tally } from '../engine/monitor.ts';
import type { FailureReason, LinkState } from '../engine/run.ts';
import { Breaker } from './breaker.ts';
import type { LinkSettings } from './settings.ts';
import { TokenBucket } from './token-bucket.ts';

const TIMEOUT = fateOf('timeout');
const DEADLINE = fateOf('deadline');
const BREAKER_OPEN = fateOf('breaker-open');
const BULKHEAD_FULL = fateOf('bulkhead-full');
const RATE_LIMITED = fateOf('rate-limited');

/** What a logical call is about. */
const TRYING = 0;
const QUEUED = 1;
const WAITING = 2;
const SUBSTITUTING = 3;
/** Its tries are being abandoned: what comes back meanwhile is dropped. */
const ENDING = 4;

/** Which fates a list of reasons means, as a table. */
function among(reasons: readonly FailureReason[] | undefined): Uint8Array | null {
  if (reasons === undefined) return null;
  const table = new Uint8Array(256);
  for (const reason of reasons) table[fateOf(reason)] = 1;
  return table;
}

export class CallPolicy implements Policy {
  #machine: Machine;
  #id: string;
  #ticks: number;
  #from: number;
  #settings!: LinkSettings;
  #jitter: ReturnType<Machine['stream']>;

  /** Per row of a logical call. */
  #made = new Int32Array(64);
  #retries = new Int32Array(64);
  #outstanding = new Int32Array(64);
  #first = new Int32Array(64).fill(-1);
  #state = new Uint8Array(64);
  #wait = new Float64Array(64);
  #callEra = new Int32Array(64);
  /** Per row of a try. */
  #next = new Int32Array(64).fill(-1);
  #tryEra = new Int32Array(64);

  #breaker: Breaker | null = null;
  #breakerIsOutside = false;
  #counted: Uint8Array | null = null;
  #retried: Uint8Array | null = null;
  #replaced: Uint8Array | null = null;
  #bucket: TokenBucket | null = null;
  #tokens = 0;
  #most = Infinity;
  #room = 0;
  /** Logical calls that wait for a place in the bulkhead: row and hop, from `#head` on. */
  #line: number[] = [];
  #head = 0;
  #waiting = 0;
  #timeouts: Lane | null = null;
  #hedgeLane: Lane | null = null;
  #onTimeout: number;
  #onDeadline: number;
  #onRetry: number;
  #onHedge: number;
  #onSubstitute: number;
  #cancels = false;
  #hedges = 0;
  #calls = 0;

  #callCount: Count;
  #tryCount: Count;
  #retryCount: Count;
  #hedgeCount: Count;
  #timeoutCount: Count;
  #lateCount: Count;
  #failCount: Count;
  #substitutes: Count;
  #latency: Tally;
  #open: Level;
  #underWay: Level;
  /** How often each reason of the link's own was given. */
  #own = new Map<number, Count>();

  constructor(machine: Machine, way: number, id: string, ticks: number, settings: LinkSettings) {
    this.#machine = machine;
    this.#id = id;
    this.#ticks = ticks;
    this.#from = machine.wayAt(way).from;
    this.#jitter = machine.stream(id, 'jitter');
    this.#onTimeout = machine.on((attempt, hop) => this.#timedOut(attempt, hop));
    this.#onDeadline = machine.on((call, hop) => this.#tooLate(call, hop));
    this.#onRetry = machine.on((call, hop) => this.#again(call, hop));
    this.#onHedge = machine.on((attempt, hop) => this.#hedge(attempt, hop));
    this.#onSubstitute = machine.on((call, hop) => this.#substituted(call, hop));
    const { monitor } = machine;
    this.#callCount = monitor.count(`${id}.calls`, 'count', monitor.counter());
    this.#tryCount = monitor.count(`${id}.tries`, 'count', monitor.counter());
    monitor.count(`${id}.triesPerCall`, 'number', this.#tryCount, this.#callCount);
    monitor.count(`${id}.tryRate`, 'rate', this.#tryCount);
    this.#retryCount = monitor.count(`${id}.retries`, 'count', monitor.counter());
    this.#hedgeCount = monitor.count(`${id}.hedges`, 'count', monitor.counter());
    this.#timeoutCount = monitor.count(`${id}.timeouts`, 'count', monitor.counter());
    this.#lateCount = monitor.count(`${id}.late`, 'count', monitor.counter());
    this.#substitutes = monitor.count(`${id}.fallbacks`, 'count', monitor.counter());
    this.#failCount = monitor.counter();
    monitor.count(`${id}.failures`, 'share', this.#failCount, this.#callCount);
    this.#latency = monitor.tally(`${id}.latency`);
    this.#underWay = monitor.level(`${id}.underWay`);
    this.#open = monitor.level(`${id}.breakerOpen`);
    for (const reason of ['breaker-open', 'bulkhead-full', 'rate-limited', 'deadline'] as const) {
      const count = monitor.count(`${id}.failures.${reason}`, 'count', monitor.counter());
      this.#own.set(fateOf(reason), count);
      if (reason !== 'deadline') monitor.count(`${id}.rejected.${reason}`, 'share', count, this.#callCount);
    }
    this.adopt(settings);
  }

  /** A dial has been turned. Calls that are under way keep the time limits that they were sent with. */
  adopt(settings: LinkSettings): void {
    const before = this.#settings as LinkSettings | undefined;
    this.#settings = settings;
    const machine = this.#machine;
    const inTicks = (time: number) => Math.max(1, Math.round(time * this.#ticks));
    if (settings.timeout !== before?.timeout)
      this.#timeouts = settings.timeout === null ? null : machine.lane(inTicks(settings.timeout), this.#onTimeout);
    if (settings.hedge?.after !== before?.hedge?.after)
      this.#hedgeLane =
        settings.hedge === null ? null : machine.lane(Math.round(settings.hedge.after * this.#ticks), this.#onHedge);
    this.#cancels = settings.onTimeout === 'cancel';
    if (JSON.stringify(settings.breaker) !== JSON.stringify(before?.breaker ?? null)) {
      const { breaker } = settings;
      this.#open.set(machine.now, 0);
      this.#breaker =
        breaker === null
          ? null
          : new Breaker(breaker, this.#ticks, (state) => {
              this.#open.set(machine.now, state === 'open' ? 1 : 0);
              machine.mark(this.#id, 'breaker', state);
            });
      this.#breakerIsOutside = breaker?.around === 'call';
      this.#counted = among(breaker?.counts);
    }
    this.#retried = among(settings.retry?.on);
    this.#replaced = among(settings.fallback?.on);
    const { rateLimit, bulkhead } = settings;
    if (rateLimit === null) this.#bucket = null;
    else if (this.#bucket === null) this.#bucket = new TokenBucket(rateLimit.rate / this.#ticks, rateLimit.burst);
    else this.#bucket.turn(machine.now, rateLimit.rate / this.#ticks, rateLimit.burst);
    if (before === undefined) this.#tokens = settings.retry?.budget?.start ?? 0;
    this.#most = bulkhead?.most ?? Infinity;
    this.#room = bulkhead?.queue ?? 0;
  }

  begin(call: number): void {
    const machine = this.#machine;
    const { calls, now } = machine;
    while (call >= this.#made.length) this.#grow();
    this.#made[call] = 0;
    this.#retries[call] = 0;
    this.#outstanding[call] = 0;
    this.#first[call] = -1;
    this.#state[call] = TRYING;
    this.#wait[call] = 0;
    this.#callEra[call] = -1;
    this.#callCount.add(calls.cls[call]!);
    this.#calls++;
    const { deadline, retry } = this.#settings;
    if (deadline !== null)
      calls.deadline[call] = Math.min(calls.deadline[call]!, now + Math.round(deadline * this.#ticks));
    const budget = retry?.budget ?? null;
    if (budget !== null && budget.on === 'call') this.#deposit(budget.deposit, budget.capacity);
    const due = calls.deadline[call]!;
    if (due < Infinity) {
      if (due <= now) {
        this.#finish(call, DEADLINE, this.#from);
        return;
      }
      machine.after(due - now, this.#onDeadline, call, calls.hop[call]!);
    }
    if (this.#bucket !== null && !this.#bucket.take(now)) {
      this.#finish(call, RATE_LIMITED, this.#from);
      return;
    }
    if (this.#breakerIsOutside) {
      if (!this.#breaker!.allows(now)) {
        this.#callEra[call] = -1;
        this.#finish(call, BREAKER_OPEN, this.#from);
        return;
      }
      this.#callEra[call] = this.#breaker!.era;
    }
    this.#try(call);
  }

  #try(call: number): void {
    const { calls } = this.#machine;
    this.#state[call] = TRYING;
    if (this.#underWay.value >= this.#most) {
      if (this.#waiting >= this.#room) {
        this.#failed(call, BULKHEAD_FULL, this.#from);
        return;
      }
      this.#state[call] = QUEUED;
      this.#line.push(call, calls.hop[call]!);
      this.#waiting++;
      return;
    }
    this.#send(call);
  }

  #send(call: number): void {
    const machine = this.#machine;
    const { calls, now } = machine;
    const breaker = this.#breakerIsOutside ? null : this.#breaker;
    if (breaker !== null && !breaker.allows(now)) {
      this.#failed(call, BREAKER_OPEN, this.#from);
      return;
    }
    const attempt = machine.attemptOf(call, this.#made[call]!++);
    while (attempt >= this.#made.length) this.#grow();
    if (breaker !== null) this.#tryEra[attempt] = breaker.era;
    this.#next[attempt] = this.#first[call]!;
    this.#first[call] = attempt;
    this.#outstanding[call]!++;
    this.#underWay.set(now, this.#underWay.value + 1);
    this.#tryCount.add(calls.cls[call]!);
    if (this.#settings.propagates) calls.deadline[attempt] = calls.deadline[call]!;
    if (this.#timeouts !== null) this.#timeouts.after(now, attempt, calls.hop[attempt]!);
    if (this.#hedgeLane !== null) this.#hedgeLane.after(now, attempt, calls.hop[attempt]!);
    machine.transmit(attempt);
  }

  returned(attempt: number): void {
    const { calls, now } = this.#machine;
    const call = calls.note[attempt]!;
    const fate = calls.fate[attempt]!;
    const by = calls.by[attempt]!;
    const succeeded = fate === ANSWERED;
    this.#unlink(call, attempt);
    if (this.#breaker !== null && !this.#breakerIsOutside) this.#record(this.#tryEra[attempt]!, fate, now);
    // what is done about one call may make others' callers give this one up: its hop tells
    const hop = calls.hop[call];
    if (!succeeded || this.#state[call] === ENDING) {
      this.#release();
      if (calls.hop[call] === hop && this.#state[call] !== ENDING) this.#failed(call, fate, by);
      return;
    }
    const budget = this.#settings.retry?.budget ?? null;
    if (budget !== null && budget.on === 'success') this.#deposit(budget.deposit, budget.capacity);
    calls.flags[call]! |= calls.flags[attempt]! & flag.degraded;
    if (this.#outstanding[call]! > 0)
      this.#abandonTries(call, this.#settings.hedge?.cancels ?? this.#cancels, TIMEOUT, false);
    if (calls.hop[call] === hop) this.#finish(call, ANSWERED, 0);
    this.#release();
  }

  late(attempt: number): void {
    this.#lateCount.add(this.#machine.calls.cls[attempt]!);
  }

  #timedOut(attempt: number, hop: number): void {
    const machine = this.#machine;
    const { calls } = machine;
    if (calls.hop[attempt] !== hop || (calls.flags[attempt]! & flag.abandoned) !== 0) return;
    const call = calls.note[attempt]!;
    this.#timeoutCount.add(calls.cls[attempt]!);
    this.#unlink(call, attempt);
    if (this.#breaker !== null && !this.#breakerIsOutside) this.#record(this.#tryEra[attempt]!, TIMEOUT, machine.now);
    machine.markRefusal(this.#from, TIMEOUT, this.#id);
    const logical = calls.hop[call];
    machine.abandon(attempt, this.#cancels, TIMEOUT);
    this.#release();
    if (calls.hop[call] === logical && this.#state[call] !== ENDING) this.#failed(call, TIMEOUT, this.#from);
  }

  #hedge(attempt: number, hop: number): void {
    const { calls } = this.#machine;
    const { hedge } = this.#settings;
    if (hedge === null || calls.hop[attempt] !== hop || (calls.flags[attempt]! & flag.abandoned) !== 0) return;
    const call = calls.note[attempt]!;
    if (this.#state[call] !== TRYING || this.#outstanding[call]! > hedge.most) return;
    if (hedge.share !== null && this.#hedges + 1 > hedge.share * this.#calls) return;
    if (this.#underWay.value >= this.#most) return;
    this.#hedges++;
    this.#hedgeCount.add(calls.cls[call]!);
    this.#send(call);
  }

  #tooLate(call: number, hop: number): void {
    const { calls } = this.#machine;
    if (calls.hop[call] !== hop || this.#state[call] === SUBSTITUTING) return;
    this.#forgetQueued(call);
    this.#abandonTries(call, this.#cancels, DEADLINE, true);
    if (calls.hop[call] === hop) this.#finish(call, DEADLINE, this.#from);
  }

  #again(call: number, hop: number): void {
    if (this.#machine.calls.hop[call] !== hop || this.#state[call] !== WAITING) return;
    this.#try(call);
  }

  /** A try has failed, or could not be made. */
  #failed(call: number, fate: number, by: number): void {
    const machine = this.#machine;
    const { calls, now } = machine;
    // another try is still out: it may yet be answered
    if (this.#outstanding[call]! > 0) return;
    const { retry } = this.#settings;
    const n = this.#retries[call]! + 1;
    if (retry === null || n > retry.most || this.#retried![fate] === 0 || !this.#pay()) {
      this.#finish(call, fate, by);
      return;
    }
    const wait = Math.round(this.#backoff(call, n) * this.#ticks);
    if (now + wait >= calls.deadline[call]!) {
      this.#finish(call, fate, by);
      return;
    }
    this.#retries[call] = n;
    this.#retryCount.add(calls.cls[call]!);
    // also without a wait: retries that fail at once must not pile up upon each other
    this.#state[call] = WAITING;
    machine.after(Math.min(wait, 2 ** 50), this.#onRetry, call, calls.hop[call]!);
  }

  /** How long to wait before the n-th retry, in units of time. Source of the jitters: Brooker, Exponential Backoff and Jitter, AWS Architecture Blog (2015). */
  #backoff(call: number, n: number): number {
    const { backoff, base, factor, cap, jitter } = this.#settings.retry!;
    if (backoff === 'none') return 0;
    const longest = cap ?? Infinity;
    let wait = base;
    if (backoff === 'exponential') for (let i = 1; i < n && wait < longest; i++) wait *= factor;
    wait = Math.min(wait, longest);
    if (jitter === 'none') return wait;
    const { calls } = this.#machine;
    const u = uniform(this.#jitter, calls.request[call]!, mixPath(calls.path[call]!, n));
    if (jitter === 'full') return u * wait;
    if (jitter === 'equal') return (wait + u * wait) / 2;
    const last = n === 1 ? base : this.#wait[call]!;
    wait = Math.min(longest, base + u * Math.max(0, 3 * last - base));
    this.#wait[call] = wait;
    return wait;
  }

  #deposit(tokens: number, capacity: number): void {
    this.#tokens = Math.min(capacity, this.#tokens + tokens);
  }

  /** Takes the price of a retry out of the budget, if there is one. */
  #pay(): boolean {
    const budget = this.#settings.retry!.budget;
    if (budget === null) return true;
    if (this.#tokens < budget.cost) return false;
    this.#tokens -= budget.cost;
    return true;
  }

  #record(era: number, fate: number, now: number): void {
    if (fate === ANSWERED) this.#breaker!.record(now, era, true);
    else if (this.#counted![fate] === 1) this.#breaker!.record(now, era, false);
    else this.#breaker!.forget(era);
  }

  /** Takes a try out of its call's list. */
  #unlink(call: number, attempt: number): void {
    this.#outstanding[call]!--;
    if (this.#first[call] === attempt) {
      this.#first[call] = this.#next[attempt]!;
      return;
    }
    let at = this.#first[call]!;
    while (this.#next[at] !== attempt) at = this.#next[at]!;
    this.#next[at] = this.#next[attempt]!;
  }

  /** A place in the bulkhead is free again: who has waited longest takes it. */
  #release(): void {
    const { calls, now } = this.#machine;
    this.#underWay.set(now, this.#underWay.value - 1);
    while (this.#head < this.#line.length && this.#underWay.value < this.#most) {
      const call = this.#line[this.#head]!;
      const hop = this.#line[this.#head + 1]!;
      this.#head += 2;
      if (this.#head > 1024 && this.#head * 2 > this.#line.length) {
        this.#line.splice(0, this.#head);
        this.#head = 0;
      }
      if (calls.hop[call] !== hop || this.#state[call] !== QUEUED) continue;
      this.#waiting--;
      this.#state[call] = TRYING;
      this.#send(call);
    }
  }

  #forgetQueued(call: number): void {
    if (this.#state[call] !== QUEUED) return;
    this.#state[call] = TRYING;
    this.#waiting--;
  }

  /** @param fails whether the breaker counts what is still out as failed. */
  #abandonTries(call: number, tells: boolean, fate: number, fails: boolean): void {
    const machine = this.#machine;
    this.#state[call] = ENDING;
    const { calls } = machine;
    const hop = calls.hop[call];
    for (let attempt = this.#first[call]!; attempt >= 0 && calls.hop[call] === hop; attempt = this.#first[call]!) {
      this.#first[call] = this.#next[attempt]!;
      this.#outstanding[call]!--;
      if (this.#breaker !== null && !this.#breakerIsOutside) {
        if (fails) this.#record(this.#tryEra[attempt]!, fate, machine.now);
        else this.#breaker.forget(this.#tryEra[attempt]!);
      }
      machine.abandon(attempt, tells, fate);
      this.#release();
    }
  }

  abandon(call: number): void {
    this.#forgetQueued(call);
    this.#abandonTries(call, this.#cancels, TIMEOUT, false);
    if (this.#breakerIsOutside && this.#callEra[call]! >= 0) this.#breaker!.forget(this.#callEra[call]!);
  }

  #finish(call: number, fate: number, by: number): void {
    const machine = this.#machine;
    const { calls, now } = machine;
    if (this.#breakerIsOutside && this.#callEra[call]! >= 0 && fate !== RATE_LIMITED)
      this.#record(this.#callEra[call]!, fate, now);
    if (fate !== ANSWERED) {
      if (by === this.#from) {
        const own = this.#own.get(fate);
        if (own !== undefined) {
          own.add(calls.cls[call]!);
          machine.markRefusal(this.#from, fate, this.#id);
        }
      }
      const { fallback } = this.#settings;
      if (fallback !== null && (this.#replaced === null || this.#replaced[fate] === 1)) {
        this.#substitutes.add(calls.cls[call]!);
        this.#state[call] = SUBSTITUTING;
        machine.after(Math.round(fallback.takes * this.#ticks), this.#onSubstitute, call, calls.hop[call]!);
        return;
      }
      this.#failCount.add(calls.cls[call]!);
    }
    this.#latency.add(calls.cls[call]!, now - calls.sentAt[call]!);
    machine.settle(call, fate, by, this.#made[call] === 0);
  }

  #substituted(call: number, hop: number): void {
    const { calls, now } = this.#machine;
    if (calls.hop[call] !== hop) return;
    calls.flags[call]! |= flag.degraded;
    this.#latency.add(calls.cls[call]!, now - calls.sentAt[call]!);
    this.#machine.settle(call, ANSWERED, 0, this.#made[call] === 0);
  }

  state(): LinkState {
    return {
      ...(this.#breaker === null ? {} : { breaker: this.#breaker.state }),
      underWay: this.#underWay.value,
      waiting: this.#waiting,
      isCut: false,
    };
  }

  #grow(): void {
    const from = this.#made.length;
    this.#made = wider(this.#made);
    this.#retries = wider(this.#retries);
    this.#outstanding = wider(this.#outstanding);
    this.#first = wider(this.#first).fill(-1, from);
    this.#state = wider(this.#state);
    this.#wait = wider(this.#wait);
    this.#callEra = wider(this.#callEra);
    this.#next = wider(this.#next).fill(-1, from);
    this.#tryEra = wider(this.#tryEra);
  }
}
