/**
 * A run worked out by hand for tests: one client, one line, a few slots, every time given.
 * Independent of the machine on purpose, so that reading a trace is tested against something that is not the machine.
 */
import type { Mark, Run } from '../../../simulations/index.ts';

export interface Visit {
  /** When the request is sent, and how long its service takes, in ticks. */
  at: number;
  service: number;
}

/** A first-come-first-served run of these visits; it stops at `end` and knows nothing of what comes after. */
export function handmadeRun(
  visits: readonly Visit[],
  { latency = 10, slots = 1, end = 1000, marks = [] as Mark[], window = 100 } = {},
): Run {
  const count = visits.filter((visit) => visit.at <= end).length;
  const column = (): Float64Array => new Float64Array(count).fill(-1);
  const [request, sentAt, arrivedAt, startedAt, endedAt, returnedAt] = [0, 0, 0, 0, 0, 0].map(column) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const slot = new Int32Array(count).fill(-1);
  const fate = new Uint8Array(count);
  const freeAt = Array.from({ length: slots }, () => 0);
  for (let row = 0; row < count; row += 1) {
    const { at, service } = visits[row]!;
    const known = (time: number): number => (time <= end ? time : -1);
    const chosen = freeAt.indexOf(Math.min(...freeAt));
    const start = Math.max(at + latency, freeAt[chosen]!);
    freeAt[chosen] = start + service;
    request[row] = row;
    sentAt[row] = at;
    arrivedAt[row] = known(at + latency);
    startedAt[row] = known(start);
    endedAt[row] = known(start + service);
    returnedAt[row] = known(start + service + latency);
    if (startedAt[row]! >= 0) slot[row] = chosen;
    if (endedAt[row]! >= 0) fate[row] = 1;
  }
  const windows = Math.ceil(end / window);
  const answered = returnedAt.filter((time) => time >= 0).length;
  const rows = Array.from({ length: count }, (_, row) => row);
  const waiting = rows.filter((row) => arrivedAt[row]! >= 0 && startedAt[row]! < 0);
  const serving = rows.filter((row) => startedAt[row]! >= 0 && endedAt[row]! < 0);
  return {
    engine: '0.0.0-handmade',
    scenario: 'handmade',
    design: 'one',
    dials: {},
    idleDials: [],
    inputs: [],
    failures: [],
    links: {},
    seed: 1,
    replication: 0,
    time: { unit: 's', ticks: 100 },
    horizon: end,
    endedAt: end,
    ended: 'horizon',
    events: count * 3,
    digest: '0000000000000000',
    measures: {},
    units: {},
    timeShares: {},
    ledger: { made: count, answered, failed: 0, inside: count - answered, conserves: true, little: {} },
    state: {
      clients: { instances: [true], slots: [], queue: [], inside: 0 },
      server: {
        instances: [true],
        slots: Array.from({ length: slots }, (_, each) => ({
          instance: 0,
          hop: serving.find((row) => slot[row] === each) ?? -1,
        })),
        queue: waiting,
        inside: waiting.length + serving.length,
      },
    },
    trace: {
      parts: ['clients', 'server'],
      classes: ['clients'],
      windows: {
        ticks: window,
        count: windows,
        columns: { 'server.queue': new Float64Array(windows), 'server.busy': new Float64Array(windows).fill(0.5) },
      },
      hops: {
        count,
        request,
        from: new Uint16Array(count),
        to: new Uint16Array(count).fill(1),
        parent: new Int32Array(count).fill(-1),
        attempt: new Uint16Array(count),
        cls: new Uint16Array(count),
        by: new Uint16Array(count).fill(1),
        abandoned: new Uint8Array(count),
        sentAt,
        arrivedAt,
        startedAt,
        endedAt,
        returnedAt,
        slot,
        fate,
      },
      marks,
      sampled: false,
      weight: 1,
    },
  };
}
