/**
 * Traffic: the customers. An open pattern makes requests whatever becomes of the earlier ones; a closed one has a fixed
 * number of users who think, ask, wait for the answer, and think again. What they ask for is a call plan, by class.
 */
import { distribution, sampler, type Sampler } from '../../distributions/index.ts';
import { keys, keySampler } from '../../distributions/keys.ts';
import { wider } from '../../engine/calendar.ts';
import { flag } from '../../engine/calls.ts';
import { pathOf, uniform, type Stream } from '../../engine/draws.ts';
import { ANSWERED, fateOf, type Machine, type RequestClass } from '../../engine/machine.ts';
import type { Count, Counted, Tally } from '../../engine/monitor.ts';
import type { Part } from '../../engine/part.ts';
import type { PartState } from '../../engine/run.ts';
import { field, list, nullable, number, object, optional, otherwise, text, whole, z } from '../../fields.ts';
import { PlanRunner, type PlanEnd } from '../../plans/runner.ts';
import { calleesOf, callPlan, stagesOf, widthOf } from '../../plans/settings.ts';
import { defineKind, type ClassSite, type Site } from '../kind.ts';
import { arrivals, gapOf, groupOf, momentsOf, rateOf, tooFine, type OpenArrivals, type Rate } from './arrivals.ts';

const plan = callPlan(
  'What each request does: the parts that it calls, one after the other. A failure ends the request.',
);

/** What can be said of a class of requests, and of all requests where there is one class only. */
const perClass = {
  size: field(
    'How much work a request is: a factor on every service time that it meets, drawn once for each request. 1 when left out.',
    optional(distribution),
  ),
  keys: field(
    'Which thing a request is about, for caches, shards and locks. Always the same one when left out.',
    optional(keys),
  ),
  writes: field(
    'The share of requests that change something; the others read.',
    otherwise(number({ min: 0, max: 1 }), 0),
  ),
  patience: field(
    'How long a request stands in a line before it leaves as `impatient`, in units of time. For ever when left out. Once served it stays.',
    optional(distribution),
  ),
  priority: field(
    'How urgent it is, where a line knows priorities: 0 is the most urgent.',
    otherwise(whole({ min: 0, max: 9 }), 0),
  ),
  messageSize: field(
    'How large its messages are, for links with a bandwidth. 1 when left out.',
    optional(distribution),
  ),
  target: field(
    'Within which time an answer is good, in units of time: what `withinTarget` and `goodput` count. Null for any time.',
    otherwise(nullable(number({ above: 0, max: 1e12 })), null),
  ),
};

const settings = field(
  'Traffic: the customers who make requests.',
  object({
    kind: z.literal('traffic'),
    arrivals,
    calls: otherwise(plan, []),
    ...perClass,
    classes: field(
      'Kinds of request that differ; each request is of one of them by chance. What a class leaves out is as for all.',
      otherwise(
        list(
          object({
            id: field(
              'Its name: measures of this class end in @ and this name.',
              text(60, [
                /^[a-z][a-zA-Z0-9-]*$/,
                'an id starts with a small letter and has only letters, digits and hyphens',
              ]),
            ),
            weight: field(
              'How many of the requests are of this class, beside the weights of the others.',
              otherwise(number({ above: 0, max: 1e6 }), 1),
            ),
            calls: field('What requests of this class do, where it differs.', optional(plan)),
            size: optional(perClass.size),
            keys: optional(perClass.keys),
            writes: field('The share of this class that changes something.', optional(number({ min: 0, max: 1 }))),
            patience: optional(perClass.patience),
            priority: field('How urgent this class is: 0 is the most urgent.', optional(whole({ min: 0, max: 9 }))),
            messageSize: optional(perClass.messageSize),
            target: field(
              'Within which time an answer is good for this class.',
              optional(number({ above: 0, max: 1e12 })),
            ),
          }),
          { max: 20 },
        ),
        [],
      ),
    ),
  }),
);

type Settings = z.output<typeof settings>;

