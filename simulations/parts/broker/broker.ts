/**
 * A message broker: it accepts messages, answers their producers, and has each worked on afterwards by its groups of
 * consumers. Who produces, and what the work is, it does not know.
 *
 * Its readings: `accepted`, `lost` and `stored` (messages that some group is not done with); for each group, in the order of `groups`,
 * `lag`, `waiting`, `inWork`, `delivered`, `dead`, `expired`, `duplicates`, `redelivered`, `consumers`; and, one group after the
 * other, `partitionLags` and `owners`, the consumer that each partition belongs to (−1 for none). In every group,
 * accepted = lost + delivered + dead + expired + waiting + inWork.
 */
import { durationSampler, type Sampler } from '../../distributions/index.ts';
import type { Lane } from '../../engine/calendar.ts';
import { uniform } from '../../engine/draws.ts';
import { fateOf } from '../../engine/machine.ts';
import type { FailureReason } from '../../engine/run.ts';
import { defineKind } from '../kind.ts';
import { DEAD_LETTER, Group } from './group.ts';
import { Messages } from './messages.ts';
import { settings, type BrokerSettings } from './settings.ts';
import { watchGroup } from './watch.ts';

const QUEUE_FULL = fateOf('queue-full');
const UNAVAILABLE = fateOf('unavailable');

function reasonsOf({ capacity }: BrokerSettings): FailureReason[] {
  return capacity === null ? ['unavailable'] : ['queue-full', 'unavailable'];
}

