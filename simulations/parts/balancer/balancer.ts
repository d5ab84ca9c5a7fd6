/**
 * A load balancer: passes each call on to one of its targets, by a policy, by what it knows of who is up, and by how they
 * have answered. It knows targets as parts and fleets, not what they do.
 *
 * Readings of its state: `targets` (their names), `states` (`up`, `down` or `ejected`, as it knows them), `underWay` and
 * `sent` (calls that have not come back, and calls ever sent, for each target), `isDown` and `isFrozen`.
 */
import { wider, type Lane } from '../../engine/calendar.ts';
import { mixPath, pathOf, uniform } from '../../engine/draws.ts';
import { ANSWERED, fateOf } from '../../engine/machine.ts';
import { KeyRows } from '../key-rows.ts';
import { calleesAt, defineKind } from '../kind.ts';
import { Health } from '../routing/health.ts';
import { Passing } from '../routing/passing.ts';
import { Ring } from '../routing/ring.ts';
import { targetParts, Targets } from '../routing/targets.ts';
import {
  consistentHash,
  leastLoaded,
  moduloHash,
  powerOfChoices,
  random,
  roundRobin,
  weighted,
  type Candidates,
  type Choose,
} from './policies.ts';
import { settings, type BalancerSettings } from './settings.ts';

const UNAVAILABLE = fateOf('unavailable');