/** The classes with everything that they leave out. */
function classesOf(own: Settings) {
  const common = {
    weight: 1,
    calls: own.calls,
    size: own.size,
    keys: own.keys,
    writes: own.writes,
    patience: own.patience,
    priority: own.priority,
    messageSize: own.messageSize,
    target: own.target,
  };
  if (own.classes.length === 0) return [{ ...common, id: null }];
  return own.classes.map((one) => ({
    ...common,
    ...Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)),
    id: one.id as string | null,
  })) as (typeof common & { id: string | null })[];
}

export const traffic = defineKind({
  kind: 'traffic',
  settings,
  actions: { surge: 'multiplies the pace by the amount while it lasts' },
  adopts: ['arrivals'],
  takesCalls: false,
  callees: (own) => [
    ...calleesOf(own.calls).map((id, i) => ({ id, path: `calls.${i}` })),
    ...own.classes.flatMap((one, c) =>
      calleesOf(one.calls ?? []).map((id, i) => ({ id, path: `classes.${c}.calls.${i}` })),
    ),
  ],
  size: (own) =>
    (own.arrivals.pattern === 'closed'
      ? own.arrivals.users
      : own.arrivals.pattern === 'trace'
        ? own.arrivals.times.reduce<number>((sum, time) => sum + (typeof time === 'number' ? 1 : time.count), 0)
        : 1) + classesOf(own).reduce((sum, one) => sum + (one.keys?.count ?? 0), 0),
  reasons: () => [],
  contradictions: (own, horizon) => [
    ...tooFine(own.arrivals, horizon),
    ...tooMany(own),
    ...classesOf(own).flatMap(({ calls, id }) =>
      calls.length > 0
        ? []
        : [
            {
              path: id === null ? 'calls' : `classes.${id}.calls`,
              message: 'nothing is called',
              expected: 'at least one part',
            },
          ],
    ),
  ],
  classes: (own, site) => classesOf(own).map((one) => classOf(one, site)),
  build: (own, site) => {
    const issue = new Issuer(own, site);
    return own.arrivals.pattern === 'closed'
      ? closed(own.arrivals, issue, site)
      : new OpenTraffic(own.arrivals, issue, site);
  },
});

const DEGRADED = flag.degraded;

/** Calls that one arrival may make at once, all its customers together. */
const MOST_AT_ONCE = 1_000_000;

function* tooMany(own: Settings): Generator<{ path: string; message: string; expected: string }> {
  if (own.arrivals.pattern !== 'batches') return;
  const { size, spread } = own.arrivals;
  const calls = Math.max(...classesOf(own).map((one) => widthOf(one.calls))) * size;
  // a geometric group is ten times as large as its mean once in twenty thousand times
  const most = spread === 'geometric' ? MOST_AT_ONCE / 10 : MOST_AT_ONCE;
  if (calls > most) yield { path: 'arrivals.size', message: `${calls} calls at once`, expected: `at most ${most}` };
}

function classOf(one: ReturnType<typeof classesOf>[number], { id, row, ticks, stream }: ClassSite): RequestClass {
  const name = one.id ?? id;
  const size = one.size === undefined ? undefined : sampler(one.size, stream(id, 'size'));
  const patience = one.patience === undefined ? undefined : sampler(one.patience, stream(id, 'patience'));
  const messageSize = one.messageSize === undefined ? undefined : sampler(one.messageSize, stream(id, 'message'));
  return {
    id: name,
    source: row,
    priority: one.priority,
    // a request is as much work wherever it comes: its own draw, not the call's
    size: size && ((request) => size(request, 0)),
    patience: patience && ((request, path) => Math.min(2 ** 50, Math.round(patience(request, path) * ticks))),
    messageSize: messageSize && ((request) => messageSize(request, 0)),
  };
}

/** Sends each request on its plan and keeps what the customer sees of it. */
class Issuer {
  /** Told when a request has ended. */
  ended: ((request: number) => void) | null = null;
  underWay = 0;

  #machine: Machine;
  #row: number;
  #firstClass: number;
  #origin: number;
  #weights: number[];
  #totalWeight: number;
  #chance: Stream;
  #writing: Stream;
  #writes: number[];
  #keyOf: (Sampler | null)[];
  #targets: number[];
  #runners: PlanRunner[];
  /** Whether each class makes one plain call, which then stands for the request: nothing else need be kept of it. */
  #isPlain: boolean;

