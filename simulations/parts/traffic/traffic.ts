/**
 * Traffic: the customers. An open pattern makes requests whatever becomes of the earlier ones; a closed one has a fixed
 * number of users who think, ask, wait for the answer, and think again. What they ask for is a call plan, by class.
 */
import { distribution, sampler } from '../../distributions/index.ts';
import { keys, keySampler } from '../../distributions/keys.ts';
import { wider } from '../../engine/calendar.ts';
import { flag } from '../../engine/calls.ts';
import { pathOf, uniform } from '../../engine/draws.ts';
import { ANSWERED, fateOf, type RequestClass } from '../../engine/machine.ts';
import type { Part } from '../../engine/part.ts';
import { field, list, nullable, number, object, optional, otherwise, text, whole, z } from '../../fields.ts';
import { PlanRunner } from '../../plans/runner.ts';
import { calleesOf, callPlan, stagesOf, widthOf } from '../../plans/settings.ts';
import { defineKind, type ClassSite, type Site } from '../kind.ts';
import { arrivals, gapOf, groupOf, momentsOf, rateOf, tooFine, type OpenArrivals } from './arrivals.ts';

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
    const issue = issuer(own, site);
    return own.arrivals.pattern === 'closed' ? closed(own.arrivals, issue, site) : open(own.arrivals, issue, site);
  },
});

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

interface Issuer {
  /** Makes a request. */
  begin(request: number): void;
  /** Takes an answer to one of its calls. */
  answered(call: number): void;
  /** Told when a request has ended. */
  ended: ((request: number) => void) | null;
  readonly underWay: number;
}

/** Sends each request on its plan and keeps what the customer sees of it. */
function issuer(own: Settings, { machine, id, row, ticks, reasons }: Site): Issuer {
  const { calls, monitor } = machine;
  const firstClass = machine.classes.findIndex(({ source }) => source === row);
  const ownClasses = classesOf(own);
  const weights = ownClasses.map(({ weight }) => weight);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const chance = machine.stream(id, 'class');
  const writing = machine.stream(id, 'writes');
  const origin = pathOf(id);
  const keyOf = ownClasses.map((one) =>
    one.keys === undefined ? null : keySampler(one.keys, machine.stream(id, 'key')),
  );
  const targets = ownClasses.map(({ target }) => (target === null ? Infinity : Math.round(target * ticks)));
  const runners = ownClasses.map((one) => new PlanRunner(machine, row, stagesOf(one.calls), ended));
  const hasPlainPlans = runners.every(({ plainWay }) => plainWay >= 0);

  const made = monitor.count(`${id}.made`, 'count', monitor.counter(), null, true);
  const answered = monitor.count(`${id}.answered`, 'count', monitor.counter(), null, true);
  const failed = monitor.count(`${id}.failed`, 'count', monitor.counter(), null, true);
  const good = monitor.counter();
  const degraded = monitor.counter();
  const finished = monitor.counter();
  monitor.count(`${id}.throughput`, 'rate', answered, null, true);
  monitor.count(`${id}.goodput`, 'rate', good, null, true);
  monitor.count(`${id}.failures`, 'share', failed, finished, true);
  monitor.count(`${id}.withinTarget`, 'share', good, finished, true);
  monitor.count(`${id}.degraded`, 'share', degraded, answered, true);
  const byReason = new Map(
    reasons.map((reason) => [
      fateOf(reason),
      monitor.count(`${id}.failures.${reason}`, 'count', monitor.counter(), null, true),
    ]),
  );
  const roundTrip = monitor.tally(`${id}.roundTrip`);
  machine.isSource(row);

  /** Requests on a plan of several calls: when they began, and the rows that are free. */
  let begunAt = new Float64Array(16);
  let requestAt = new Float64Array(16);
  let classAt = new Int32Array(16);
  let rows = 0;
  const free: number[] = [];
  let underWay = 0;

  /** Keeps a request whose class and time of beginning are known, now that it has ended. */
  function keep(request: number, cls: number, begun: number, fate: number, by: number, isDegraded: boolean): void {
    underWay--;
    finished.add(cls);
    if (fate === ANSWERED) {
      const time = machine.now - begun;
      answered.add(cls);
      roundTrip.add(cls, time);
      if (time <= targets[cls - firstClass]!) good.add(cls);
      if (isDegraded) degraded.add(cls);
    } else {
      failed.add(cls);
      byReason.get(fate)?.add(cls);
    }
    machine.requestEnded(row, fate, by);
    self.ended?.(request);
  }

  function ended(owner: number, fate: number, by: number, isDegraded: boolean): void {
    free.push(owner);
    keep(requestAt[owner]!, classAt[owner]!, begunAt[owner]!, fate, by, isDegraded);
  }

  const self: Issuer = {
    begin(request) {
      let which = 0;
      if (ownClasses.length > 1) {
        let left = uniform(chance, request, 0) * total;
        while (which < weights.length - 1 && left >= weights[which]!) left -= weights[which++]!;
      }
      const cls = firstClass + which;
      made.add(cls);
      underWay++;
      machine.requestMade();
      const key = keyOf[which] === null ? 0 : keyOf[which]!(request, 0);
      const share = ownClasses[which]!.writes;
      const operation = share > 0 && uniform(writing, request, 0) < share ? 1 : 0;
      const runner = runners[which]!;
      if (hasPlainPlans) {
        const call = machine.call(runner.plainWay, request, cls, origin, 0, 0, -1);
        calls.key[call] = key;
        calls.operation[call] = operation;
        machine.dispatch(call);
        return;
      }
      const owner = free.length > 0 ? free.pop()! : rows++;
      if (owner >= begunAt.length) {
        begunAt = wider(begunAt);
        requestAt = wider(requestAt);
        classAt = wider(classAt);
      }
      begunAt[owner] = machine.now;
      requestAt[owner] = request;
      classAt[owner] = cls;
      runner.begin(owner, request, cls, origin, key, operation, -1, Infinity);
    },
    answered(call) {
      const cls = calls.cls[call]!;
      if (!hasPlainPlans) {
        runners[cls - firstClass]!.answered(call);
        return;
      }
      const isDegraded = (calls.flags[call]! & flag.degraded) !== 0;
      keep(calls.request[call]!, cls, calls.sentAt[call]!, calls.fate[call]!, calls.by[call]!, isDegraded);
    },
    ended: null,
    get underWay() {
      return underWay;
    },
  };
  return self;
}