export const broker = defineKind({
  kind: 'broker',
  settings,
  actions: {
    down: 'takes the broker down: it refuses messages as `unavailable`, those too that it is accepting, and delivers nothing; what it holds it keeps, and what is in work goes on',
    'consumers-stop':
      'stops the consumers of one group (named by `instance`): they take nothing; what they have in work goes on',
    duplicate: 'sends the amount (a share) of deliveries that went well a second time, right away to the same consumer',
    lose: 'loses the amount (a share) of messages after they were accepted',
  },
  adopts: ['groups', 'capacity', 'acceptTime', 'retention', 'drainedFrom'],
  takesCalls: true,
  callees: ({ groups }) =>
    groups.flatMap(({ to, deadLetter }, i) => [
      { id: to, path: `groups.${i}.to` },
      ...(deadLetter === undefined ? [] : [{ id: deadLetter, path: `groups.${i}.deadLetter` }]),
    ]),
  size: ({ groups, partitions }) =>
    groups.reduce((sum, { consumers, prefetch }) => sum + consumers * prefetch + partitions, 0),
  reasons: reasonsOf,
  contradictions({ mode, partitions, groups }) {
    const problems = [];
    if (mode === 'queue' && groups.length > 1)
      problems.push({
        path: 'groups',
        message: `${groups.length} groups at one queue`,
        expected: 'one group, whose consumers compete, or publish-subscribe',
      });
    if (mode === 'queue' && partitions > 1)
      problems.push({
        path: 'partitions',
        message: `a queue in ${partitions} partitions`,
        expected: '1, or publish-subscribe',
      });
    for (const [i, { id }] of groups.entries())
      if (groups.findIndex((other) => other.id === id) < i)
        problems.push({
          path: `groups.${i}.id`,
          message: `${id} stands twice`,
          expected: 'a different id for each',
        });
    return problems;
  },
  build(first, site) {
    const { machine, id, row, ticks, books } = site;
    let own: BrokerSettings = first;
    const { calls, monitor } = machine;

    const inside = monitor.countedLevel(`${id}.inside`);
    books(inside);
    const stored = monitor.level(`${id}.stored`);
    const partitionLag = monitor.level(`${id}.partitionLag`);
    const behind = monitor.level(`${id}.behind`);
    const arrivals = monitor.count(`${id}.arrivals`, 'count', monitor.counter(), null, true);
    const accepted = monitor.count(`${id}.accepted`, 'count', monitor.counter(), null, true);
    const lost = monitor.count(`${id}.lost`, 'count', monitor.counter(), null, true);
    const refused = monitor.counter();
    monitor.count(`${id}.refused`, 'share', refused, arrivals, true);
    const response = monitor.tally(`${id}.response`);
    const failures = new Map(
      (['queue-full', 'unavailable'] as const).map((reason) => [
        fateOf(reason),
        monitor.count(`${id}.failures.${reason}`, 'count', monitor.counter(), null, true),
      ]),
    );
    const all = watchGroup(monitor, id, '');

    const messages = new Messages(own.groups.length);
    const groups = own.groups.map((group, i) => {
      const watches = own.groups.length === 1 ? [all] : [all, watchGroup(monitor, id, `.${group.id}`)];
      return new Group(site, own, i, messages, watches, groupChanged);
    });

    const acceptStream = machine.stream(id, 'accept');
    const lossStream = machine.stream(id, 'lose');
    let downBy = 0;
    let lossShare = 0;
    let nextPartition = 0;
    let acceptedTotal = 0;
    let lostTotal = 0;

    const isAccepted = machine.on((call, hop) => {
      if (calls.hop[call] === hop && calls.endedAt[call]! < 0) accept(call);
    });
    let acceptLane: Lane | null = null;
    let acceptTime: Sampler | null = null;
    function takeSettings(): void {
      acceptLane = null;
      acceptTime = null;
      if (typeof own.acceptTime !== 'number') acceptTime = durationSampler(own.acceptTime, acceptStream, ticks);
      else if (own.acceptTime > 0) acceptLane = machine.lane(Math.round(own.acceptTime * ticks), isAccepted);
    }
    takeSettings();

    function groupChanged(): void {
      let worst = 0;
      let late = 0;
      for (const group of groups) {
        worst = Math.max(worst, group.worst);
        if (group.isBehind) late++;
      }
      if (worst !== partitionLag.value) partitionLag.set(machine.now, worst);
      if (late !== behind.value) behind.set(machine.now, late);
      if (messages.stored !== stored.value) stored.set(machine.now, messages.stored);
    }

    function receive(call: number): void {
      const { now } = machine;
      arrivals.add(calls.cls[call]!);
      if (downBy > 0) {
        refuse(call, UNAVAILABLE);
        return;
      }
      if (own.capacity !== null && messages.stored + inside.value >= own.capacity) {
        refuse(call, QUEUE_FULL);
        return;
      }
      inside.set(now, inside.value + 1);
      machine.begins(call, 0);
      if (acceptLane !== null) acceptLane.after(now, call, calls.hop[call]!);
      else if (acceptTime !== null)
        machine.after(acceptTime(calls.request[call]!, calls.path[call]!), isAccepted, call, calls.hop[call]!);
      else accept(call);
    }

    function refuse(call: number, reason: number): void {
      const cls = calls.cls[call]!;
      refused.add(cls);
      failures.get(reason)!.add(cls);
      machine.refuse(call, reason);
    }

    /** The message is the broker's from now on, and its producer is told so. */
    function accept(call: number): void {
      const { now } = machine;
      const cls = calls.cls[call]!;
      accepted.add(cls);
      acceptedTotal++;
      response.add(cls, now - calls.arrivedAt[call]!);
      const partition = keep(call);
      inside.set(now, inside.value - 1);
      machine.answer(call);
      if (partition >= 0) for (const group of groups) group.offer(partition);
    }

    /** Keeps a message for every group, and says in which partition; −1 when it gets lost. */
    function keep(call: number): number {
      const request = calls.request[call]!;
      const cls = calls.cls[call]!;
      const path = calls.path[call]!;
      const key = calls.key[call]!;
      if (lossShare > 0 && uniform(lossStream, request, path) < lossShare) {
        lost.add(cls);
        lostTotal++;
        return -1;
      }
      let partition = nextPartition;
      if (own.partitionBy === 'key') partition = Math.abs(key) % own.partitions;
      else nextPartition = partition + 1 === own.partitions ? 0 : partition + 1;
      const message = messages.keep(machine.now, request, cls, path, key, calls.operation[call]!, partition);
      for (const group of groups) group.append(message);
      return partition;
    }

    return {
      receive,
      answered(call) {
        const note = calls.note[call]!;
        if (note !== DEAD_LETTER) groups[note % groups.length]!.answered(call);
      },
      cancel(call) {
        inside.set(machine.now, inside.value - 1);
        machine.drop(call);
      },
      faults: {
        down(begins) {
          downBy += begins ? 1 : -1;
          for (const group of groups) {
            if (begins) group.stop();
            else group.goOn();
          }
          if (!begins || inside.value === 0) return;
          // in the order in which they were made: rows are used again in an order that other parts have a say in
          const accepting: number[] = [];
          for (let call = 0; call < calls.rows; call++)
            if (
              calls.hop[call]! >= 0 &&
              calls.arrivedAt[call]! >= 0 &&
              calls.endedAt[call]! < 0 &&
              machine.wayAt(calls.way[call]!).to === row
            )
              accepting.push(call);
          const hops = new Map(accepting.map((call) => [call, calls.hop[call]!]));
          for (const call of accepting.toSorted((x, y) => hops.get(x)! - hops.get(y)!)) {
            if (calls.hop[call] !== hops.get(call) || calls.endedAt[call]! >= 0) continue;
            inside.set(machine.now, inside.value - 1);
            refuse(call, UNAVAILABLE);
          }
        },
        'consumers-stop'(begins, _amount, which) {
          const group = groups[which];
          if (begins) group?.stop();
          else group?.goOn();
        },
        duplicate(begins, amount) {
          for (const group of groups) group.sendTwice(begins ? Math.min(1, amount) : 0);
        },
        lose(begins, amount) {
          lossShare = begins ? Math.min(1, amount) : 0;
        },
      },
      adopt(changed: BrokerSettings) {
        const before = own;
        own = changed;
        if (JSON.stringify(changed.acceptTime) !== JSON.stringify(before.acceptTime)) takeSettings();
        for (const group of groups) group.adopt(changed);
      },
      state() {
        const each = (read: (group: Group) => number) => groups.map(read);
        return {
          instances: groups.map((group) => !group.isStopped),
          slots: [],
          queue: [],
          inside: inside.value,
          readings: {
            accepted: acceptedTotal,
            lost: lostTotal,
            stored: messages.stored,
            groups: own.groups.map((group) => group.id),
            lag: each(({ waiting, inWork }) => waiting + inWork),
            waiting: each(({ waiting }) => waiting),
            inWork: each(({ inWork }) => inWork),
            delivered: each(({ delivered }) => delivered),
            dead: each(({ dead }) => dead),
            expired: each(({ expired }) => expired),
            duplicates: each(({ duplicates }) => duplicates),
            redelivered: each(({ redelivered }) => redelivered),
            consumers: each(({ consumers }) => consumers),
            partitionLags: groups.flatMap(({ partitionLags }) => [...partitionLags]),
            owners: groups.flatMap(({ owners }) => [...owners]),
          },
        };
      },
    };
  },
});
