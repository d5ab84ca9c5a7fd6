/**
 * Traffic: the customers. An open pattern makes requests whatever becomes of the earlier ones; a closed one has a fixed
 * number of users who think, ask, wait for the answer, and think again.
 */
import { distribution, exponential, sampler } from '../../distributions/index.ts';
import { fates } from '../../engine/run.ts';
import type { Part } from '../../engine/part.ts';
import { field, list, number, object, text, whole, z } from '../../fields.ts';
import { defineKind, type Site } from '../kind.ts';

const rate = field('Requests per unit of time.', number({ above: 0, max: 1e7 }));

const settings = field(
  'Traffic: the customers who make requests.',
  object({
    kind: z.literal('traffic'),
    arrivals: field(
      'When requests are made.',
      z.discriminatedUnion('pattern', [
        field('Open: many customers who know nothing of each other.', object({ pattern: z.literal('poisson'), rate })),
        field('Open: one after the other at equal distances.', object({ pattern: z.literal('constant'), rate })),
        field(
          'Closed: a fixed number of users, each with at most one request under way.',
          object({
            pattern: z.literal('closed'),
            users: field('How many users there are.', whole({ min: 1, max: 100_000 })),
            think: field('How long a user thinks before each request.', distribution),
          }),
        ),
      ]),
    ),
    calls: field(
      'The parts that each request visits, one after the other. A failure ends the request.',
      list(text(60), { min: 1, max: 100 }),
    ),
  }),
);

export const traffic = defineKind({
  kind: 'traffic',
  settings,
  actions: { surge: 'multiplies the pace by the amount while it lasts' },
  callees: (own) => own.calls,
  size: (own) => (own.arrivals.pattern === 'closed' ? own.arrivals.users : 1),
  build: (own, site) => {
    const issue = issuer(own.calls, site);
    return own.arrivals.pattern === 'closed' ? closed(own.arrivals, issue, site) : open(own.arrivals, issue, site);
  },
});

interface Issuer {
  /** Makes a request, the customer's first call. */
  begin(request: number): void;
  /** Takes an answer; true when the request has ended. */
  ended(call: number): boolean;
}

/** Sends each request along its route and keeps what the customer sees of it. */
function issuer(route: string[], { machine, id, row }: Site): Issuer {
  const stops = route.map((stop) => machine.way(row, machine.rowOf(stop)));
  const { calls, monitor } = machine;
  const made = monitor.count(`${id}.made`, 'count');
  const answered = monitor.count(`${id}.answered`, 'count');
  const failed = monitor.count(`${id}.failed`, 'count');
  monitor.count(`${id}.throughput`, 'rate', answered);
  monitor.count(`${id}.failures`, 'share', failed, made);
  const roundTrip = monitor.tally(`${id}.roundTrip`);
  const isAnswered = fates.indexOf('answered');
  // several stops: the time of the whole way is kept by customer, as the call knows only its own stop
  const begunAt = stops.length > 1 ? new Map<number, number>() : null;
  machine.isSource(row);
  return {
    begin(request) {
      made.total++;
      machine.requestMade();
      begunAt?.set(request, machine.now);
      machine.send(stops[0]!, request, 0);
    },
    ended(call) {
      const fate = calls.fate[call]!;
      const request = calls.request[call]!;
      const stop = calls.note[call]! + 1;
      if (fate === isAnswered && stop < stops.length) {
        machine.send(stops[stop]!, request, stop);
        return false;
      }
      const begun = begunAt === null ? calls.sentAt[call]! : begunAt.get(request)!;
      begunAt?.delete(request);
      if (fate === isAnswered) {
        answered.total++;
        roundTrip.add(machine.now - begun);
      } else failed.total++;
      machine.requestEnded(fate);
      return true;
    },
  };
}

const nobody = () => ({ instances: [true], slots: [], queue: [], inside: 0 });

function open(arrivals: { pattern: 'poisson' | 'constant'; rate: number }, issue: Issuer, site: Site): Part {
  const { machine, id, ticks } = site;
  const gap = exponential(1, machine.stream(id, 'gap'));
  const isPoisson = arrivals.pattern === 'poisson';
  const meanGap = ticks / arrivals.rate;
  let pace = 1;
  let request = 0;
  /**
   * When the next customer comes, before rounding: rounding each gap instead would bend the rate. (A column of one,
   * because a number that a closure changes is boxed anew each time.)
   */
  const due = new Float64Array(1);
  let token = 0;
  const arrive = machine.on((_, forToken) => {
    if (forToken !== token) return;
    const customer = request++;
    plan();
    issue.begin(customer);
  });
  function plan(): void {
    due[0]! += ((isPoisson ? gap(request, 0) : 1) * meanGap) / pace;
    ask();
  }
  function ask(): void {
    machine.after(Math.max(0, Math.round(due[0]!) - machine.now), arrive, 0, token);
  }
  return {
    start: plan,
    answered(call) {
      issue.ended(call);
    },
    faults: {
      surge(begins, amount) {
        const before = pace;
        pace = begins ? pace * amount : pace / amount;
        // what is left of the gap is walked at the new pace; the customers and their order stay the same
        due[0] = machine.now + ((due[0]! - machine.now) * before) / pace;
        token++;
        ask();
      },
    },
    state: nobody,
  };
}

function closed(arrivals: { users: number; think: z.output<typeof distribution> }, issue: Issuer, site: Site): Part {
  const { machine, id, ticks } = site;
  const think = sampler(arrivals.think, machine.stream(id, 'think'));
  const { users } = arrivals;
  let pace = 1;
  // a request's number tells its user and round, so that a draw does not depend on who comes first
  const ask = machine.on((user, round) => issue.begin(round * users + user));
  const rest = (user: number, round: number) =>
    machine.after(Math.round((think(round * users + user, 0) * ticks) / pace), ask, user, round);
  return {
    start() {
      for (let user = 0; user < users; user++) rest(user, 0);
    },
    answered(call) {
      const request = machine.calls.request[call]!;
      if (issue.ended(call)) rest(request % users, Math.floor(request / users) + 1);
    },
    faults: {
      surge(begins, amount) {
        pace = begins ? pace * amount : pace / amount;
      },
    },
    state: nobody,
  };
}
