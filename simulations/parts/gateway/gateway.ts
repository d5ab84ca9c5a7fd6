/**
 * A gateway: one door before other parts. It routes by class, puts several answers into one, lets in no more than its
 * token buckets allow, and checks tokens by itself or by asking. What the parts behind it do, it does not know.
 * Readings of its state: `states` of its instances; how many requests are `atWork` (in line or on a thread), `atCheck`, `onRoute`.
 */
import { durationSampler, type Sampler } from '../../distributions/index.ts';
import { wider } from '../../engine/calendar.ts';
import { flag } from '../../engine/calls.ts';
import { mixPath } from '../../engine/draws.ts';
import { ANSWERED, fateOf } from '../../engine/machine.ts';
import type { FailureReason } from '../../engine/run.ts';
import { BadTokens } from '../door/bad-tokens.ts';
import { Books } from '../door/books.ts';
import { Crew } from '../door/crew.ts';
import { calleesOfRoutes, Routes } from '../door/routes.ts';
import { defineKind } from '../kind.ts';
import { Limit } from './limits.ts';
import { settings, type GatewaySettings } from './settings.ts';

const UNAVAILABLE = fateOf('unavailable');
const NO_ROUTE = fateOf('no-route');
const RATE_LIMITED = fateOf('rate-limited');
const UNAUTHORISED = fateOf('unauthorised');

/** Where a request is. */
const OUTSIDE = 0;
const WORK = 1;
const CHECK = 2;
const ROUTE = 3;

/** Marks the call by which a token is checked; those of a route are numbered from 0. */
const CHECKING = -1;
/** The check's place among the calls that are made for a request. */
const CHECK_PATH = 0x63686b;

function reasonsOf(own: GatewaySettings): FailureReason[] {
  const reasons: FailureReason[] = ['unavailable', 'crashed', 'no-route', 'impatient'];
  if (own.queueLimit !== null) reasons.push('queue-full');
  if (own.limits.length > 0) reasons.push('rate-limited');
  if (own.checks !== null) reasons.push('unauthorised');
  return reasons;
}

/** How many buckets are kept at most. */
function bucketsOf({ limits }: GatewaySettings): number {
  return limits.reduce((sum, { per, clients }) => sum + (per === 'key' ? clients : 1), 0);
}

