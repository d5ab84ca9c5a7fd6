/**
 * A service: instances with threads, and one line of waiting requests before them, first come first served.
 * It serves one request per thread; who called, and what for, it does not know.
 */
import { distribution, sampler } from '../../distributions/index.ts';
import { wider } from '../../engine/calendar.ts';
import { Count } from '../../engine/monitor.ts';
import { fateOf } from '../../engine/machine.ts';
import { field, nullable, number, object, otherwise, whole, z } from '../../fields.ts';
import { defineKind } from '../kind.ts';

const settings = field(
  'A service: instances and threads that serve requests, and a line before them.',
  object({
    kind: z.literal('service'),
    instances: field('How many copies of the service run.', otherwise(whole({ min: 1, max: 1000 }), 1)),
    threads: field('How many requests one instance serves at a time.', otherwise(whole({ min: 1, max: 10_000 }), 1)),
    queueLimit: field(
      'How many may wait before the service as a whole; null for no limit. One more is refused: `queue-full`.',
      otherwise(nullable(whole({ min: 0, max: 1_000_000 })), null),
    ),
    service: field('How long one request takes on a server of speed 1.', distribution),
    speed: field(
      'How fast the servers are: 2 halves every service time.',
      otherwise(number({ above: 0, max: 1e6 }), 1),
    ),
  }),
);

const FREE = 0;
const BUSY = 1;
/** Free, but its instance does not work. */
const ASIDE = 2;