  #made: Count;
  #failed: Count;
  #good: Count;
  #degraded: Count;
  #byReason: Map<number, Count>;
  #roundTrip: Tally;

  /** Requests on a plan of several calls: when they began, and the rows that are free. */
  #begunAt = new Float64Array(16);
  #requestAt = new Float64Array(16);
  #classAt = new Int32Array(16);
  #rows = 0;
  #free: number[] = [];

  constructor(own: Settings, { machine, id, row, ticks, reasons }: Site) {
    const { monitor } = machine;
    const classes = classesOf(own);
    this.#machine = machine;
    this.#row = row;
    this.#firstClass = machine.classes.findIndex(({ source }) => source === row);
    this.#origin = pathOf(id);
    this.#weights = classes.map(({ weight }) => weight);
    this.#totalWeight = this.#weights.reduce((sum, weight) => sum + weight, 0);
    this.#chance = machine.stream(id, 'class');
    this.#writing = machine.stream(id, 'writes');
    this.#writes = classes.map(({ writes }) => writes);
    this.#keyOf = classes.map((one) =>
      one.keys === undefined ? null : keySampler(one.keys, machine.stream(id, 'key')),
    );
    this.#targets = classes.map(({ target }) => (target === null ? Infinity : Math.round(target * ticks)));
    const ended: PlanEnd = (owner, fate, by, isDegraded) => this.#planHasEnded(owner, fate, by, isDegraded);
    this.#runners = classes.map((one) => new PlanRunner(machine, row, stagesOf(one.calls), ended));
    this.#isPlain = this.#runners.every(({ plainWay }) => plainWay >= 0);

