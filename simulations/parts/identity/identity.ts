/**
 * An identity provider. In mode `session` every call asks it; in mode `token` it issues tokens that are good for a while,
 * and who holds one passes on without it. What lies behind it, and who verifies the tokens there, it does not know.
 * Readings of its state: `states` of its instances, and how many users are `holding` a good token.
 */
import { durationSampler, type Sampler } from '../../distributions/index.ts';
import { wider } from '../../engine/calendar.ts';
import { flag } from '../../engine/calls.ts';
import type { Stream } from '../../engine/draws.ts';
import { ANSWERED, fateOf } from '../../engine/machine.ts';
import type { FailureReason } from '../../engine/run.ts';
import { BadTokens } from '../door/bad-tokens.ts';
import { Books } from '../door/books.ts';
import { Crew } from '../door/crew.ts';
import { calleesOfRoutes, Routes } from '../door/routes.ts';
import { defineKind } from '../kind.ts';
import { settings, type IdentitySettings } from './settings.ts';
import { Wallets } from './wallets.ts';

const NO_ROUTE = fateOf('no-route');
const UNAUTHORISED = fateOf('unauthorised');

/** Where a request is. */
const WORK = 0;
const ROUTE = 1;

function reasonsOf(own: IdentitySettings): FailureReason[] {
  const reasons: FailureReason[] = ['unavailable', 'crashed', 'unauthorised', 'impatient'];
  if (own.queueLimit !== null) reasons.push('queue-full');
  if (own.mode === 'token') reasons.push('no-route');
  return reasons;
}

