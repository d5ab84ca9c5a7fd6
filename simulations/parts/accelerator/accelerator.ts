/**
 * An accelerator: one line, a few devices, and batches whose time is a fixed cost and a cost for each request. When a batch
 * begins is its whole policy. It calls nobody, and knows nothing of what is computed.
 */
import { durationSampler, type Sampler } from '../../distributions/index.ts';
import { ANSWERED, fateOf } from '../../engine/machine.ts';
import type { FailureReason } from '../../engine/run.ts';
import { Books } from '../door/books.ts';
import { defineKind } from '../kind.ts';
import { Line, Places } from '../service/line.ts';
import { settings, type AcceleratorSettings } from './settings.ts';

const QUEUE_FULL = fateOf('queue-full');
const IMPATIENT = fateOf('impatient');
const NONE = -1;
const LONGEST = 2 ** 50;
const MILLION = 1_000_000;

const reasonsOf = ({ queueLimit }: AcceleratorSettings): FailureReason[] =>
  queueLimit === null ? ['impatient'] : ['impatient', 'queue-full'];

export const accelerator = defineKind({
  kind: 'accelerator',
  settings,
  actions: {
    slow: 'multiplies the time of the batches that begin meanwhile by the amount',
  },
  adopts: ['fixed', 'perItem', 'unevenness', 'waitLimit', 'queueLimit'],
  takesCalls: true,
  callees: () => [],
  size: ({ devices, batchLimit }) => devices * batchLimit,
  reasons: reasonsOf,
  build(first, site) {
    let own: AcceleratorSettings = first;
    const { machine, id, ticks } = site;
    const { calls, classes, monitor } = machine;
    const { devices, batchLimit } = own;
    const hasPatience = classes.some(({ patience }) => patience !== undefined);

    const books = new Books(site, reasonsOf(own));
    const queue = monitor.level(`${id}.queue`);
    const wait = monitor.tally(`${id}.wait`);
    const computing = monitor.meanTally(`${id}.service`);
    const busy = monitor.level(`${id}.busy`);
    const capacity = monitor.level(`${id}.capacity`);
    monitor.share(`${id}.utilisation`, busy, devices);
    /** Requests on devices: how its time is shared out among batches of each size is kept too. */
    const onDevice = monitor.countedLevel(`${id}.onDevice`);
    const began = monitor.counter();
    monitor.count(`${id}.batches`, 'count', began);
    monitor.count(`${id}.batchRate`, 'rate', began);
    const batchSize = monitor.meanTally(`${id}.batch`, 'number');
    const full = monitor.counter();
    monitor.count(`${id}.fullBatches`, 'share', full, began);

    const line = new Line(1, new Places());
    /** Calls on the devices, each device's own stretch; those that were taken back leave a hole. */
    const placed = new Int32Array(devices * batchLimit).fill(NONE);
    const isBusy = new Uint8Array(devices);
    let slowed = 1;
    /** The moment of the latest turn that was asked for. */
    let turnAt = NONE;

    const stream = machine.stream(id, 'batch');
    let varies: Sampler;
    function takeSettings(): void {
      // drawn as a factor, in millionths
      varies = durationSampler({ law: 'varied', mean: 1, cv2: own.unevenness }, stream, MILLION);
    }
    takeSettings();

    const batchIsDone = machine.on((device) => {
      const end = (device + 1) * batchLimit;
      for (let slot = device * batchLimit; slot < end; slot++) {
        // read anew each time: one answer may make its caller take back another of the same batch
        const call = placed[slot]!;
        if (call === NONE) continue;
        placed[slot] = NONE;
        onDevice.set(machine.now, onDevice.value - 1);
        computing.add(calls.cls[call]!, machine.now - calls.startedAt[call]!);
        books.end(call, ANSWERED, 0);
      }
      // free only now, so that those who ask again at once come as one batch
      isBusy[device] = 0;
      busy.set(machine.now, busy.value - 1);
      beginWhatMay();
    });
    const turn = machine.on(() => beginWhatMay());
    const leaves = machine.on((call, hop) => {
      if (calls.hop[call] !== hop || calls.startedAt[call]! >= 0) return;
      outOfLine(call);
      books.fail(call, IMPATIENT);
    });

    function oldest(): number {
      const call = line.shift();
      line.unshift(call, 0);
      return call;
    }

    function outOfLine(call: number): void {
      line.remove(call, 0);
      queue.set(machine.now, line.size);
    }

    /** Begins batches as long as a device is free and one is due; else asks for a turn when the oldest has waited long enough. */
    function beginWhatMay(): void {
      while (line.size > 0) {
        const device = isBusy.indexOf(0);
        if (device < 0) return;
        if (line.size < batchLimit) {
          if (own.waitLimit === null) return;
          const due = calls.arrivedAt[oldest()]! + Math.min(LONGEST, Math.round(own.waitLimit * ticks));
          if (due > machine.now) {
            if (turnAt !== due) machine.after(due - machine.now, turn, 0, 0);
            turnAt = due;
            return;
          }
        }
        begin(device);
      }
    }

    function begin(device: number): void {
      const { now } = machine;
      const count = Math.min(batchLimit, line.size);
      const first = oldest();
      // by the request that leads the batch, so that the same luck meets the same requests (rule R2)
      const factor = (varies(calls.request[first]!, calls.path[first]!) / MILLION) * slowed;
      let work = 0;
      for (let place = 0; place < count; place++) {
        const call = line.shift();
        const slot = device * batchLimit + place;
        placed[slot] = call;
        work += classes[calls.cls[call]!]!.size?.(calls.request[call]!, calls.path[call]!) ?? 1;
        wait.add(calls.cls[call]!, now - calls.arrivedAt[call]!);
        machine.begins(call, slot);
      }
      isBusy[device] = 1;
      queue.set(now, line.size);
      onDevice.set(now, onDevice.value + count);
      busy.set(now, busy.value + 1);
      began.add(0);
      batchSize.add(0, count * ticks);
      if (count === batchLimit) full.add(0);
      const takes = Math.round((own.fixed + own.perItem * work) * factor * ticks);
      machine.after(Math.min(LONGEST, takes), batchIsDone, device, 0);
    }

    /** Whether one who comes now is on a device at this very moment, and so does not wait. */
    const goesAtOnce = (): boolean => isBusy.includes(0) && (own.waitLimit === 0 || line.size + 1 >= batchLimit);

    return {
      start() {
        capacity.set(0, devices);
      },
      receive(call) {
        books.arrivals.add(calls.cls[call]!);
        if (own.queueLimit !== null && line.size >= own.queueLimit && !goesAtOnce()) {
          books.turnAway(call, QUEUE_FULL);
          return;
        }
        books.enter(call);
        line.push(call, 0);
        queue.set(machine.now, line.size);
        if (hasPatience) {
          const patience = classes[calls.cls[call]!]!.patience?.(calls.request[call]!, calls.path[call]!);
          if (patience !== undefined) machine.after(patience, leaves, call, calls.hop[call]!);
        }
        beginWhatMay();
      },
      cancel(call) {
        if (calls.startedAt[call]! < 0) outOfLine(call);
        else {
          placed[calls.slot[call]!] = NONE;
          onDevice.set(machine.now, onDevice.value - 1);
        }
        books.drop(call);
      },
      faults: {
        slow: (begins, amount) => void (slowed = begins ? slowed * amount : slowed / amount),
      },
      adopt(settingsNow: AcceleratorSettings) {
        own = settingsNow;
        takeSettings();
        beginWhatMay();
      },
      state: () => ({
        instances: Array.from({ length: devices }, () => true),
        slots: Array.from(placed, (call, slot) => ({
          instance: Math.floor(slot / batchLimit),
          hop: call === NONE ? -1 : machine.hopOf(call),
        })),
        queue: line.list().map((call) => machine.hopOf(call)),
        inside: books.inside.value,
      }),
    };
  },
});