export const balancer = defineKind({
  kind: 'balancer',
  settings,
  actions: {
    down: 'fails all that comes as `unavailable`; what is with a target goes on',
    freeze: 'stops its load information: it compares the loads of the moment when the fault began',
  },
  adopts: ['targets', 'choices', 'staleFor', 'boundedLoad', 'takes', 'failurePenalty', 'outliers', 'slowStart'],
  takesCalls: true,
  callees: (own) =>
    calleesAt(
      'targets',
      targetParts(own.targets).map(({ to }) => to),
    ),
  size: (own) => own.targets.length * (own.policy === 'consistent-hash' ? own.virtualNodes : 1),
  reasons: () => ['unavailable'],
  contradictions(own) {
    const names = targetParts(own.targets).map(({ to }) => to);
    return [
      ...names.flatMap((name, i) =>
        names.indexOf(name) < i
          ? [{ path: `targets.${i}`, message: `${name} stands twice`, expected: 'each part once; use weights' }]
          : [],
      ),
      ...(own.knows === 'checks' && own.checks === null
        ? [{ path: 'checks', message: 'it knows by checks and makes none', expected: 'checks, such as { "every": 1 }' }]
        : []),
    ];
  },
  build(first, site) {
    const { machine, id, row, ticks } = site;
    const { calls, monitor } = machine;
    let own: BalancerSettings = first;
    const inTicks = (time: number) => Math.min(2 ** 50, Math.round(time * ticks));
    const parts = targetParts(own.targets);
    const targets = new Targets(machine, row, parts);
    const health = new Health(machine, targets, ticks, own.knows, own.checks, learned);
    const passing = new Passing(site, targets, parts, ['unavailable'], cameBack);
    const chance = machine.stream(id, 'choice');
    const keyStream = machine.stream(id, 'key');
    const isKeyed = own.policy === 'consistent-hash' || own.policy === 'modulo-hash' || own.policy === 'sticky';
    const comparing = own.policy === 'sticky' ? own.firstChoice : own.policy;
    const seesTrue = comparing === 'join-shortest-queue' || (comparing === 'power-of-choices' && own.sees === 'true');

    const ejectedLevel = monitor.level(`${id}.ejected`);
    const healthyLevel = monitor.level(`${id}.healthy`);
    const remapped = isKeyed ? monitor.count(`${id}.remapped`, 'share', monitor.counter(), passing.sent, true) : null;

    // Targets, by their numbers
    let known = 0;
    /** Loads as last read, where they are not read anew for each call. */
    let board = new Float64Array(16);
    /** Failed calls that still count as under way. */
    let charged = new Int32Array(16);
    let failuresInRow = new Int32Array(16);
    let isEjected = new Uint8Array(16);
    let ejected = 0;
    let readySince = new Float64Array(16).fill(-Infinity);

    /** Where each key went last. */
    const lastOf = new KeyRows();

    let downBy = 0;
    let frozenBy = 0;
    const counted = new Uint8Array(256);
    let passingLane: Lane | null = null;
    let penaltyLane: Lane | null = null;
    let rampTicks = 0;
    let refreshToken = 0;

    const passOn = machine.on((call, hop) => {
      if (calls.hop[call] === hop) route(call);
    });
    const forgive = machine.on((target) => void charged[target]!--);
    const putBack = machine.on((target) => restore(target));
    const refresh = machine.on((token) => {
      if (token !== refreshToken) return;
      if (frozenBy === 0) readLoads();
      machine.after(Math.max(1, inTicks(own.staleFor!)), refresh, token, 0);
    });

    function takeSettings(before: BalancerSettings | null): void {
      candidates.choices = own.choices;
      candidates.boundedLoad = own.boundedLoad ?? Infinity;
      counted.fill(0);
      if (own.seesFailures) for (const reason of own.counts) counted[fateOf(reason)] = 1;
      rampTicks = own.slowStart === null ? 0 : Math.max(1, inTicks(own.slowStart.lasts));
      if (own.takes !== before?.takes) passingLane = own.takes > 0 ? machine.lane(inTicks(own.takes), passOn) : null;
      if (own.failurePenalty !== before?.failurePenalty)
        penaltyLane = own.failurePenalty > 0 ? machine.lane(inTicks(own.failurePenalty), forgive) : null;
    }

    // ── What it knows of its targets ───────────────────────────────────────────────────────────

    // with values, not getters, which would make it a table that is looked up by name
    const candidates = {
      count: 0,
      choices: 0,
      boundedLoad: Infinity,
      mostWeight: 0,
      mayTake: (target: number) => isEjected[target] === 0 && targets.weight[target]! > 0 && health.isUp(target),
      weight: (target: number) => (rampTicks === 0 ? targets.weight[target]! : targets.weight[target]! * ramp(target)),
      ramp,
      load: (target: number) => (own.staleFor !== null || frozenBy > 0 ? board[target]! : loadNow(target)),
      draw: (call: number, n: number) =>
        uniform(chance, calls.request[call]!, n === 0 ? calls.path[call]! : mixPath(calls.path[call]!, n)),
    } satisfies Candidates;
    takeSettings(null);

    function loadNow(target: number): number {
      const inside = seesTrue ? targets.load(target) : -1;
      return inside >= 0 ? inside : passing.outstanding[target]! + charged[target]!;
    }

    function readLoads(): void {
      for (let target = 0; target < known; target++) board[target] = loadNow(target);
    }

    /** How much of its weight a target has so soon after it became ready. */
    function ramp(target: number): number {
      const since = machine.now - readySince[target]!;
      if (rampTicks === 0 || since >= rampTicks) return 1;
      const { from } = own.slowStart!;
      return from + ((1 - from) * since) / rampTicks;
    }

    /** Makes room for targets that have been found. */
    function takeIn(): void {
      const from = known;
      known = targets.count;
      candidates.count = known;
      passing.makeRoom(known);
      while (known > board.length) {
        board = wider(board);
        charged = wider(charged);
        failuresInRow = wider(failuresInRow);
        isEjected = wider(isEjected);
        const { length } = readySince;
        readySince = wider(readySince).fill(-Infinity, length);
      }
      for (let target = from; target < known; target++) {
        board[target] = loadNow(target);
        // a target has the same places whatever else is on the ring
        const name = pathOf(targets.idOf(target));
        const instance = targets.instance[target]! + 1;
        ring?.add(target, own.virtualNodes, (node) => uniform(places, instance, mixPath(name, node)));
      }
      weigh();
    }

    function weigh(): void {
      candidates.mostWeight = 0;
      for (let target = 0; target < known; target++)
        candidates.mostWeight = Math.max(candidates.mostWeight, targets.weight[target]!);
    }

    /** What is known of a target has changed. */
    function learned(target: number, isUp: boolean): void {
      if (targets.count > known) takeIn();
      if (isUp) readySince[target] = machine.now;
      healthyLevel.set(machine.now, health.up);
      if (own.knows !== 'checks') return;
      machine.digestEvent(row, 4 * target + (isUp ? 1 : 0));
      targets.mark(target, isUp ? 'healthy' : 'unhealthy');
    }

    // ── Choosing ───────────────────────────────────────────────────────────────────────────────

    const pointOf = (call: number): number => uniform(keyStream, calls.key[call]!, 0);
    const places = machine.stream(id, 'ring');
    const ring = own.policy === 'consistent-hash' ? new Ring() : null;

    function policyOf(name: BalancerSettings['policy']): Choose {
      switch (name) {
        case 'random':
          return random(candidates);
        case 'round-robin':
          return roundRobin(candidates);
        case 'weighted':
          return weighted(candidates);
        case 'least-connections':
        case 'join-shortest-queue':
          return leastLoaded(candidates, own.ties);
        case 'power-of-choices':
          return powerOfChoices(candidates, own.replacement);
        case 'consistent-hash':
          return consistentHash(candidates, ring!, pointOf);
        case 'modulo-hash':
          return moduloHash(candidates, pointOf);
        case 'sticky': {
          const choose = policyOf(own.firstChoice);
          return (call) => {
            const last = lastOf.of(calls.key[call]!);
            return last >= 0 && candidates.mayTake(last) ? last : choose(call);
          };
        }
      }
    }
    const choose = policyOf(own.policy);

    function receive(call: number): void {
      passing.enter(call);
      if (passingLane !== null && downBy === 0) passingLane.after(machine.now, call, calls.hop[call]!);
      else route(call);
    }

    function route(call: number): void {
      if (downBy > 0) {
        passing.fail(call, UNAVAILABLE);
        return;
      }
      if (targets.count > known) takeIn();
      const target = choose(call);
      if (target < 0) {
        passing.fail(call, UNAVAILABLE);
        return;
      }
      if (remapped !== null) {
        const key = calls.key[call]!;
        const last = lastOf.of(key);
        if (last >= 0 && last !== target) remapped.add(calls.cls[call]!);
        if (last !== target) lastOf.set(key, target);
      }
      passing.send(call, target);
    }

    // ── What comes back ────────────────────────────────────────────────────────────────────────

    function cameBack(target: number, fate: number): void {
      if (fate === ANSWERED) {
        failuresInRow[target] = 0;
        return;
      }
      if (fate < 0 || counted[fate] === 0) return;
      if (penaltyLane !== null) {
        charged[target]!++;
        penaltyLane.after(machine.now, target, 0);
      }
      failuresInRow[target]!++;
      if (own.outliers !== null && failuresInRow[target]! >= own.outliers.consecutive) eject(target);
    }

    function eject(target: number): void {
      if (isEjected[target] === 1) return;
      let up = 0;
      for (let other = 0; other < known; other++) if (targets.weight[other]! > 0 && health.isUp(other)) up++;
      // a whole number of targets may come out a rounding below itself
      if (ejected + 1 > own.outliers!.mostShare * up + 1e-9) return;
      setEjected(target, 1);
      machine.after(Math.max(1, inTicks(own.outliers!.ejectFor)), putBack, target, 0);
    }

    function restore(target: number): void {
      failuresInRow[target] = 0;
      readySince[target] = machine.now;
      setEjected(target, 0);
    }

    function setEjected(target: number, value: number): void {
      isEjected[target] = value;
      ejected += value === 1 ? 1 : -1;
      ejectedLevel.set(machine.now, ejected);
      machine.digestEvent(row, 4 * target + 2 + value);
      targets.mark(target, value === 1 ? 'ejected' : 'put back');
    }

    return {
      start() {
        targets.start();
        health.start();
        takeIn();
        healthyLevel.set(0, health.up);
        if (own.staleFor !== null) machine.after(Math.max(1, inTicks(own.staleFor)), refresh, refreshToken, 0);
      },
      receive,
      answered: (call) => passing.answered(call),
      cancel: (call) => passing.cancel(call),
      faults: {
        down(begins) {
          downBy += begins ? 1 : -1;
        },
        freeze(begins) {
          // what is read now and then has been read already
          if (begins && frozenBy === 0 && own.staleFor === null) readLoads();
          frozenBy += begins ? 1 : -1;
        },
      },
      adopt(changed: BalancerSettings) {
        const before = own;
        own = changed;
        takeSettings(before);
        targets.reweigh(targetParts(own.targets));
        weigh();
        if (own.staleFor === before.staleFor) return;
        refreshToken++;
        if (own.staleFor === null) return;
        if (frozenBy === 0) readLoads();
        machine.after(Math.max(1, inTicks(own.staleFor)), refresh, refreshToken, 0);
      },
      state() {
        const all = Array.from({ length: known }, (_, target) => target);
        return {
          instances: [downBy === 0],
          slots: [],
          queue: [],
          inside: passing.inside.value,
          readings: {
            targets: all.map((target) => targets.nameOf(target)),
            states: all.map((target) => (isEjected[target] === 1 ? 'ejected' : health.isUp(target) ? 'up' : 'down')),
            underWay: all.map((target) => passing.outstanding[target]!),
            sent: all.map((target) => passing.sentTo[target]!),
            isDown: downBy > 0,
            isFrozen: frozenBy > 0,
          },
        };
      },
    };
  },
});