export const identity = defineKind({
  kind: 'identity',
  settings,
  actions: {
    down: 'takes the whole provider down: what it works on fails, and who needs it is refused as `unavailable`',
    crash: 'kills one instance: what it works on fails as `crashed`; afterwards it is there again',
    slow: 'multiplies the time of checks and of issuing by the amount',
    revoke:
      'revokes the tokens of the amount (a share) of users: from then on a check says no, and no new token is issued; what they hold is good until it expires',
  },
  adopts: ['checks', 'issues', 'life', 'badTokens', 'instances', 'queueLimit'],
  takesCalls: true,
  hasFleet: true,
  // beside its clients it calls nobody, so that what it stands before in mode `token` may ask it in mode `session`
  callees: (own) => (own.mode === 'token' ? calleesOfRoutes(own.routes) : []),
  size: (own) => Math.max(1, own.instances) * (own.threads ?? 1) + own.users,
  reasons: reasonsOf,
  contradictions: (own) =>
    own.mode === 'token' && own.routes.length === 0
      ? [{ path: 'routes', message: 'it leads nowhere', expected: 'at least one route for mode `token`' }]
      : [],
  build(first, site) {
    const { machine, id, row, ticks } = site;
    const { calls, classes, monitor } = machine;
    let own = first;
    const isToken = own.mode === 'token';
    const inTicks = (time: number) => Math.min(2 ** 50, Math.max(1, Math.round(time * ticks)));
    const books = new Books(site, reasonsOf(own));
    const counted = (name: string) => monitor.count(`${id}.${name}`, 'count', monitor.counter(), null, true);
    const checked = counted('checks');
    const issued = counted('issued');
    const fresh = monitor.count(`${id}.fresh`, 'share', monitor.counter(), books.arrivals, true);
    const acceptedAfterRevocation = counted('acceptedAfterRevocation');
    const exposure = monitor.tally(`${id}.exposure`);
    const workStream = machine.stream(id, isToken ? 'issue' : 'check');
    let time: Sampler;
    let life: number;
    let slowed = 1;
    function takeSettings(): void {
      time = durationSampler(isToken ? own.issues : own.checks, workStream, ticks);
      life = inTicks(own.life);
    }
    takeSettings();
    /** A stream of each source's own, by its row. */
    const ofSources = (purpose: string) => {
      const streams: Stream[] = [];
      for (const { source } of classes) streams[source] = machine.stream(machine.idOf(source), purpose);
      return streams;
    };
    const wallets = new Wallets(
      own.users,
      own.signedIn ? inTicks(own.life) : 0,
      ofSources('token-age'),
      ofSources('token-stolen'),
    );
    const mayBeStolen = classes.map((one) => own.stolen?.includes(one.id) ?? true);
    const badTokens = new BadTokens(machine, own.badTokens);
    const hasPatience = classes.some(({ patience }) => patience !== undefined);
    let where = new Uint8Array(64);

    const routes = new Routes(machine, row, isToken ? own.routes : [], calls, (call, fate, by, degraded) => {
      if (degraded) calls.flags[call]! |= flag.degraded;
      books.end(call, fate, by);
    });
    const crew = new Crew(site, own, false, books, {
      classOf: (call) => calls.cls[call]!,
      begins(call, slot) {
        machine.begins(call, slot);
        const drawn = time(calls.request[call]!, calls.path[call]!);
        return slowed === 1 ? drawn : Math.min(2 ** 50, Math.round(drawn * slowed));
      },
      done(call) {
        crew.leave(call);
        if (isToken) issueTo(call);
        else judge(call);
      },
      fails(call, fate) {
        crew.leave(call);
        books.fail(call, fate);
      },
      ...(hasPatience
        ? {
            patience: (call: number) =>
              classes[calls.cls[call]!]!.patience?.(calls.request[call]!, calls.path[call]!) ?? -1,
          }
        : {}),
    });

    const sourceOf = (call: number): number => classes[calls.cls[call]!]!.source;
    const revokedSince = (call: number): number =>
      mayBeStolen[calls.cls[call]!] ? wallets.revokedSince(sourceOf(call), wallets.userOf(calls.key[call]!)) : -1;

    function admit(call: number): void {
      while (call >= where.length) where = wider(where);
      where[call] = WORK;
      books.enter(call);
    }

    /** Says yes or no about a session. */
    function judge(call: number): void {
      checked.add(calls.cls[call]!);
      const since = revokedSince(call);
      if (since >= 0) turnDown(call, since);
      else if (badTokens.isBad(call)) books.fail(call, UNAUTHORISED);
      else books.end(call, ANSWERED, 0);
    }

    function issueTo(call: number): void {
      const since = revokedSince(call);
      if (since >= 0) {
        turnDown(call, since);
        return;
      }
      issued.add(calls.cls[call]!);
      wallets.issue(sourceOf(call), wallets.userOf(calls.key[call]!), machine.now + life);
      passOn(call);
    }

    /** Turns down a user who was revoked; the first time, it is known how long what they held was good after that. */
    function turnDown(call: number, since: number): void {
      const source = sourceOf(call);
      const user = wallets.userOf(calls.key[call]!);
      if (wallets.isNews(source, user, since))
        exposure.add(calls.cls[call]!, isToken ? Math.max(0, wallets.goodUntil(source, user) - since) : 0);
      books.fail(call, UNAUTHORISED);
    }

    function passOn(call: number): void {
      where[call] = ROUTE;
      routes.begin(call, calls.path[call]!, call, calls.deadline[call]!);
    }

    /** Whether a request needs nothing of the provider: its user holds a token, or it comes without a good one at all. */
    function needsNothing(call: number): boolean {
      if (badTokens.isBad(call)) return true;
      if (wallets.goodUntil(sourceOf(call), wallets.userOf(calls.key[call]!)) <= machine.now) return false;
      fresh.add(calls.cls[call]!);
      if (revokedSince(call) >= 0) acceptedAfterRevocation.add(calls.cls[call]!);
      return true;
    }

    return {
      receive(call) {
        books.arrivals.add(calls.cls[call]!);
        if (isToken && routes.of(calls.cls[call]!) < 0) {
          books.turnAway(call, NO_ROUTE);
          return;
        }
        if (isToken && needsNothing(call)) {
          admit(call);
          machine.begins(call, 0);
          passOn(call);
          return;
        }
        const refusal = crew.refusal(calls.instance[call]!);
        if (refusal !== 0) {
          books.turnAway(call, refusal);
          return;
        }
        admit(call);
        crew.take(call, calls.instance[call]!);
      },
      answered: (child) => routes.answered(child, calls.cls[child]!),
      cancel(call) {
        if (where[call] === ROUTE) routes.cancel(call);
        else crew.leave(call);
        books.drop(call);
      },
      fleet: crew.fleet,
      faults: {
        down: (begins) => crew.allDown(begins),
        crash: (begins, _amount, instance) => crew.down(instance, begins),
        slow(begins, amount) {
          slowed = begins ? slowed * amount : slowed / amount;
        },
        revoke(begins, amount) {
          if (begins) wallets.revoke(amount, machine.now);
          else wallets.pardon(amount);
        },
      },
      adopt(changed: IdentitySettings) {
        const before = own;
        own = changed;
        takeSettings();
        badTokens.adopt(own.badTokens);
        crew.adopt(own, before);
      },
      state() {
        const { states, ...stands } = crew.state((call) => machine.hopOf(call));
        return {
          ...stands,
          inside: books.inside.value,
          readings: { states, holding: wallets.holding(machine.now) },
        };
      },
    };
  },
});