export const gateway = defineKind({
  kind: 'gateway',
  settings,
  actions: {
    down: 'takes the whole gateway down: what it has fails, and what comes is refused as `unavailable`',
    crash: 'kills one instance: what it has fails as `crashed`; afterwards it is there again',
    slow: 'multiplies the work by the amount',
  },
  adopts: ['work', 'instances', 'queueLimit', 'limits', 'checks'],
  takesCalls: true,
  hasFleet: true,
  callees: (own) => [
    ...calleesOfRoutes(own.routes),
    ...(own.checks?.how === 'remote' && own.checks.to !== undefined ? [{ id: own.checks.to, path: 'checks.to' }] : []),
  ],
  size: (own) => Math.max(1, own.instances) * (own.threads ?? 1) + bucketsOf(own),
  reasons: reasonsOf,
  contradictions: (own) =>
    own.checks?.how === 'remote' && own.checks.to === undefined
      ? [{ path: 'checks.to', message: 'nobody is asked', expected: 'the part that is asked' }]
      : [],
  build(first, site) {
    const { machine, id, row, ticks } = site;
    const { calls, classes, monitor } = machine;
    let own = first;
    const books = new Books(site, reasonsOf(own));
    const routed = own.routes.map((_, i) => monitor.count(`${id}.routed.${i}`, 'count', monitor.counter(), null, true));
    const workStream = machine.stream(id, 'work');
    const checkStream = machine.stream(id, 'check');
    let work: Sampler;
    let verify: Sampler | null;
    let slowed = 1;
    function takeSettings(): void {
      work = durationSampler(own.work, workStream, ticks);
      verify = own.checks?.how === 'local' ? durationSampler(own.checks.takes, checkStream, ticks) : null;
    }
    takeSettings();
    const limits = own.limits.map((limit) => new Limit(machine, limit, ticks));
    const badTokens = own.checks === null ? null : new BadTokens(machine, own.checks.badTokens);
    const asked = own.checks?.how === 'remote' ? machine.way(row, machine.rowOf(own.checks.to!)) : -1;
    const hasPatience = classes.some(({ patience }) => patience !== undefined);

    /** Per row of a call. */
    let where = new Uint8Array(64);
    let check = new Int32Array(64);
    const counts = new Int32Array(4);

    const routes = new Routes(machine, row, own.routes, calls, (call, fate, by, degraded) => {
      if (degraded) calls.flags[call]! |= flag.degraded;
      leave(call);
      books.end(call, fate, by);
    });
    const crew = new Crew(site, own, own.holdsThread, books, {
      classOf: (call) => calls.cls[call]!,
      begins(call, slot) {
        machine.begins(call, slot);
        const request = calls.request[call]!;
        const path = calls.path[call]!;
        const time = work(request, path) + (verify === null ? 0 : verify(request, path));
        return slowed === 1 ? time : Math.min(2 ** 50, Math.round(time * slowed));
      },
      done(call) {
        if (asked >= 0) ask(call);
        else letIn(call);
      },
      fails,
      ...(hasPatience
        ? {
            patience: (call: number) =>
              classes[calls.cls[call]!]!.patience?.(calls.request[call]!, calls.path[call]!) ?? -1,
          }
        : {}),
    });

    function move(call: number, to: number): void {
      counts[where[call]!]!--;
      counts[to]!++;
      where[call] = to;
    }

    function leave(call: number): void {
      move(call, OUTSIDE);
      crew.leave(call);
    }

    /** Takes a call out of wherever it is. */
    function takeBack(call: number): void {
      if (where[call] === CHECK) machine.abandon(check[call]!, true, calls.fate[call]!);
      else if (where[call] === ROUTE) routes.cancel(call);
      leave(call);
    }

    function fails(call: number, fate: number): void {
      takeBack(call);
      books.fail(call, fate);
    }

    /** Asks another part whether a request's token is good. */
    function ask(call: number): void {
      move(call, CHECK);
      const path = mixPath(calls.path[call]!, CHECK_PATH);
      const child = machine.call(asked, calls.request[call]!, calls.cls[call]!, path, CHECKING, 0, call);
      check[call] = child;
      machine.dispatch(child);
    }

    function letIn(call: number): void {
      if (badTokens !== null && badTokens.isBad(call)) {
        leave(call);
        books.fail(call, UNAUTHORISED);
        return;
      }
      move(call, ROUTE);
      routed[routes.of(calls.cls[call]!)]!.add(calls.cls[call]!);
      routes.begin(call, calls.path[call]!, call, calls.deadline[call]!);
    }

    return {
      receive(call) {
        const cls = calls.cls[call]!;
        books.arrivals.add(cls);
        const refusal = refusalOf(call, cls);
        if (refusal !== 0) {
          books.turnAway(call, refusal);
          return;
        }
        while (call >= where.length) {
          where = wider(where);
          check = wider(check);
        }
        where[call] = OUTSIDE;
        books.enter(call);
        move(call, WORK);
        crew.take(call, calls.instance[call]!);
      },
      answered(child) {
        if (calls.note[child] !== CHECKING) {
          routes.answered(child, calls.cls[child]!);
          return;
        }
        const call = calls.parent[child]!;
        const fate = calls.fate[child]!;
        if (fate === ANSWERED || (own.checks!.failsOpen && fate !== UNAUTHORISED)) {
          letIn(call);
          return;
        }
        leave(call);
        books.end(call, fate, calls.by[child]!);
      },
      cancel(call) {
        takeBack(call);
        books.drop(call);
      },
      fleet: crew.fleet,
      faults: {
        down: (begins) => crew.allDown(begins),
        crash: (begins, _amount, instance) => crew.down(instance, begins),
        slow(begins, amount) {
          slowed = begins ? slowed * amount : slowed / amount;
        },
      },
      adopt(changed: GatewaySettings) {
        const before = own;
        own = changed;
        takeSettings();
        for (const [i, limit] of limits.entries())
          if (JSON.stringify(own.limits[i]) !== JSON.stringify(before.limits[i])) limit.adopt(own.limits[i]!);
        badTokens?.adopt(own.checks!.badTokens);
        crew.adopt(own, before);
      },
      state() {
        const { states, ...stands } = crew.state((call) => machine.hopOf(call));
        const [, atWork, atCheck, onRoute] = counts;
        return {
          ...stands,
          inside: books.inside.value,
          readings: { states, atWork: atWork!, atCheck: atCheck!, onRoute: onRoute! },
        };
      },
    };

    /** Why a call is not let in: 0 when it is. A token is asked for only by one whose way is open so far. */
    function refusalOf(call: number, cls: number): number {
      if (!crew.isOpen) return UNAVAILABLE;
      if (routes.of(cls) < 0) return NO_ROUTE;
      for (const limit of limits) if (!limit.admits(call)) return RATE_LIMITED;
      return crew.refusal(calls.instance[call]!);
    }
  },
});