const stateOf = (issue: Issuer) => () => ({
  instances: [true],
  slots: [],
  queue: [],
  inside: 0,
  readings: { underWay: issue.underWay },
});

function open(first: OpenArrivals, issue: Issuer, site: Site): Part {
  const { machine, id, ticks } = site;
  let gap = gapOf(first, machine, id);
  let group = groupOf(first, machine, id);
  let rate = rateOf(first, machine, id, ticks);
  const moments = first.pattern === 'trace' ? momentsOf(first.times, ticks) : null;
  let pace = 1;
  let arrival = 0;
  let request = 0;
  /**
   * When the next customer comes and when this gap was last reckoned, before rounding: rounding each gap instead would
   * bend the rate. And how much of the rate's time is left then. (A column, because a number that a closure changes is
   * boxed anew each time.)
   */
  const clock = new Float64Array(3);
  const DUE = 0;
  const SINCE = 1;
  const LEFT = 2;
  let token = 0;
  const arrive = machine.on((_, forToken) => {
    if (forToken !== token) return;
    const count = group === null ? 1 : group(arrival);
    const from = request;
    request += count;
    arrival++;
    plan();
    for (let i = 0; i < count; i++) issue.begin(from + i);
  });
  function plan(): void {
    if (moments !== null) {
      if (arrival >= moments.length) return;
      // a surge brings the rest of the list nearer
      const before = arrival === 0 ? 0 : moments[arrival - 1]!;
      clock[SINCE] = arrival === 0 ? 0 : clock[DUE]!;
      clock[LEFT] = (moments[arrival]! - before) / ticks;
    } else {
      clock[SINCE] = clock[DUE]!;
      clock[LEFT] = gap(arrival);
    }
    reckon();
  }
  /** Walks what is left of the gap from where it was last reckoned. */
  function reckon(): void {
    let at = clock[SINCE]!;
    let left = clock[LEFT]!;
    for (;;) {
      const perTick = rate.rate * pace;
      // nothing left at a rate of nothing is no number
      const end = left > 0 ? at + left / perTick : at;
      if (!(end > rate.until)) {
        at = end;
        break;
      }
      // a stretch without customers is skipped whole
      left -= (rate.until - at) * perTick;
      at = rate.until;
      clock[SINCE] = at;
      clock[LEFT] = left;
      // nobody comes after the end, and a rare customer would be looked for far beyond it
      if (at > machine.plan.horizon) break;
      rate.advance();
    }
    clock[DUE] = at;
    if (!(at < 2 ** 51)) return;
    machine.after(Math.max(0, Math.round(at) - machine.now), arrive, 0, token);
  }
  /** From now on something is different: what is left of the gap is walked anew. The customers and their order stay the same. */
  function reckonAnew(change: () => void): void {
    const { now } = machine;
    // stretches that have been walked beyond now are not walked back: the walk always stops at its stretch's end
    if (now > clock[SINCE]!) {
      clock[LEFT] = Math.max(0, clock[LEFT]! - (now - clock[SINCE]!) * rate.rate * pace);
      clock[SINCE] = now;
    }
    change();
    token++;
    if (moments === null || arrival < moments.length) reckon();
  }
  return {
    start: plan,
    answered: issue.answered,
    faults: {
      surge: (begins, amount) => reckonAnew(() => (pace = begins ? pace * amount : pace / amount)),
    },
    adopt(changed: Settings) {
      if (changed.arrivals.pattern === 'closed' || changed.arrivals.pattern !== first.pattern) return;
      const now = changed.arrivals;
      reckonAnew(() => {
        gap = gapOf(now, machine, id);
        group = groupOf(now, machine, id);
        rate = rateOf(now, machine, id, ticks);
        while (rate.until <= machine.now) rate.advance();
      });
    },
    state: stateOf(issue),
  };
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
    answered: issue.answered,
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
    state: stateOf(issue),
  };
}
