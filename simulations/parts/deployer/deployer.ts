/**
 * A deployer: brings another version to the instances of a service by one of several strategies, watches the errors of
 * that version, and goes back when there are too many. It sees instances and counts, never a single request; that a
 * balancer still sends to an instance on its way out is the balancer's affair.
 */
import { Count } from '../../engine/monitor.ts';
import type { Fleet } from '../../engine/part.ts';
import { defineKind } from '../kind.ts';
import { countOf, fencesOf, movesOf, type Standing } from './fences.ts';
import { settings } from './settings.ts';

type Phase = 'waiting' | 'going' | 'done' | 'rolling-back' | 'rolled-back';

/** What a decision is called in the digest, beside an instance. */
const START = 1000;
const STOP = 2000;
const SWITCH = 3000;
const BACK = 4000;

/** A count that stands somewhere else, and is read there when it is wanted. */
class Reading extends Count {
  #read: () => number;
  constructor(read: () => number) {
    super();
    this.#read = read;
  }
  override get total(): number {
    return this.#read();
  }
}

export const deployer = defineKind({
  kind: 'deployer',
  settings,
  actions: {
    deploy: 'begins a deployment at that moment, unless one is under way',
    'roll-back': 'takes the deployment back, as an operator would, while it is under way or once it is done',
  },
  adopts: [],
  takesCalls: false,
  callees: () => [],
  steers: (own) => [{ id: own.part, path: 'part', steers: true, version: own.version }],
  size: () => 1,
  reasons: () => [],
  build(own, { machine, id, row, ticks }) {
    const { monitor } = machine;
    const { strategy, watch } = own;
    const inTicks = (time: number) => Math.min(2 ** 50, Math.round(time * ticks));
    const readyAfter = inTicks(own.readyAfter);

    let fleet: Fleet;
    let phase: Phase = 'waiting';
    /** The version that it is to bring, the one it found, and the one that it is bringing now; −1 for none. */
    let version = -1;
    let former = -1;
    let goal = -1;
    let step = 0;
    let begunAt = 0;
    let hasSwitched = false;
    /** It waits between steps; whether it has, since the last move; whether anything was moved since. */
    let isResting = false;
    let hasRested = false;
    let hasMoved = false;
    let isAsked = false;
    let isWatching = false;
    /** Timers of an earlier turn of events are stale. */
    let turn = 0;

    /** Per instance: when it counts as available, Infinity while it is not ready; whether it is on its way out, and by which timer. */
    const upFrom: number[] = [];
    const isLeaving: boolean[] = [];
    const leaveTurn: number[] = [];

    const begun = monitor.count(`${id}.deployments`, 'count');
    const takenBack = monitor.count(`${id}.rollbacks`, 'count');
    const duration = monitor.meanTally(`${id}.duration`);
    const detection = monitor.meanTally(`${id}.detection`);
    const newReady = monitor.level(`${id}.newInstances`);
    /** What the new version has finished and failed: in earlier deployments, and where the present one began; null when it is over. */
    const past = { finished: 0, errors: 0 };
    let base: { finished: number; errors: number } | null = null;
    const finished = () => past.finished + (base === null ? 0 : fleet.finishedBy(version) - base.finished);
    const errors = () => past.errors + (base === null ? 0 : fleet.errorsBy(version) - base.errors);
    const exposed = monitor.count(`${id}.exposed`, 'count', new Reading(finished));
    const failed = monitor.count(`${id}.errors`, 'count', new Reading(errors));
    monitor.count(`${id}.errorShare`, 'share', failed, exposed);

    const isOf = (instance: number, which: number) => fleet.versionOf(instance) === which;
    const isThere = (instance: number): boolean => {
      const state = fleet.stateOf(instance);
      return (state === 'starting' || state === 'ready') && isLeaving[instance] !== true;
    };
    const isUp = (instance: number): boolean => (upFrom[instance] ?? Infinity) <= machine.now;

    function standing(): Standing {
      const sum = { fresh: 0, freshUp: 0, others: 0, othersUp: 0 };
      for (let i = 0; i < fleet.count; i++) {
        if (!isThere(i)) continue;
        if (isOf(i, goal)) {
          sum.fresh++;
          if (isUp(i)) sum.freshUp++;
        } else {
          sum.others++;
          if (fleet.isReady(i)) sum.othersUp++;
        }
      }
      return sum;
    }

    // ── Its timers ─────────────────────────────────────────────────────────────────────────────

    const onTime = machine.on(() => begin());
    const look = machine.on(() => {
      isAsked = false;
      goOn();
    });
    const rested = machine.on((forTurn) => {
      if (forTurn !== turn) return;
      isResting = false;
      hasRested = true;
      goOn();
    });
    const drain = machine.on((instance, forTurn) => {
      if (isLeaving[instance] === true && leaveTurn[instance] === forTurn) fleet.stop(instance, true);
    });
    const judge = machine.on((forTurn) => {
      if (forTurn !== turn || !isWatching || base === null) return;
      const seen = fleet.finishedBy(version) - base.finished;
      const bad = fleet.errorsBy(version) - base.errors;
      const { least, most, every } = watch!;
      if (seen >= least && bad > (typeof most === 'number' ? most : most.share * seen)) goBack();
      else machine.after(Math.max(1, inTicks(every)), judge, turn, 0);
    });
    const watchIsOver = machine.on((forTurn) => {
      if (forTurn === turn) settle();
    });

    function changed(instance: number): void {
      const state = fleet.stateOf(instance);
      if (state !== 'ready') upFrom[instance] = Infinity;
      else if ((upFrom[instance] ?? Infinity) === Infinity) {
        upFrom[instance] = machine.now + readyAfter;
        if (readyAfter > 0) machine.after(readyAfter, look, 0, 0);
      }
      if (state === 'absent' || state === 'starting') isLeaving[instance] = false;
      if (version >= 0) {
        let ready = 0;
        for (let i = 0; i < fleet.count; i++) if (isOf(i, version) && fleet.isReady(i)) ready++;
        newReady.set(machine.now, ready);
      }
      if (isAsked || !isUnderWay()) return;
      isAsked = true;
      machine.after(0, look, 0, 0);
    }

    // ── A deployment ───────────────────────────────────────────────────────────────────────────

    const isUnderWay = () => phase === 'going' || phase === 'rolling-back';

    function begin(): void {
      if (version < 0 || isUnderWay()) return;
      settle();
      begun.add(0);
      begunAt = machine.now;
      former = mostFrequent();
      base = { finished: fleet.finishedBy(version), errors: fleet.errorsBy(version) };
      mark(version, 'begins');
      head(version, 'going');
      if (watch !== null) {
        isWatching = true;
        machine.after(Math.max(1, inTicks(watch.every)), judge, turn, 0);
      }
      goOn();
    }

    /** Which version most instances run. */
    function mostFrequent(): number {
      const votes = fleet.versions.map(() => 0);
      for (let i = 0; i < fleet.count; i++) if (isThere(i)) votes[fleet.versionOf(i)]!++;
      return votes.indexOf(Math.max(...votes));
    }

    /** Sets out for a version. */
    function head(to: number, as: Phase): void {
      turn++;
      goal = to;
      phase = as;
      step = 0;
      hasSwitched = isResting = hasRested = hasMoved = false;
      // what is started by others meanwhile is of the version that will stay, once that is known
      if (as === 'rolling-back' || strategy.how === 'all-at-once' || strategy.how === 'rolling') fleet.prefer(to);
    }

    function goBack(): void {
      if (phase !== 'going' && phase !== 'done') return;
      isWatching = false;
      takenBack.add(0);
      detection.add(0, machine.now - begunAt);
      machine.digestEvent(row, BACK);
      mark(version, 'rolled back');
      head(former, 'rolling-back');
      goOn();
    }

    function goOn(): void {
      if (!isUnderWay() || isResting) return;
      if (strategy.how === 'blue-green') {
        changePlaces();
        return;
      }
      const { wanted } = fleet;
      // back from a canary as from all at once: the bad version goes, whatever may be missing meanwhile
      const isAtOnce = strategy.how === 'all-at-once' || (strategy.how === 'canary' && phase === 'rolling-back');
      const { surge, unavailable } = isAtOnce
        ? { surge: 0, unavailable: wanted }
        : strategy.how === 'rolling'
          ? fencesOf(strategy.surge, strategy.unavailable, wanted)
          : { surge: wanted, unavailable: 0 };
      for (;;) {
        const now = standing();
        const aim = aimOf(wanted);
        if (now.freshUp < aim || now.others > wanted - aim) {
          // with a pause, a batch of a rolling deployment is waited for as a whole
          if (strategy.how === 'rolling' && hasMoved && pauseNow() > 0) {
            if (now.fresh > now.freshUp) return;
            if (rests()) return;
          }
          if (!move(aim, { wanted, surge, unavailable })) return;
          continue;
        }
        if (strategy.how !== 'canary' || phase === 'rolling-back' || step >= strategy.steps.length) {
          finish();
          return;
        }
        if (rests()) return;
        hasRested = false;
        step++;
        mark(goal, `step ${step + 1}`);
      }
    }

    const pauseNow = () => (phase === 'rolling-back' ? 0 : inTicks(own.pause));

    function rest(time: number): void {
      isResting = true;
      machine.after(time, rested, turn, 0);
    }

    /** Whether it must wait between steps first. */
    function rests(): boolean {
      if (hasRested || pauseNow() === 0) return false;
      rest(pauseNow());
      return true;
    }

    /** How many are to be of the version that is brought, at this step. */
    function aimOf(wanted: number): number {
      if (strategy.how !== 'canary' || phase === 'rolling-back' || step >= strategy.steps.length) return wanted;
      return Math.min(wanted, countOf(strategy.steps[step]!, wanted, true));
    }

    /** Starts and stops what may be, until nothing more may. @returns whether there was anything. */
    function move(aim: number, fences: { wanted: number; surge: number; unavailable: number }): boolean {
      let hasDone = false;
      for (;;) {
        const { starts, stops } = movesOf(standing(), { aim, ...fences });
        let begins = starts;
        while (begins > 0 && start(true)) begins--;
        for (let i = 0; i < stops; i++) stopAnother();
        if (begins === starts && stops === 0) return hasDone;
        hasDone = hasMoved = true;
        hasRested = false;
      }
    }

    function start(isInRotation: boolean): boolean {
      const instance = fleet.launch(goal, isInRotation);
      if (instance >= 0) machine.digestEvent(row, START + instance);
      return instance >= 0;
    }

    /** Stops an instance of another version: one that does not serve, if there is one, else that with the lowest number. */
    function stopAnother(): void {
      let first = -1;
      for (let i = 0; i < fleet.count; i++) {
        if (!isThere(i) || isOf(i, goal)) continue;
        if (first < 0 || (fleet.isReady(first) && !fleet.isReady(i))) first = i;
      }
      if (first >= 0) stop(first);
    }

    function stop(instance: number): void {
      machine.digestEvent(row, STOP + instance);
      if (own.stop === 'out-then-drain' && fleet.stateOf(instance) === 'ready') {
        isLeaving[instance] = true;
        leaveTurn[instance] = (leaveTurn[instance] ?? 0) + 1;
        fleet.setInRotation(instance, false);
        machine.after(inTicks(own.outFor), drain, instance, leaveTurn[instance]);
      } else fleet.stop(instance, own.stop !== 'kill');
    }

    /** Blue-green: once a full set is available, it goes into rotation and all others go out. */
    function changePlaces(): void {
      if (!hasSwitched) {
        const { wanted } = fleet;
        let { fresh } = standing();
        while (fresh < wanted && start(false)) fresh++;
        if (standing().freshUp < wanted) return;
        if (rests()) return;
        hasSwitched = true;
        // first in, then out, so that somebody serves all the time
        for (const isIn of [true, false])
          for (let i = 0; i < fleet.count; i++) if (isThere(i) && isOf(i, goal) === isIn) fleet.setInRotation(i, isIn);
        fleet.prefer(goal);
        machine.digestEvent(row, SWITCH);
        mark(goal, 'takes over');
        const keeps = phase === 'going' && strategy.how === 'blue-green' ? inTicks(strategy.keepOld) : 0;
        if (keeps > 0) {
          rest(keeps);
          return;
        }
      }
      while (standing().others > 0) stopAnother();
      finish();
    }

    function finish(): void {
      if (phase === 'rolling-back') {
        phase = 'rolled-back';
        mark(goal, 'back');
        return;
      }
      phase = 'done';
      fleet.prefer(goal);
      duration.add(0, machine.now - begunAt);
      mark(goal, 'done');
      if (isWatching && watch!.keepsOn > 0) machine.after(inTicks(watch!.keepsOn), watchIsOver, turn, 0);
      else settle();
    }

    /** What came of the new version counts no further. */
    function settle(): void {
      isWatching = false;
      if (base === null) return;
      past.finished = finished();
      past.errors = errors();
      base = null;
    }

    function mark(which: number, what: string): void {
      machine.mark(own.part, 'deploy', `${fleet.versions[which]!} ${what}`);
    }

    return {
      start() {
        fleet = machine.partAt(machine.rowOf(own.part)).fleet!;
        version = fleet.versions.indexOf(own.version);
        for (let i = 0; i < fleet.count; i++) if (fleet.stateOf(i) === 'ready') upFrom[i] = 0;
        fleet.onChange(changed);
        if (own.at !== null) machine.after(inTicks(own.at), onTime, 0, 0);
      },
      faults: {
        deploy(begins) {
          if (begins) begin();
        },
        'roll-back'(begins) {
          if (begins) goBack();
        },
      },
      state() {
        const { fresh, freshUp, others } = goal < 0 ? { fresh: 0, freshUp: 0, others: fleet.wanted } : standing();
        return {
          instances: [true],
          slots: [],
          queue: [],
          inside: 0,
          readings: { phase, step: step + 1, fresh, available: freshUp, others },
        };
      },
    };
  },
});