export const service = defineKind({
  kind: 'service',
  settings,
  actions: { pause: 'stops an instance; what it was serving stays where it is and goes on afterwards' },
  callees: () => [],
  size: (own) => own.instances * own.threads,
  build(own, { machine, id, ticks, books }) {
    const { calls, monitor } = machine;
    const slots = own.instances * own.threads;
    const demand = sampler(own.service, machine.stream(id, 'demand'));
    const ticksOfDemand = ticks / own.speed;
    const limit = own.queueLimit ?? Infinity;
    const queueFull = fateOf('queue-full');

    const busyWith = new Int32Array(slots).fill(-1);
    const condition = new Uint8Array(slots);
    /** Entries in the calendar for a slot are good only while they bear its token. */
    const token = new Int32Array(slots);
    const endsAt = new Float64Array(slots);
    const left = new Float64Array(slots);
    /** Whoever has been free longest serves next. */
    const free = new Int32Array(slots);
    let freeHead = 0;
    let freeCount = 0;
    const pausedBy = new Int32Array(own.instances);
    const instanceOf = Int32Array.from({ length: slots }, (_, slot) => Math.floor(slot / own.threads));
    const isWorking = (slot: number) => pausedBy[instanceOf[slot]!] === 0;

    let line = new Int32Array(64);
    let lineHead = 0;
    let waiting = 0;
    let busy = 0;
    let frozen = 0;
    let refusedBefore = false;

    const inside = monitor.countedLevel(`${id}.inside`);
    const queue = monitor.level(`${id}.queue`);
    const working = monitor.level(`${id}.busy`);
    monitor.share(`${id}.utilisation`, working, slots);
    const response = monitor.tally(`${id}.response`);
    const wait = monitor.tally(`${id}.wait`);
    const served = monitor.tally(`${id}.service`);
    const arrivals = monitor.count(`${id}.arrivals`, 'count');
    const completions = monitor.count(`${id}.completions`, 'count');
    const refused = monitor.count(`${id}.failures.queue-full`, 'count');
    monitor.count(`${id}.throughput`, 'rate', completions);
    const begun = new Count();
    const delayed = monitor.count(`${id}.delayed`, 'share', new Count(), begun);
    monitor.count(`${id}.refused`, 'share', refused, arrivals);
    books(inside);

    for (let slot = 0; slot < slots; slot++) release(slot);

    const finish = machine.on((slot, forToken) => {
      if (token[slot] !== forToken) return;
      const call = busyWith[slot]!;
      const now = machine.now;
      token[slot] = forToken + 1;
      inside.set(now, inside.value - 1);
      completions.total++;
      response.add(now - calls.arrivedAt[call]!);
      served.add(now - calls.startedAt[call]!);
      if (waiting > 0) serve(shift(), slot);
      else {
        busyWith[slot] = -1;
        setBusy(busy - 1);
        release(slot);
      }
      machine.answer(call);
    });

    function release(slot: number): void {
      if (!isWorking(slot)) {
        condition[slot] = ASIDE;
        return;
      }
      condition[slot] = FREE;
      const end = freeHead + freeCount++;
      free[end < slots ? end : end - slots] = slot;
    }

    /** The slot that has been free longest and may work, or -1. */
    function takeFree(): number {
      while (freeCount > 0) {
        const slot = free[freeHead]!;
        if (++freeHead === slots) freeHead = 0;
        freeCount--;
        if (isWorking(slot)) return slot;
        condition[slot] = ASIDE;
      }
      return -1;
    }

    /** Serves a call on a slot that is counted as busy already. */
    function serve(call: number, slot: number): void {
      busyWith[slot] = call;
      const now = machine.now;
      const waited = now - calls.arrivedAt[call]!;
      wait.add(waited);
      begun.total++;
      if (waited > 0) delayed.total++;
      machine.begins(call, slot);
      const duration = Math.round(demand(calls.request[call]!, calls.note[call]!) * ticksOfDemand);
      endsAt[slot] = now + duration;
      machine.after(duration, finish, slot, token[slot]!);
    }

    function begin(call: number, slot: number): void {
      condition[slot] = BUSY;
      setBusy(busy + 1);
      serve(call, slot);
    }

    /** Takes the first out of the line. */
    function shift(): number {
      const call = line[lineHead]!;
      lineHead = (lineHead + 1) & (line.length - 1);
      queue.set(machine.now, --waiting);
      return call;
    }

    /** Serves the first in line if a thread is free; says whether it did. */
    function serveNext(): boolean {
      if (waiting === 0) return false;
      const slot = takeFree();
      if (slot < 0) return false;
      begin(shift(), slot);
      return true;
    }

    function setBusy(count: number): void {
      busy = count;
      working.set(machine.now, busy - frozen);
    }

    return {
      receive(call) {
        arrivals.total++;
        const slot = waiting === 0 ? takeFree() : -1;
        if (slot >= 0) {
          inside.set(machine.now, inside.value + 1);
          begin(call, slot);
          return;
        }
        if (waiting >= limit) {
          refused.total++;
          if (!refusedBefore)
            machine.trace?.mark({ at: machine.now, part: id, kind: 'first-refusal', detail: 'queue-full' });
          refusedBefore = true;
          machine.answer(call, queueFull);
          return;
        }
        inside.set(machine.now, inside.value + 1);
        if (waiting === line.length) {
          const wide = wider(line);
          for (let i = 0; i < waiting; i++) wide[i] = line[(lineHead + i) & (line.length - 1)]!;
          line = wide;
          lineHead = 0;
        }
        line[(lineHead + waiting++) & (line.length - 1)] = call;
        queue.set(machine.now, waiting);
      },
      faults: {
        pause(begins, _amount, instance) {
          if (instance >= own.instances) return;
          pausedBy[instance]! += begins ? 1 : -1;
          const stops = begins && pausedBy[instance] === 1;
          const goesOn = !begins && pausedBy[instance] === 0;
          if (!stops && !goesOn) return;
          for (let slot = instance * own.threads; slot < (instance + 1) * own.threads; slot++) {
            if (busyWith[slot]! >= 0) {
              if (stops) {
                left[slot] = endsAt[slot]! - machine.now;
                token[slot]!++;
                frozen++;
              } else {
                endsAt[slot] = machine.now + left[slot]!;
                machine.after(left[slot]!, finish, slot, token[slot]!);
                frozen--;
              }
            } else if (goesOn && condition[slot] === ASIDE) release(slot);
          }
          setBusy(busy);
          while (serveNext());
        },
      },
      state() {
        const hops = calls.hop;
        return {
          instances: Array.from(pausedBy, (count) => count === 0),
          slots: Array.from(busyWith, (call, slot) => ({
            instance: instanceOf[slot]!,
            hop: call < 0 ? -1 : hops[call]!,
          })),
          queue: Array.from({ length: waiting }, (_, i) => hops[line[(lineHead + i) & (line.length - 1)]!]!),
          inside: inside.value,
        };
      },
    };
  },
});
