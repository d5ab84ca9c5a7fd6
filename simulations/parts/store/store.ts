/**
 * A store: transactions on keys. Each takes a connection of its node, then passes the schema's lock, then takes its row's,
 * then a thread; it works, may stay open for a while, and commits. What a key stands for, who calls and who looks at the
 * answer it does not know; it keeps versions, and no values.
 */
import { sampler, type Sampler } from '../../distributions/index.ts';
import { wider, type Lane } from '../../engine/calendar.ts';
import { mixPath, uniform } from '../../engine/draws.ts';
import { fateOf } from '../../engine/machine.ts';
import type { FailureReason } from '../../engine/run.ts';
import { KeyRows } from '../key-rows.ts';
import { defineKind } from '../kind.ts';
import { Locks } from './locks.ts';
import { Replication } from './replication.ts';
import { Seen } from './seen.ts';
import { settings, type StoreSettings } from './settings.ts';
import { byModulo, byRange, byRing, movedShare, type ShardOf } from './sharding.ts';
import { Waiting } from './waiting.ts';

const QUEUE_FULL = fateOf('queue-full');
const POOL_TIMEOUT = fateOf('pool-timeout');
const LOCK_TIMEOUT = fateOf('lock-timeout');
const CONFLICT = fateOf('conflict');
const UNAVAILABLE = fateOf('unavailable');
const CRASHED = fateOf('crashed');

/** Where a transaction is. */
const OUT = 0;
/** It waits for a connection, for the schema's lock, for its row's lock, for a thread. */
const AT_POOL = 1;
const AT_SCHEMA = 2;
const AT_ROW = 3;
const AT_THREADS = 4;
const WORKING = 5;
/** Its work is done, and it has not committed. */
const OPEN = 6;

const READ = 0;
const IF_UNCHANGED = 2;
const NONE = -1;
/** No time in a run is longer, in ticks. */
const LONGEST = 2 ** 50;

function reasonsOf(own: StoreSettings): FailureReason[] {
  const reasons: FailureReason[] = ['unavailable', 'crashed', 'conflict'];
  if (own.poolQueue !== null) reasons.push('queue-full');
  if (own.poolTimeout !== null) reasons.push('pool-timeout');
  if (own.lockTimeout !== null) reasons.push('lock-timeout');
  return reasons;
}