    const counted = (name: string) => monitor.count(`${id}.${name}`, 'count', monitor.counter(), null, true);
    const roundTrip = monitor.tally(`${id}.roundTrip`);
    this.#made = counted('made');
    const answered = monitor.count(`${id}.answered`, 'count', roundTrip, null, true);
    const failed = counted('failed');
    const finished: Counted = {
      classes: failed.classes,
      of: (cls) => answered.of(cls) + failed.of(cls),
      get total() {
        return answered.total + failed.total;
      },
    };
    this.#failed = failed;
    this.#good = monitor.counter();
    this.#degraded = monitor.counter();
    monitor.count(`${id}.throughput`, 'rate', answered, null, true);
    monitor.count(`${id}.goodput`, 'rate', this.#good, null, true);
    monitor.count(`${id}.failures`, 'share', failed, finished, true);
    monitor.count(`${id}.withinTarget`, 'share', this.#good, finished, true);
    monitor.count(`${id}.degraded`, 'share', this.#degraded, answered, true);
    this.#byReason = new Map(reasons.map((reason) => [fateOf(reason), counted(`failures.${reason}`)]));
    this.#roundTrip = roundTrip;
    machine.isSource(row);
  }

  /** Makes a request. */
  begin(request: number): void {
    const machine = this.#machine;
    const which = this.#weights.length > 1 ? this.#drawClass(request) : 0;
    const cls = this.#firstClass + which;
    this.#made.add(cls);
    this.underWay++;
    machine.requestMade();
    const keyOf = this.#keyOf[which]!;
    const key = keyOf === null ? 0 : keyOf(request, 0);
    const share = this.#writes[which]!;
    const operation = share > 0 && uniform(this.#writing, request, 0) < share ? 1 : 0;
    const runner = this.#runners[which]!;
    if (!this.#isPlain) {
      this.#beginPlan(runner, request, cls, key, operation);
      return;
    }
    const { calls } = machine;
    const call = machine.call(runner.plainWay, request, cls, this.#origin, 0, 0, -1);
    calls.key[call] = key;
    calls.operation[call] = operation;
    machine.dispatch(call);
  }

  /** Takes an answer to one of its calls. */
  answered(call: number): void {
    const { calls } = this.#machine;
    const cls = calls.cls[call]!;
    if (!this.#isPlain) {
      this.#runners[cls - this.#firstClass]!.answered(call);
      return;
    }
    const took = this.#machine.now - calls.sentAt[call]!;
    this.#keep(cls, took, calls.fate[call]!, calls.by[call]!, (calls.flags[call]! & DEGRADED) !== 0);
    if (this.ended !== null) this.ended(calls.request[call]!);
  }

  #drawClass(request: number): number {
    const weights = this.#weights;
    let which = 0;
    let left = uniform(this.#chance, request, 0) * this.#totalWeight;
    while (which < weights.length - 1 && left >= weights[which]!) left -= weights[which++]!;
    return which;
  }

  #beginPlan(runner: PlanRunner, request: number, cls: number, key: number, operation: number): void {
    const owner = this.#free.length > 0 ? this.#free.pop()! : this.#rows++;
    if (owner >= this.#begunAt.length) {
      this.#begunAt = wider(this.#begunAt);
      this.#requestAt = wider(this.#requestAt);
      this.#classAt = wider(this.#classAt);
    }
    this.#begunAt[owner] = this.#machine.now;
    this.#requestAt[owner] = request;
    this.#classAt[owner] = cls;
    runner.begin(owner, request, cls, this.#origin, key, operation, -1, Infinity);
  }

  #planHasEnded(owner: number, fate: number, by: number, isDegraded: boolean): void {
    this.#free.push(owner);
    const took = this.#machine.now - this.#begunAt[owner]!;
    this.#keep(this.#classAt[owner]!, took, fate, by, isDegraded);
    if (this.ended !== null) this.ended(this.#requestAt[owner]!);
  }

  /** Keeps what became of a request that has ended. */
  #keep(cls: number, took: number, fate: number, by: number, isDegraded: boolean): void {
    this.underWay--;
    if (fate === ANSWERED) {
      this.#roundTrip.add(cls, took);
      if (took <= this.#targets[cls - this.#firstClass]!) this.#good.add(cls);
      if (isDegraded) this.#degraded.add(cls);
    } else {
      this.#failed.add(cls);
      this.#byReason.get(fate)?.add(cls);
    }
    this.#machine.requestEnded(this.#row, fate, by);
  }

  state(): PartState {
    return { instances: [true], slots: [], queue: [], inside: 0, readings: { underWay: this.underWay } };
  }
}

/** Customers who come whatever becomes of the earlier ones. */
class OpenTraffic implements Part {
  readonly faults = {
    surge: (begins: boolean, amount: number) =>
      this.#reckonAnew(() => (this.#pace = begins ? this.#pace * amount : this.#pace / amount)),
  };

  #site: Site;
  #machine: Machine;
  #issue: Issuer;
  #pattern: OpenArrivals['pattern'];
  #gap!: (n: number) => number;
  #group!: ((n: number) => number) | null;
  #rate!: Rate;
  #moments: Float64Array | null;
  #pace = 1;
  #arrival = 0;
  #request = 0;
  /**
   * When the next customer comes and when this gap was last reckoned, before rounding: rounding each gap instead would
   * bend the rate. And how much of the rate's time is left then.
   */
  #due = 0;
  #since = 0;
  #left = 0;
  /** An entry in the calendar is good only while it bears this. */
  #token = 0;
  #arrive: number;

  constructor(first: OpenArrivals, issue: Issuer, site: Site) {
    this.#site = site;
    this.#machine = site.machine;
    this.#issue = issue;
    this.#pattern = first.pattern;
    this.#moments = first.pattern === 'trace' ? momentsOf(first.times, site.ticks) : null;
    this.#take(first);
    this.#arrive = site.machine.on((_, token) => this.#comes(token));
  }

  start(): void {
    this.#plan();
  }

  answered(call: number): void {
    this.#issue.answered(call);
  }

  adopt({ arrivals: changed }: Settings): void {
    if (changed.pattern === 'closed' || changed.pattern !== this.#pattern) return;
    this.#reckonAnew(() => {
      this.#take(changed);
      while (this.#rate.until <= this.#machine.now) this.#rate.advance();
    });
  }

  state(): PartState {
    return this.#issue.state();
  }

  #take(own: OpenArrivals): void {
    const { machine, id, ticks } = this.#site;
    this.#gap = gapOf(own, machine, id);
    this.#group = groupOf(own, machine, id);
    this.#rate = rateOf(own, machine, id, ticks);
  }

  #comes(token: number): void {
    if (token !== this.#token) return;
    const count = this.#group === null ? 1 : this.#group(this.#arrival);
    const from = this.#request;
    this.#request += count;
    this.#arrival++;
    this.#plan();
    for (let i = 0; i < count; i++) this.#issue.begin(from + i);
  }

  #plan(): void {
    const moments = this.#moments;
    const arrival = this.#arrival;
    if (moments !== null) {
      if (arrival >= moments.length) return;
      // a surge brings the rest of the list nearer
      const before = arrival === 0 ? 0 : moments[arrival - 1]!;
      this.#since = arrival === 0 ? 0 : this.#due;
      this.#left = (moments[arrival]! - before) / this.#site.ticks;
    } else {
      this.#since = this.#due;
      this.#left = this.#gap(arrival);
    }
    this.#reckon();
  }

  /** Walks what is left of the gap from where it was last reckoned. */
  #reckon(): void {
    const machine = this.#machine;
    const rate = this.#rate;
    let at = this.#since;
    let left = this.#left;
    for (;;) {
      const perTick = rate.rate * this.#pace;
      // nothing left at a rate of nothing is no number
      const end = left > 0 ? at + left / perTick : at;
      if (!(end > rate.until)) {
        at = end;
        break;
      }
      // a stretch without customers is skipped whole
      left -= (rate.until - at) * perTick;
      at = rate.until;
      this.#since = at;
      this.#left = left;
      // nobody comes after the end, and a rare customer would be looked for far beyond it
      if (at > machine.plan.horizon) break;
      rate.advance();
    }
    this.#due = at;
    if (!(at < 2 ** 51)) return;
    machine.after(Math.max(0, Math.round(at) - machine.now), this.#arrive, 0, this.#token);
  }

  /** From now on something is different: what is left of the gap is walked anew. The customers and their order stay the same. */
  #reckonAnew(change: () => void): void {
    const { now } = this.#machine;
    // stretches that have been walked beyond now are not walked back: the walk always stops at its stretch's end
    if (now > this.#since) {
      this.#left = Math.max(0, this.#left - (now - this.#since) * this.#rate.rate * this.#pace);
      this.#since = now;
    }
    change();
    this.#token++;
    if (this.#moments === null || this.#arrival < this.#moments.length) this.#reckon();
  }
}

function closed(first: { users: number; think: z.output<typeof distribution> }, issue: Issuer, site: Site): Part {
  const { machine, id, ticks } = site;
  const stream = machine.stream(id, 'think');
  let think = sampler(first.think, stream);
  const MOST_USERS = 131_072;
  /** How many users there are, and how many there ever were. */
  let users = first.users;
  let present = 0;
  let pace = 1;
  // a request's number tells its user and round, so that a draw does not depend on who comes first
  const ask = machine.on((user, round) => {
    if (user < users) issue.begin(round * MOST_USERS + user);
    else gone.add(user);
  });
  /** Users who have left, with the round that they would come back in. */
  const gone = new Set<number>();
  const rounds: number[] = [];
  const rest = (user: number, round: number) => {
    rounds[user] = round;
    const time = Math.round((think(round * MOST_USERS + user, 0) * ticks) / pace);
    machine.after(Math.min(time, 2 ** 50), ask, user, round);
  };
  issue.ended = (request) => rest(request % MOST_USERS, Math.floor(request / MOST_USERS) + 1);
  function admit(): void {
    for (let user = 0; user < users; user++) {
      if (user >= present) present = user + 1;
      else if (!gone.delete(user)) continue;
      rest(user, (rounds[user] ?? -1) + 1);
    }
  }
  return {
    start: admit,
    answered: (call) => issue.answered(call),
    faults: {
      surge(begins, amount) {
        pace = begins ? pace * amount : pace / amount;
      },
    },
    adopt(changed: Settings) {
      if (changed.arrivals.pattern !== 'closed') return;
      users = changed.arrivals.users;
      think = sampler(changed.arrivals.think, stream);
      admit();
    },
    state: () => issue.state(),
  };
}
