/**
 * A cache: answers reads whose key it holds, and asks the part behind for all else. What it asks for is an errand: one
 * call behind, with all who wait for it. What a key stands for, and whether the part behind would now say something
 * else, it does not know.
 */
import { meanOf, isConstant, sampler, type Sampler } from '../../distributions/index.ts';
import { wider, type Lane } from '../../engine/calendar.ts';
import { flag } from '../../engine/calls.ts';
import { uniform } from '../../engine/draws.ts';
import { log } from '../../engine/elementary.ts';
import { ANSWERED, fateOf } from '../../engine/machine.ts';
import { KeyRows } from '../key-rows.ts';
import { defineKind } from '../kind.ts';
import { Apart } from './apart.ts';
import { Entries } from './entries.ts';
import { settings, type CacheSettings } from './settings.ts';

const UNAVAILABLE = fateOf('unavailable');

/** What an errand is for. */
const FETCH = 0;
/** A fetch that nobody waits for. */
const REFRESH = 1;
const WRITE = 2;
/** A call that passes by a cache that is down. */
const PASS = 3;

const NONE = -1;
/** No time in a run is longer, in ticks. */
const LONGEST = 2 ** 50;
/** Keys that a state names at most. */
const NAMED = 20;

export const cache = defineKind({
  kind: 'cache',
  settings,
  actions: {
    flush: 'empties it once, when the fault begins',
    down: 'nothing is read from it and nothing put in; what it holds stays, and goes on to expire',
    'expire-key': 'lets the entry of one key (named by `instance`) expire at once',
  },
  adopts: [
    'hitTime',
    'size',
    'ttl',
    'ttlFrom',
    'coalesce',
    'whenFetchFails',
    'refreshAhead',
    'refreshByChance',
    'staleOnError',
    'writes',
    'fills',
    'whenDown',
  ],
  takesCalls: true,
  callees: (own) => [{ id: own.behind, path: 'behind' }],
  steers: (own) => (own.livesIn === null ? [] : [{ id: own.livesIn, path: 'livesIn', steers: true, watches: true }]),
  size: (own) => Math.min(own.warm, own.size ?? Infinity),
  reasons: (own) => (own.whenDown === 'fail' ? ['unavailable'] : []),
  build(first, { machine, id, row, ticks, books }) {
    let own: CacheSettings = first;
    const { calls, monitor } = machine;
    const way = machine.way(row, machine.rowOf(own.behind));
    const hitStream = machine.stream(id, 'hit');
    const lifeStream = machine.stream(id, 'ttl');
    const warmStream = machine.stream(id, 'warm');
    const evictionStream = machine.stream(id, 'eviction');
    const earlyStream = machine.stream(id, 'early');

    const entries = new Entries();
    /** Where each instance of a service has a memory of its own: what stands for a key there; null where all share one. */
    const apart = own.livesIn === null ? null : new Apart();
    let room = Infinity;
    let downBy = 0;

    const answerHit = machine.on((call, hop) => {
      if (calls.hop[call] === hop) end(call, ANSWERED, row);
    });
    /** Constant hits wait in a lane, or not at all; others take what is drawn. */
    let hitLane: Lane | null = null;
    let hitTime: Sampler | null = null;
    let lifeTime: Sampler | null = null;
    const lawOf = (time: NonNullable<CacheSettings['ttl']>) =>
      typeof time === 'number' ? ({ law: 'constant', mean: time } as const) : time;
    const toTicks = (time: number) => Math.min(LONGEST, Math.round(time * ticks));
    function takeSettings(): void {
      room = own.size ?? Infinity;
      const hit = lawOf(own.hitTime);
      hitTime = isConstant(hit) ? null : sampler(hit, hitStream);
      const constant = isConstant(hit) ? toTicks(meanOf(hit)) : 0;
      hitLane = constant > 0 ? machine.lane(constant, answerHit) : null;
      lifeTime = own.ttl === null ? null : sampler(lawOf(own.ttl), lifeStream);
    }
    takeSettings();

    // Errands
    let errands = 0;
    let free = new Int32Array(16);
    let freed = 0;
    /** The call behind; −1 once it has come back. */
    let errandCall = new Int32Array(16);
    let errandKind = new Uint8Array(16);
    let errandKey = new Int32Array(16);
    /** The call that it was made for, as long as that one waits; −1 for a refresh. */
    let owner = new Int32Array(16);
    /** Which life the memory was in that it fetches for. */
    let errandLife = new Int32Array(16);
    let firstWaiter = new Int32Array(16);
    let lastWaiter = new Int32Array(16);
    /** The errand that fetches a key, where several do the first of them. */
    const fetching = new KeyRows();

    // Calls, by their rows: the errand that they wait for, and who waits before and after them
    let errandOf = new Int32Array(64).fill(NONE);
    let before = new Int32Array(64);
    let after = new Int32Array(64);

    const inside = monitor.countedLevel(`${id}.inside`);
    const held = monitor.level(`${id}.entries`);
    const underWay = monitor.level(`${id}.fetching`);
    const response = monitor.tally(`${id}.response`);
    const fetchTime = monitor.tally(`${id}.fetchTime`);
    const arrivals = monitor.count(`${id}.arrivals`, 'count', monitor.counter(), null, true);
    const completions = monitor.count(`${id}.completions`, 'count', monitor.counter(), null, true);
    monitor.count(`${id}.throughput`, 'rate', completions, null, true);
    const reads = monitor.count(`${id}.reads`, 'count', monitor.counter(), null, true);
    const writes = monitor.count(`${id}.writes`, 'count', monitor.counter(), null, true);
    const hits = monitor.count(`${id}.hits`, 'count', monitor.counter(), null, true);
    const misses = monitor.count(`${id}.misses`, 'count', monitor.counter(), null, true);
    monitor.count(`${id}.hitRatio`, 'share', hits, reads, true);
    const coalesced = monitor.count(`${id}.coalesced`, 'count', monitor.counter());
    const fetches = monitor.count(`${id}.fetches`, 'count', monitor.counter());
    monitor.count(`${id}.fetchRate`, 'rate', fetches);
    const refreshes = monitor.count(`${id}.refreshes`, 'count', monitor.counter());
    const fills = monitor.count(`${id}.fills`, 'count', monitor.counter());
    const fillFailures = monitor.count(`${id}.fillFailures`, 'count', monitor.counter());
    const tooLate = monitor.count(`${id}.tooLate`, 'count', monitor.counter());
    const evictions = monitor.count(`${id}.evictions`, 'count', monitor.counter());
    const expired = monitor.count(`${id}.expired`, 'count', monitor.counter());
    const staleAnswers = monitor.count(`${id}.staleAnswers`, 'count', monitor.counter());
    const outdated = monitor.count(`${id}.outdated`, 'share', monitor.counter(), hits);
    const refused = monitor.count(`${id}.failures.unavailable`, 'count', monitor.counter(), null, true);
    monitor.count(`${id}.refused`, 'share', refused, arrivals, true);
    books(inside);

    // ── What is held ───────────────────────────────────────────────────────────────────────────

    function showHeld(): void {
      held.set(machine.now, entries.count);
    }

    /** One entry goes. Request and path name what the draw is made for. */
    function evict(request: number, path: number): void {
      const isRandom = own.eviction === 'random';
      const slot = isRandom ? Math.floor(uniform(evictionStream, request, path) * entries.count) : entries.oldest;
      entries.remove(slot);
      evictions.add(0);
    }

    /** Holds a key from now on. @param child the call behind that brought it. @param isUse false for a refresh: nobody used the key by it. */
    function fill(key: number, child: number, took: number, isUse: boolean): void {
      if (downBy > 0 || room === 0) return;
      const request = calls.request[child]!;
      const path = calls.path[child]!;
      const cls = calls.cls[child]!;
      let slot = entries.find(key);
      if (slot < 0) {
        if (entries.count >= room) evict(request, path);
        slot = entries.add(key);
        entries.took[slot] = 0;
        showHeld();
      } else if (isUse) entries.renew(slot);
      if (took >= 0) entries.took[slot] = took;
      setLife(slot, lifeTime === null ? Infinity : toTicks(lifeTime(request, path)));
      fills.add(cls);
    }

    function setLife(slot: number, life: number): void {
      entries.life[slot] = life;
      entries.expiresAt[slot] = machine.now + life;
      entries.isOutdated[slot] = 0;
      entries.isFoundExpired[slot] = 0;
    }

    function drop(key: number): void {
      const slot = entries.find(key);
      if (slot < 0) return;
      entries.remove(slot);
      showHeld();
    }

    /** The name under which a call's key is held: the key itself, or what stands for it in its caller's own memory. */
    function nameOf(call: number): number {
      const key = calls.key[call]!;
      if (apart === null) return key;
      const caller = calls.parent[call]!;
      return apart.nameOf(key, caller < 0 ? NONE : calls.instance[caller]!);
    }

    const keyOf = (name: number): number => (apart === null ? name : apart.keyOf(name));

    /** What was held at the start belongs to the first instance that asks for it. */
    function claim(key: number, name: number): void {
      const unclaimed = apart!.nameOf(key, NONE);
      const from = unclaimed === name ? NONE : entries.find(unclaimed);
      if (from < 0) return;
      const life = entries.life[from]!;
      const expiresAt = entries.expiresAt[from]!;
      entries.remove(from);
      if (entries.find(name) >= 0) return;
      const slot = entries.add(name);
      entries.took[slot] = 0;
      setLife(slot, life);
      entries.expiresAt[slot] = expiresAt;
    }

    /** An instance is gone, and with it what was in its memory. */
    function loseMemoryOf(instance: number): void {
      apart!.loses(instance);
      // from the end, as the last one moves into the place of one that goes
      for (let slot = entries.count - 1; slot >= 0; slot--)
        if (apart!.instanceOf(entries.key[slot]!) === instance) entries.remove(slot);
      showHeld();
    }

    // ── Reads ──────────────────────────────────────────────────────────────────────────────────

    function receive(call: number): void {
      const { now } = machine;
      const cls = calls.cls[call]!;
      arrivals.add(cls);
      const isRead = calls.operation[call] === 0;
      if (downBy > 0 && own.whenDown === 'fail') {
        refused.add(cls);
        machine.refuse(call, UNAVAILABLE);
        return;
      }
      while (call >= errandOf.length) growCalls();
      inside.set(now, inside.value + 1);
      errandOf[call] = NONE;
      machine.begins(call, 0);
      if (isRead) {
        reads.add(cls);
        if (downBy === 0) {
          read(call, cls);
          return;
        }
        misses.add(cls);
      } else writes.add(cls);
      run(downBy > 0 ? PASS : WRITE, call, call);
    }

    function read(call: number, cls: number): void {
      const { now } = machine;
      const key = nameOf(call);
      if (apart !== null) claim(calls.key[call]!, key);
      const slot = entries.find(key);
      if (slot >= 0 && now < entries.expiresAt[slot]!) {
        hit(call, cls, slot);
        return;
      }
      misses.add(cls);
      if (slot >= 0) {
        if (entries.isFoundExpired[slot] === 0) expired.add(cls);
        entries.isFoundExpired[slot] = 1;
        if (!own.staleOnError) {
          entries.remove(slot);
          showHeld();
        }
      }
      const errand = own.coalesce ? fetching.of(key) : NONE;
      if (errand === NONE) run(FETCH, call, call);
      else {
        coalesced.add(cls);
        wait(call, errand);
      }
    }

    function hit(call: number, cls: number, slot: number): void {
      const { now } = machine;
      hits.add(cls);
      if (entries.isOutdated[slot] === 1) outdated.add(cls);
      if (own.eviction === 'lru') entries.renew(slot);
      if (own.ttlFrom === 'use') entries.expiresAt[slot] = now + entries.life[slot]!;
      else if (wantsRefresh(call, slot)) run(REFRESH, call, NONE);
      if (hitTime !== null) {
        const time = toTicks(hitTime(calls.request[call]!, calls.path[call]!));
        machine.after(time, answerHit, call, calls.hop[call]!);
      } else if (hitLane !== null) hitLane.after(now, call, calls.hop[call]!);
      else end(call, ANSWERED, row);
    }

    function wantsRefresh(call: number, slot: number): boolean {
      const left = entries.expiresAt[slot]! - machine.now;
      if (left === Infinity || (own.refreshAhead === 0 && own.refreshByChance === 0)) return false;
      if (fetching.of(entries.key[slot]!) !== NONE) return false;
      if (left <= own.refreshAhead * entries.life[slot]!) return true;
      if (own.refreshByChance === 0) return false;
      // Vattani, Chierichetti and Lowenstein, Optimal probabilistic cache stampede prevention, VLDB 8 (2015)
      const u = uniform(earlyStream, calls.request[call]!, calls.path[call]!);
      return left <= -entries.took[slot]! * own.refreshByChance * log(u);
    }

    // ── Errands ────────────────────────────────────────────────────────────────────────────────

    /** Asks the part behind. @param cause the call whose request and key it is. @param waiting the call that waits for it, or −1. */
    function run(kind: number, cause: number, waiting: number): void {
      const errand = freed > 0 ? free[--freed]! : errands++;
      if (errand === errandCall.length) growErrands();
      const key = nameOf(cause);
      errandKind[errand] = kind;
      errandKey[errand] = key;
      errandLife[errand] = apart === null ? 0 : apart.lifeOf(key);
      owner[errand] = waiting;
      firstWaiter[errand] = NONE;
      lastWaiter[errand] = NONE;
      if (waiting !== NONE) wait(waiting, errand);
      if (kind === FETCH || kind === REFRESH) {
        fetches.add(calls.cls[cause]!);
        if (fetching.of(key) === NONE) fetching.set(key, errand);
        underWay.set(machine.now, underWay.value + 1);
      }
      if (kind === REFRESH) refreshes.add(calls.cls[cause]!);
      const child = machine.call(way, calls.request[cause]!, calls.cls[cause]!, calls.path[cause]!, errand, 0, waiting);
      calls.key[child] = calls.key[cause]!;
      calls.operation[child] = calls.operation[cause]!;
      errandCall[errand] = child;
      machine.dispatch(child);
    }

    function answered(child: number): void {
      const errand = calls.note[child]!;
      const key = errandKey[errand]!;
      const cls = calls.cls[child]!;
      const fate = calls.fate[child]!;
      const by = calls.by[child]!;
      const isDegraded = (calls.flags[child]! & flag.degraded) !== 0;
      const took = machine.now - calls.sentAt[child]!;
      errandCall[errand] = NONE;
      const kind = errandKind[errand]!;
      if (kind === FETCH || kind === REFRESH) {
        forgetFetch(errand);
        if (fate !== ANSWERED) fillFailures.add(cls);
        else {
          fetchTime.add(cls, took);
          // a substitute is passed on, but not kept
          if (!isDegraded) {
            if (mayFill(errand)) fill(key, child, took, kind === FETCH);
            else tooLate.add(cls);
          }
        }
      } else if (kind === WRITE) writeIsOver(key, child, fate === ANSWERED);
      // whoever is answered may at once make another here give up: the list is asked anew each time
      for (let call = firstWaiter[errand]!; call !== NONE; call = firstWaiter[errand]!) {
        const isOwner = owner[errand] === call;
        leave(call);
        settle(call, kind, isOwner, fate, by, isDegraded);
      }
      free[freed++] = errand;
    }

    function settle(call: number, kind: number, isOwner: boolean, fate: number, by: number, isDegraded: boolean): void {
      if (fate === ANSWERED) {
        if (isDegraded) calls.flags[call]! |= flag.degraded;
        end(call, ANSWERED, row);
      } else if (kind === FETCH || kind === REFRESH) {
        const slot = own.staleOnError && downBy === 0 ? entries.find(nameOf(call)) : NONE;
        if (slot !== NONE) {
          // a write may have renewed it meanwhile
          if (machine.now >= entries.expiresAt[slot]!) {
            staleAnswers.add(calls.cls[call]!);
            calls.flags[call]! |= flag.degraded;
          }
          end(call, ANSWERED, row);
        } else if (isOwner || own.whenFetchFails === 'all-fail') end(call, fate, by);
        else run(downBy > 0 ? PASS : FETCH, call, call);
      } else end(call, fate, by);
    }

    /** Whether what has come is still in time for anybody. */
    function mayFill(errand: number): boolean {
      if (apart !== null && apart.lifeOf(errandKey[errand]!) !== errandLife[errand]) return false;
      if (errandKind[errand] === REFRESH || own.fills === 'late-too') return true;
      for (let call = firstWaiter[errand]!; call !== NONE; call = after[call]!)
        if ((calls.flags[call]! & flag.abandoned) === 0) return true;
      return false;
    }

    function writeIsOver(key: number, child: number, succeeded: boolean): void {
      if (downBy > 0) return;
      if (own.writes === 'invalidate') drop(key);
      else if (succeeded && own.writes === 'through') fill(key, child, -1, true);
      else if (succeeded) {
        const slot = entries.find(key);
        if (slot >= 0) entries.isOutdated[slot] = 1;
      }
    }

    function forgetFetch(errand: number): void {
      const key = errandKey[errand]!;
      if (fetching.of(key) === errand) fetching.forget(key);
      underWay.set(machine.now, underWay.value - 1);
    }

    function wait(call: number, errand: number): void {
      const last = lastWaiter[errand]!;
      errandOf[call] = errand;
      before[call] = last;
      after[call] = NONE;
      if (last === NONE) firstWaiter[errand] = call;
      else after[last] = call;
      lastWaiter[errand] = call;
    }

    /** Takes a call out of those who wait for its errand. */
    function leave(call: number): void {
      const errand = errandOf[call]!;
      errandOf[call] = NONE;
      if (before[call] === NONE) firstWaiter[errand] = after[call]!;
      else after[before[call]!] = after[call]!;
      if (after[call] === NONE) lastWaiter[errand] = before[call]!;
      else before[after[call]!] = before[call]!;
      if (owner[errand] !== call) return;
      owner[errand] = NONE;
      // the row will soon be another call's
      if (errandCall[errand] !== NONE) calls.parent[errandCall[errand]!] = NONE;
    }

    function end(call: number, fate: number, by: number): void {
      const { now } = machine;
      const cls = calls.cls[call]!;
      inside.set(now, inside.value - 1);
      if (fate === ANSWERED) {
        completions.add(cls);
        response.add(cls, now - calls.arrivedAt[call]!);
      }
      machine.answer(call, fate, by);
    }

    /** The caller waits no longer. */
    function cancel(call: number): void {
      const errand = errandOf[call]!;
      inside.set(machine.now, inside.value - 1);
      if (errand !== NONE) {
        leave(call);
        if (firstWaiter[errand] === NONE && errandCall[errand] !== NONE) giveUp(errand, calls.fate[call]!);
      }
      machine.drop(call);
    }

    /** Nobody waits for an errand any more. */
    function giveUp(errand: number, fate: number): void {
      const kind = errandKind[errand]!;
      if (kind === REFRESH || (kind === FETCH && own.fills === 'late-too')) return;
      const child = errandCall[errand]!;
      errandCall[errand] = NONE;
      // first of all, so that nobody joins it now
      if (kind === FETCH) forgetFetch(errand);
      // it may have been done all the same
      else if (kind === WRITE && own.writes === 'invalidate' && downBy === 0) drop(errandKey[errand]!);
      machine.abandon(child, true, fate);
      free[freed++] = errand;
    }

    function growErrands(): void {
      free = wider(free);
      errandCall = wider(errandCall);
      errandKind = wider(errandKind);
      errandKey = wider(errandKey);
      owner = wider(owner);
      errandLife = wider(errandLife);
      firstWaiter = wider(firstWaiter);
      lastWaiter = wider(lastWaiter);
    }

    function growCalls(): void {
      const from = errandOf.length;
      errandOf = wider(errandOf).fill(NONE, from);
      before = wider(before);
      after = wider(after);
    }

    return {
      start() {
        const life = own.ttl === null ? null : sampler(lawOf(own.ttl), warmStream);
        // the most popular last, so that it is the newest
        for (let key = Math.min(own.warm, room) - 1; key >= 0; key--) {
          const slot = entries.add(apart === null ? key : apart.nameOf(key, NONE));
          entries.took[slot] = 0;
          setLife(slot, life === null ? Infinity : toTicks(life(key, 0)));
        }
        showHeld();
        if (own.livesIn === null) return;
        const fleet = machine.partAt(machine.rowOf(own.livesIn)).fleet!;
        fleet.onChange((instance) => {
          const state = fleet.stateOf(instance);
          if (state === 'absent' || state === 'starting') loseMemoryOf(instance);
        });
      },
      receive,
      answered,
      cancel,
      faults: {
        flush(begins) {
          if (!begins) return;
          entries.clear();
          showHeld();
          machine.mark(id, 'event', 'emptied');
        },
        down(begins) {
          downBy += begins ? 1 : -1;
        },
        'expire-key'(begins, _amount, key) {
          if (!begins) return;
          for (const name of apart === null ? [key] : apart.namesOf(key)) {
            const slot = entries.find(name);
            if (slot >= 0) entries.expiresAt[slot] = Math.min(entries.expiresAt[slot]!, machine.now);
          }
        },
      },
      adopt(changed: CacheSettings) {
        own = changed;
        takeSettings();
        // nobody's request makes it smaller: the draws are named by how many are left
        while (entries.count > room) evict(entries.count, 0);
        showHeld();
      },
      state() {
        const keys: number[] = [];
        for (let errand = 0; errand < errands && keys.length < NAMED; errand++)
          if (fetching.of(errandKey[errand]!) === errand) keys.push(errandKey[errand]!);
        return {
          instances: [downBy === 0],
          slots: [],
          queue: [],
          inside: inside.value,
          readings: {
            entries: entries.count,
            keys: entries.keys(NAMED).map(keyOf),
            fetching: keys.map(keyOf),
          },
        };
      },
    };
  },
});