export const store = defineKind({
  kind: 'store',
  settings,
  actions: {
    slow: 'multiplies the work of reads and writes by the amount',
    down: 'kills all nodes: what they have fails as `crashed`, and what comes as `unavailable`',
    'shard-down': 'kills the primary and the replicas of one shard (named by `instance`)',
    'primary-down': 'kills the primary of one shard (named by `instance`); its replicas go on to answer reads',
    migration:
      'locks the whole schema: it waits for the transactions that are past that lock, and all others wait until it ends, each on its connection',
    'heavy-query':
      'occupies the amount of threads, and as many connections, of the primary of one shard (named by `instance`), as soon as they are free',
    lag: 'multiplies the lag of writes that are committed meanwhile by the amount',
  },
  adopts: [
    'reads',
    'writes',
    'threads',
    'pool',
    'poolQueue',
    'poolTimeout',
    'lockHold',
    'lockTimeout',
    'shards',
    'lag',
    'readFrom',
  ],
  takesCalls: true,
  callees: () => [],
  size: (own) =>
    own.shards * (own.replicas + 1) * (own.threads ?? 1) +
    (own.sharding === 'consistent' ? own.shards * own.virtualNodes : 0),
  reasons: reasonsOf,
  build(first, { machine, id, ticks, books }) {
    let own: StoreSettings = first;
    const { calls, monitor, classes } = machine;
    const copies = own.replicas + 1;
    const { rowLocks, readersBlock } = own;
    const readStream = machine.stream(id, 'read');
    const writeStream = machine.stream(id, 'write');
    const openStream = machine.stream(id, 'lock-hold');
    const lagStream = machine.stream(id, 'lag');
    const copyStream = machine.stream(id, 'copy');
    const ringStream = machine.stream(id, 'ring');
    const sizes = classes.some(({ size }) => size !== undefined) ? classes.map(({ size }) => size ?? null) : null;

    let readTime: Sampler;
    let writeTime: Sampler;
    /** Null where a write commits as soon as its work is done. */
    let openTime: Sampler | null;
    let lagTime: Sampler;
    let threads = Infinity;
    let pool = Infinity;
    let slowed = 1;
    let lagged = 1;
    let poolTimeouts: Lane | null = null;
    let lockTimeouts: Lane | null = null;
    const lawOf = (time: StoreSettings['reads']) =>
      typeof time === 'number' ? ({ law: 'constant', mean: time } as const) : time;
    const toTicks = (time: number) => Math.min(LONGEST, Math.round(time * ticks));
    const limit = (time: number | null, handler: number) =>
      time === null ? null : machine.lane(Math.max(1, toTicks(time)), handler);

    // Nodes
    let nodes = 0;
    let connections = new Int32Array(4);
    let running = new Int32Array(4);
    /** Threads and connections that heavy queries want. */
    let heavy = new Float64Array(4);
    let downBy = new Int32Array(4);
    let arrivedAt = new Float64Array(4);
    let poolLine = new Int32Array(4);
    let threadLine = new Int32Array(4);
    const freeSlots: number[][] = [];
    let allDownBy = 0;
    let busyNow = 0;
    let usedNow = 0;

    // Slots: the threads of all nodes
    let slots = 0;
    let slotNode = new Int32Array(16);
    let slotCall = new Int32Array(16).fill(NONE);

    // Keys that have been asked for
    const rowOfKey = new KeyRows();
    let rows = 0;
    let versionOf = new Int32Array(64);
    let keyOfRow = new Int32Array(64);
    let shardOfRow = new Int32Array(64);
    let shardOf = shardingOf(own);
    const perShard: number[] = [];
    let busiest = 0;

    // Calls, by their rows
    let where = new Uint8Array(64);
    let nodeOf = new Int32Array(64);
    let rowOf = new Int32Array(64);
    let hasLock = new Uint8Array(64);
    /** Whether the time limit on locks has been set for it. */
    let isTimed = new Uint8Array(64);
    /** The version that it found when its work began. */
    let found = new Int32Array(64);
    let connectedAt = new Float64Array(64);
    let lockedAt = new Float64Array(64);

    const waiting = new Waiting();
    const schemaLine = waiting.open();
    let migrations = 0;
    /** Transactions past the schema's lock. */
    let passed = 0;

    const inside = monitor.countedLevel(`${id}.inside`);
    const busy = monitor.level(`${id}.busy`);
    const capacity = monitor.level(`${id}.capacity`);
    monitor.share(`${id}.utilisation`, busy, capacity);
    const poolUse = monitor.level(`${id}.poolUse`);
    const poolSize = monitor.level(`${id}.poolSize`);
    monitor.share(`${id}.poolUtilisation`, poolUse, poolSize);
    const poolQueue = monitor.level(`${id}.poolQueue`);
    const locksHeld = monitor.level(`${id}.locks`);
    const lockQueue = monitor.level(`${id}.lockQueue`);
    const threadQueue = monitor.level(`${id}.threadQueue`);
    const behind = monitor.level(`${id}.behind`);
    const moved = monitor.level(`${id}.moved`);
    const response = monitor.tally(`${id}.response`);
    const readResponse = monitor.tally(`${id}.readResponse`);
    const writeResponse = monitor.tally(`${id}.writeResponse`);
    const poolWait = monitor.tally(`${id}.poolWait`);
    const lockWait = monitor.tally(`${id}.lockWait`);
    const threadWait = monitor.tally(`${id}.threadWait`);
    const served = monitor.meanTally(`${id}.service`);
    const arrivals = monitor.count(`${id}.arrivals`, 'count', monitor.counter(), null, true);
    const reads = monitor.count(`${id}.reads`, 'count', monitor.counter(), null, true);
    const writes = monitor.count(`${id}.writes`, 'count', monitor.counter(), null, true);
    const completions = monitor.count(`${id}.completions`, 'count', monitor.counter(), null, true);
    const readsDone = monitor.count(`${id}.readCompletions`, 'count', monitor.counter(), null, true);
    const writesDone = monitor.count(`${id}.writeCompletions`, 'count', monitor.counter(), null, true);
    monitor.count(`${id}.throughput`, 'rate', completions, null, true);
    monitor.count(`${id}.readRate`, 'rate', reads);
    monitor.count(`${id}.writeRate`, 'rate', writes);
    const refused = monitor.counter();
    monitor.count(`${id}.refused`, 'share', refused, arrivals, true);
    const compared = monitor.counter();
    const conflicts = monitor.count(`${id}.conflicts`, 'share', monitor.counter(), compared, true);
    const readsBegun = monitor.counter();
    const stale = monitor.count(`${id}.stale`, 'share', monitor.counter(), readsBegun, true);
    const staleAge = monitor.tally(`${id}.staleAge`);
    const hottest = monitor.count(`${id}.hottest`, 'share', monitor.counter(), arrivals);
    const failures = new Map(
      reasonsOf(own).map((reason) => [
        fateOf(reason),
        monitor.count(`${id}.failures.${reason}`, 'count', monitor.counter(), null, true),
      ]),
    );
    books(inside);

    const locks = new Locks(waiting, (call) => {
      lockQueue.set(machine.now, lockQueue.value - 1);
      hasLock[call] = 1;
      lockIsHad(call);
    });
    const replication = new Replication(machine, own.replicas, () => behind.set(machine.now, replication.behind));
    const seen = new Seen(machine);

    // one that has failed meanwhile may be the same call still, on its way back
    const finish = machine.on((call, hop) => {
      if (calls.hop[call] === hop && where[call] === WORKING) workIsDone(call);
    });
    const commit = machine.on((call, hop) => {
      if (calls.hop[call] === hop && where[call] === OPEN) end(call);
    });
    const poolTooLate = machine.on((call, hop) => {
      if (calls.hop[call] === hop && where[call] === AT_POOL) fail(call, POOL_TIMEOUT);
    });
    const lockTooLate = machine.on((call, hop) => {
      if (calls.hop[call] === hop && (where[call] === AT_SCHEMA || where[call] === AT_ROW)) fail(call, LOCK_TIMEOUT);
    });

    function takeSettings(before: StoreSettings | null): void {
      readTime = sampler(lawOf(own.reads), readStream);
      writeTime = sampler(lawOf(own.writes), writeStream);
      openTime = own.lockHold === 0 ? null : sampler(lawOf(own.lockHold), openStream);
      lagTime = sampler(lawOf(own.lag), lagStream);
      threads = own.threads ?? Infinity;
      pool = own.pool ?? Infinity;
      if (own.poolTimeout !== before?.poolTimeout) poolTimeouts = limit(own.poolTimeout, poolTooLate);
      if (own.lockTimeout !== before?.lockTimeout) lockTimeouts = limit(own.lockTimeout, lockTooLate);
      while (nodes < own.shards * copies) addNode();
      capacity.set(machine.now, own.threads === null ? 0 : own.shards * copies * own.threads);
      poolSize.set(machine.now, own.pool === null ? 0 : own.shards * copies * own.pool);
    }

    // ── Nodes ──────────────────────────────────────────────────────────────────────────────────

    function addNode(): void {
      if (nodes === connections.length) {
        connections = wider(connections);
        running = wider(running);
        heavy = wider(heavy);
        downBy = wider(downBy);
        arrivedAt = wider(arrivedAt);
        poolLine = wider(poolLine);
        threadLine = wider(threadLine);
      }
      const node = nodes++;
      poolLine[node] = waiting.open();
      threadLine[node] = waiting.open();
      const free: number[] = [];
      for (let i = 0; i < (own.threads ?? 0); i++) free.push(addSlot(node));
      // the lowest number is taken first
      freeSlots.push(free.reverse());
    }

    function addSlot(node: number): number {
      if (slots === slotNode.length) {
        slotNode = wider(slotNode);
        slotCall = wider(slotCall).fill(NONE, slots);
      }
      slotNode[slots] = node;
      return slots++;
    }

    const isDown = (node: number): boolean => allDownBy > 0 || downBy[node]! > 0;
    const hasThread = (node: number): boolean => !isDown(node) && running[node]! + heavy[node]! < threads;
    const busyAt = (node: number): number => Math.min(threads, running[node]! + heavy[node]!);
    const usedAt = (node: number): number => Math.min(pool, connections[node]! + heavy[node]!);

    function setRunning(node: number, value: number): void {
      busyNow -= busyAt(node);
      running[node] = value;
      busyNow += busyAt(node);
      busy.set(machine.now, busyNow);
    }

    function setConnections(node: number, value: number): void {
      usedNow -= usedAt(node);
      connections[node] = value;
      usedNow += usedAt(node);
      poolUse.set(machine.now, usedNow);
    }

    /** Adds up anew what nodes have busy, after their threads or connections have become other. */
    function recount(): void {
      busyNow = 0;
      usedNow = 0;
      for (let node = 0; node < nodes; node++) {
        busyNow += busyAt(node);
        usedNow += usedAt(node);
      }
      busy.set(machine.now, busyNow);
      poolUse.set(machine.now, usedNow);
    }

    /** Lets those who wait at a node go on as far as there is room. */
    function wake(node: number): void {
      connectNext(node);
      startNext(node);
    }

    // ── Keys ───────────────────────────────────────────────────────────────────────────────────

    function shardingOf({ sharding, shards, keys, virtualNodes }: StoreSettings): ShardOf {
      if (sharding === 'consistent') return byRing(shards, virtualNodes, ringStream);
      return sharding === 'range' ? byRange(shards, keys) : byModulo(shards);
    }

    function rowFor(key: number): number {
      let row = rowOfKey.of(key);
      if (row < 0) {
        row = rows++;
        if (row === versionOf.length) {
          versionOf = wider(versionOf);
          keyOfRow = wider(keyOfRow);
          shardOfRow = wider(shardOfRow);
        }
        rowOfKey.set(key, row);
        keyOfRow[row] = key;
        shardOfRow[row] = shardOf(key);
      }
      return row;
    }

    /** Which copy a read goes to: 0 is the primary. */
    function copyFor(call: number): number {
      if (own.readFrom === 'primary' || own.replicas === 0) return 0;
      const u = uniform(copyStream, calls.request[call]!, calls.path[call]!);
      return own.readFrom === 'any' ? Math.floor(u * copies) : 1 + Math.floor(u * own.replicas);
    }

    function spreadAnew(before: StoreSettings): void {
      const was = shardOf;
      shardOf = shardingOf(own);
      for (let row = 0; row < rows; row++) shardOfRow[row] = shardOf(keyOfRow[row]!);
      moved.set(machine.now, movedShare(was, shardOf, own.keys));
      // keys are moved with all that was written to them
      replication.applyAll();
      machine.mark(id, 'event', `${before.shards} to ${own.shards} shards`);
    }

    // ── A transaction's way through ────────────────────────────────────────────────────────────

    function receive(call: number): void {
      const { now } = machine;
      const cls = calls.cls[call]!;
      const isRead = calls.operation[call] === READ;
      while (call >= where.length) growCalls();
      const row = rowFor(calls.key[call]!);
      const shard = shardOfRow[row]!;
      const node = shard * copies + (isRead ? copyFor(call) : 0);
      arrivals.add(cls);
      (isRead ? reads : writes).add(cls);
      arrivedAt[node]!++;
      const here = (perShard[shard] ?? 0) + 1;
      perShard[shard] = here;
      if (here > busiest) {
        busiest = here;
        hottest.cells[0] = here;
      }
      if (isDown(node)) {
        refuse(call, UNAVAILABLE);
        return;
      }
      const line = poolLine[node]!;
      const isFree = connections[node]! + heavy[node]! < pool && waiting.size(line) === 0;
      if (!isFree && own.poolQueue !== null && waiting.size(line) >= own.poolQueue) {
        refuse(call, QUEUE_FULL);
        return;
      }
      inside.set(now, inside.value + 1);
      nodeOf[call] = node;
      rowOf[call] = row;
      hasLock[call] = 0;
      isTimed[call] = 0;
      if (isFree) {
        connect(call, node);
        return;
      }
      where[call] = AT_POOL;
      waiting.push(line, call);
      poolQueue.set(now, poolQueue.value + 1);
      if (poolTimeouts !== null) poolTimeouts.after(now, call, calls.hop[call]!);
    }

    function connect(call: number, node: number): void {
      const { now } = machine;
      setConnections(node, connections[node]! + 1);
      poolWait.add(calls.cls[call]!, now - calls.arrivedAt[call]!);
      connectedAt[call] = now;
      if (migrations === 0) pass(call);
      else waitForLock(call, AT_SCHEMA);
    }

    function connectNext(node: number): void {
      const line = poolLine[node]!;
      while (waiting.size(line) > 0 && !isDown(node) && connections[node]! + heavy[node]! < pool) {
        const call = waiting.shift(line);
        poolQueue.set(machine.now, poolQueue.value - 1);
        connect(call, node);
      }
    }

    /** At the schema's lock a call also stands in line; at a row's, `locks` has put it there. */
    function waitForLock(call: number, state: number): void {
      const { now } = machine;
      where[call] = state;
      if (state === AT_SCHEMA) waiting.push(schemaLine, call);
      lockQueue.set(now, lockQueue.value + 1);
      if (lockTimeouts === null || isTimed[call] === 1) return;
      isTimed[call] = 1;
      lockTimeouts.after(now, call, calls.hop[call]!);
    }

    /** A transaction shares the schema's lock from here to its end. */
    function pass(call: number): void {
      passed++;
      const isRead = calls.operation[call] === READ;
      const wants = isRead ? readersBlock && nodeOf[call]! % copies === 0 : rowLocks;
      if (!wants) {
        lockIsHad(call);
        return;
      }
      if (!locks.take(rowOf[call]!, call, !isRead)) {
        waitForLock(call, AT_ROW);
        return;
      }
      hasLock[call] = 1;
      locksHeld.set(machine.now, locks.held);
      lockIsHad(call);
    }

    function lockIsHad(call: number): void {
      const { now } = machine;
      const node = nodeOf[call]!;
      lockWait.add(calls.cls[call]!, now - connectedAt[call]!);
      lockedAt[call] = now;
      if (hasThread(node) && waiting.size(threadLine[node]!) === 0) {
        serve(call, node);
        return;
      }
      where[call] = AT_THREADS;
      waiting.push(threadLine[node]!, call);
      threadQueue.set(now, threadQueue.value + 1);
    }

    function startNext(node: number): void {
      const line = threadLine[node]!;
      while (waiting.size(line) > 0 && hasThread(node)) {
        const call = waiting.shift(line);
        threadQueue.set(machine.now, threadQueue.value - 1);
        serve(call, node);
      }
    }

    function serve(call: number, node: number): void {
      const { now } = machine;
      const cls = calls.cls[call]!;
      const request = calls.request[call]!;
      const path = calls.path[call]!;
      const slot = freeSlots[node]!.pop() ?? addSlot(node);
      slotCall[slot] = call;
      where[call] = WORKING;
      setRunning(node, running[node]! + 1);
      threadWait.add(cls, now - lockedAt[call]!);
      machine.begins(call, slot);
      const isRead = calls.operation[call] === READ;
      if (isRead) look(call, node, cls);
      else found[call] = versionOf[rowOf[call]!]!;
      let time = (isRead ? readTime : writeTime)(request, path) * slowed;
      if (sizes !== null && sizes[cls] !== null) time *= sizes[cls]!(request, path);
      machine.after(toTicks(time), finish, call, calls.hop[call]!);
    }

    /** A read sees what is there when its work begins. */
    function look(call: number, node: number, cls: number): void {
      const row = rowOf[call]!;
      const copy = node % copies;
      readsBegun.add(cls);
      if (copy === 0) {
        seen.remember(call, row, versionOf[row]!);
        return;
      }
      seen.remember(call, row, replication.versionAt(row, copy - 1));
      const since = replication.outdatedSince(row, copy - 1);
      if (since < 0) return;
      stale.add(cls);
      staleAge.add(cls, machine.now - since);
    }

    function workIsDone(call: number): void {
      served.add(calls.cls[call]!, machine.now - calls.startedAt[call]!);
      const isRead = calls.operation[call] === READ;
      if (isRead || openTime === null) {
        end(call);
        return;
      }
      leaveThread(call);
      where[call] = OPEN;
      const time = toTicks(openTime(calls.request[call]!, calls.path[call]!));
      machine.after(time, commit, call, calls.hop[call]!);
    }

    function leaveThread(call: number): void {
      const node = nodeOf[call]!;
      const slot = calls.slot[call]!;
      slotCall[slot] = NONE;
      freeSlots[node]!.push(slot);
      setRunning(node, running[node]! - 1);
      startNext(node);
    }

    /** A transaction commits, if it may, and is over. */
    function end(call: number): void {
      const { now } = machine;
      const cls = calls.cls[call]!;
      const operation = calls.operation[call]!;
      if (operation !== READ && !commits(call, operation, cls)) {
        conflicts.add(cls);
        fail(call, CONFLICT);
        return;
      }
      leave(call);
      inside.set(now, inside.value - 1);
      const time = now - calls.arrivedAt[call]!;
      completions.add(cls);
      response.add(cls, time);
      (operation === READ ? readsDone : writesDone).add(cls);
      (operation === READ ? readResponse : writeResponse).add(cls, time);
      machine.answer(call);
    }

    function commits(call: number, operation: number, cls: number): boolean {
      const row = rowOf[call]!;
      if (operation === IF_UNCHANGED) {
        compared.add(cls);
        const read = seen.recall(call, row);
        if (versionOf[row] !== (read < 0 ? found[call] : read)) return false;
      }
      const version = ++versionOf[row]!;
      // what one has written oneself is not somebody else's change
      seen.remember(call, row, version);
      for (let replica = 0; replica < own.replicas; replica++) {
        const time = lagTime(calls.request[call]!, mixPath(calls.path[call]!, replica + 1)) * lagged;
        replication.commit(row, version, replica, shardOfRow[row]! * copies + replica + 1, toTicks(time));
      }
      return true;
    }

    /** Takes a transaction out of wherever it is; what it holds goes to those who wait for it. */
    function leave(call: number): void {
      const { now } = machine;
      const node = nodeOf[call]!;
      const state = where[call]!;
      where[call] = OUT;
      if (state === AT_POOL) {
        waiting.remove(call);
        poolQueue.set(now, poolQueue.value - 1);
        return;
      }
      if (state === AT_SCHEMA || state === AT_ROW) lockQueue.set(now, lockQueue.value - 1);
      if (state === AT_THREADS) threadQueue.set(now, threadQueue.value - 1);
      if (state === AT_SCHEMA || state === AT_THREADS) waiting.remove(call);
      else if (state === AT_ROW) locks.leave(rowOf[call]!, call);
      else if (state === WORKING) leaveThread(call);
      if (hasLock[call] === 1) locks.release(rowOf[call]!, call);
      if (locksHeld.value !== locks.held) locksHeld.set(now, locks.held);
      if (state !== AT_SCHEMA && --passed === 0 && migrations > 0) schemaIsLocked();
      setConnections(node, connections[node]! - 1);
      connectNext(node);
    }

    /** A call fails before it is inside. */
    function refuse(call: number, reason: number): void {
      const cls = calls.cls[call]!;
      failures.get(reason)?.add(cls);
      refused.add(cls);
      machine.refuse(call, reason);
    }

    /** A transaction that is inside fails. */
    function fail(call: number, reason: number): void {
      leave(call);
      inside.set(machine.now, inside.value - 1);
      refuse(call, reason);
    }

    /** The caller waits no longer: the transaction is rolled back. */
    function cancel(call: number): void {
      leave(call);
      inside.set(machine.now, inside.value - 1);
      machine.drop(call);
    }

    function growCalls(): void {
      where = wider(where);
      nodeOf = wider(nodeOf);
      rowOf = wider(rowOf);
      hasLock = wider(hasLock);
      isTimed = wider(isTimed);
      found = wider(found);
      connectedAt = wider(connectedAt);
      lockedAt = wider(lockedAt);
    }

    // ── Faults ─────────────────────────────────────────────────────────────────────────────────

    /** What the nodes that are down have fails. */
    function killDown(): void {
      for (let call = 0; call < where.length; call++)
        if (where[call] !== OUT && isDown(nodeOf[call]!)) fail(call, CRASHED);
    }

    function down(from: number, to: number, begins: boolean): void {
      for (let node = from; node < to && node < nodes; node++) downBy[node]! += begins ? 1 : -1;
      if (begins) killDown();
    }

    function migrate(begins: boolean): void {
      migrations += begins ? 1 : -1;
      if (begins && migrations === 1 && passed === 0) schemaIsLocked();
      if (migrations > 0) return;
      while (waiting.size(schemaLine) > 0) {
        const call = waiting.shift(schemaLine);
        lockQueue.set(machine.now, lockQueue.value - 1);
        pass(call);
      }
    }

    function schemaIsLocked(): void {
      machine.mark(id, 'event', 'schema locked');
    }

    takeSettings(null);

    return {
      receive,
      cancel,
      faults: {
        slow(begins, amount) {
          slowed = begins ? slowed * amount : slowed / amount;
        },
        down(begins) {
          allDownBy += begins ? 1 : -1;
          if (begins) killDown();
        },
        'shard-down': (begins, _amount, shard) => down(shard * copies, (shard + 1) * copies, begins),
        'primary-down': (begins, _amount, shard) => down(shard * copies, shard * copies + 1, begins),
        migration: migrate,
        'heavy-query'(begins, amount, shard) {
          const node = shard * copies;
          if (node >= nodes) return;
          heavy[node]! += begins ? Math.round(amount) : -Math.round(amount);
          recount();
          wake(node);
        },
        lag(begins, amount) {
          lagged = begins ? lagged * amount : lagged / amount;
        },
      },
      adopt(changed: StoreSettings) {
        const before = own;
        own = changed;
        takeSettings(before);
        if (changed.shards !== before.shards) spreadAnew(before);
        recount();
        for (let node = 0; node < nodes; node++) wake(node);
      },
      state() {
        const inLine: number[] = [];
        for (let call = 0; call < where.length; call++)
          if (where[call] !== OUT && where[call]! < WORKING) inLine.push(call);
        inLine.sort((a, b) => calls.arrivedAt[a]! - calls.arrivedAt[b]! || calls.hop[a]! - calls.hop[b]!);
        return {
          instances: Array.from({ length: nodes }, (_, node) => node < own.shards * copies && !isDown(node)),
          slots: Array.from({ length: slots }, (_, slot) => ({
            instance: slotNode[slot]!,
            hop: slotCall[slot]! < 0 ? -1 : machine.hopOf(slotCall[slot]!),
          })),
          queue: inLine.map((call) => machine.hopOf(call)),
          inside: inside.value,
          readings: {
            connections: [...connections.subarray(0, nodes)],
            running: [...running.subarray(0, nodes)],
            arrivals: [...arrivedAt.subarray(0, nodes)],
            shards: own.shards,
            locks: locks.held,
            schemaLock: migrations === 0 ? 'free' : passed > 0 ? 'waiting' : 'held',
            behind: replication.behind,
          },
        };
      },
    };
  },
});
