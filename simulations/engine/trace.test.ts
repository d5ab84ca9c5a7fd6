import { describe, expect, it } from 'vitest';
import { readFrames } from '../../src/core/playback/frame.ts';
import { simulate } from '../index.ts';
import { Calls } from './calls.ts';
import { fates, type Hops } from './run.ts';
import { kept, MOST_HOPS, TraceRecorder } from './trace.ts';

const [answered, error] = [fates.indexOf('answered'), fates.indexOf('error')];

/** A recorder that is told of requests as a machine would: each of two hops, `client > front > back`. */
function recording(most: number) {
  const calls = new Calls();
  const trace = new TraceRecorder(calls, most);
  const send = (request: number, now: number, parent = -1): number => {
    const call = calls.begin(now, request, 0, 0, 0, 0, 0, parent);
    trace.sent(call, now, parent < 0 ? 0 : 1, parent < 0 ? 1 : 2);
    trace.arrived(call, now);
    trace.started(call, now, 0);
    return call;
  };
  const end = (call: number, now: number, fate: number): void => {
    trace.ended(call, now, fate, 0);
    trace.returned(call, now);
    calls.close(call);
  };
  /** A whole request: it sets out at its number in ticks. */
  const pass = (request: number, took: number, fate = answered): void => {
    const root = send(request, request);
    end(send(request, request, root), request + took, fate);
    end(root, request + took, fate);
  };
  return { trace, send, end, pass };
}

const rowsOf = (hops: Hops, choose: (hop: number) => boolean): number[] =>
  Array.from({ length: hops.count }, (_, hop) => hop).filter(choose);

/** Every hop hangs on one of its own request that was sent before it, or sets out from the client. */
function expectParents(hops: Hops): void {
  for (let hop = 0; hop < hops.count; hop++) {
    const parent = hops.parent[hop]!;
    if (parent < 0) expect(hops.from[hop]).toBe(0);
    else {
      expect(parent).toBeLessThan(hop);
      expect(hops.request[parent]).toBe(hops.request[hop]);
      expect(hops.to[parent]).toBe(hops.from[hop]);
    }
  }
}

describe('a trace', () => {
  it('keeps every hop while there is room, and then says no reason for any', () => {
    const { trace, pass } = recording(1000);
    for (let request = 0; request < 500; request++) pass(request, 1);
    expect(trace).toMatchObject({ sampled: false, weight: 1 });
    expect(trace.hops().count).toBe(1000);
    expect(trace.hops().kept).toBeUndefined();
  });

  it('over its budget keeps all that failed, and estimates how many were answered without bias (B1)', () => {
    const { trace, pass } = recording(2000);
    const total = 40_000;
    // one in 200 fails; what is answered takes 1 to 101 ticks, so that ties and the slowest are both there
    for (let request = 0; request < total; request++)
      pass(request, 1 + ((request * 37) % 101), request % 200 === 7 ? error : answered);
    const hops = trace.hops();
    expect(trace.sampled).toBe(true);
    expect(hops.count).toBeLessThanOrEqual(2000);
    expectParents(hops);
    const roots = rowsOf(hops, (hop) => hops.parent[hop]! < 0);
    const failed = roots.filter((hop) => hops.fate[hop] === error);
    expect(failed.map((hop) => hops.request[hop])).toEqual(Array.from({ length: total / 200 }, (_, i) => i * 200 + 7));
    const sampled = roots.filter((hop) => hops.kept![hop] === kept.sampled).length;
    const certain = roots.filter((hop) => hops.kept![hop] === kept.slow).length;
    const estimate = sampled * trace.weight + certain;
    // binomial: each of the answered is in the sample with chance 1 / weight
    const deviation = Math.sqrt(total * (trace.weight - 1));
    expect(sampled).toBeGreaterThan(100);
    expect(Math.abs(estimate - total * (199 / 200))).toBeLessThan(4 * deviation);
  });

  it('chooses its sample by request: both hops of one are kept, and early and late ones alike', () => {
    const { trace, pass } = recording(2000);
    for (let request = 0; request < 40_000; request++) pass(request, 5);
    const hops = trace.hops();
    const sampled = rowsOf(hops, (hop) => hops.kept![hop] === kept.sampled);
    const roots = sampled.filter((hop) => hops.parent[hop]! < 0);
    expect(sampled).toHaveLength(2 * roots.length);
    const early = roots.filter((hop) => hops.request[hop]! < 20_000).length;
    expect(Math.abs(early - roots.length / 2)).toBeLessThan(4 * Math.sqrt(roots.length / 4));
  });

  it('keeps the slowest', () => {
    const { trace, pass } = recording(2000);
    for (let request = 0; request < 40_000; request++) pass(request, request % 1000 === 3 ? 5000 + request : 5);
    const hops = trace.hops();
    const slow = rowsOf(hops, (hop) => hops.parent[hop]! < 0 && hops.kept![hop] === kept.slow);
    expect(slow.map((hop) => hops.request[hop])).toEqual(Array.from({ length: 40 }, (_, i) => i * 1000 + 3));
  });

  it('goes on with a request that is open while others are left out', () => {
    const { trace, send, end, pass } = recording(200);
    for (let request = 0; request < 90; request++) pass(request, 1);
    const root = send(90, 90);
    const child = send(90, 90, root);
    for (let request = 91; request < 2000; request++) pass(request, 1);
    const before = trace.hops();
    expect(before.request[trace.rowOf(root)]).toBe(90);
    expect(before.kept![trace.rowOf(root)]).toBe(kept.open);
    expect(before.parent[trace.rowOf(child)]).toBe(trace.rowOf(root));
    const [rowOfRoot, rowOfChild] = [trace.rowOf(root), trace.rowOf(child)];
    end(child, 3000, error);
    end(root, 3001, error);
    const after = trace.hops();
    expect([after.returnedAt[rowOfChild], after.returnedAt[rowOfRoot]]).toEqual([3000, 3001]);
    expect(after.kept![rowOfRoot]).toBe(kept.failed);
  });

  it('samples failures as well when they alone fill half of it', () => {
    const { trace, pass } = recording(2000);
    const total = 40_000;
    for (let request = 0; request < total; request++) pass(request, 5, request % 2 === 0 ? error : answered);
    const hops = trace.hops();
    expect(hops.count).toBeLessThanOrEqual(2000);
    const sampled = rowsOf(hops, (hop) => hops.parent[hop]! < 0 && hops.kept![hop] === kept.sampled);
    expect(rowsOf(hops, (hop) => hops.kept![hop] === kept.failed)).toEqual([]);
    const failed = sampled.filter((hop) => hops.fate[hop] === error).length * trace.weight;
    expect(Math.abs(failed - total / 2)).toBeLessThan(4 * Math.sqrt((total / 2) * (trace.weight - 1)));
  });

  it('stays under its budget, and uniform, when more is open than it could keep', () => {
    const { trace, send } = recording(2000);
    const total = 20_000;
    for (let request = 0; request < total; request++) send(request, request, send(request, request));
    const hops = trace.hops();
    expect(hops.count).toBeLessThanOrEqual(2000);
    expectParents(hops);
    expect(hops.kept!.every((why) => why === kept.sampled)).toBe(true);
    const estimate = (hops.count / 2) * trace.weight;
    expect(Math.abs(estimate - total)).toBeLessThan(4 * Math.sqrt(total * (trace.weight - 1)));
  });

  it('of a whole run stays under its budget, and names in its state what it kept (B1)', { timeout: 60_000 }, () => {
    const run = simulate(
      {
        id: 'many',
        horizon: 300,
        parts: {
          clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 1000 }, calls: ['front'] },
          front: { kind: 'service', threads: 2, service: { law: 'exponential', mean: 0.001 }, calls: ['back'] },
          back: { kind: 'service', service: { law: 'exponential', mean: 0.0007 } },
        },
      },
      { record: 'trace' },
    );
    const { hops, parts, sampled, weight } = run.trace!;
    expect(sampled).toBe(true);
    expect(hops.count).toBeLessThanOrEqual(MOST_HOPS);
    const at = (id: string) => parts.indexOf(id);
    const roots = rowsOf(hops, (hop) => hops.from[hop] === at('clients'));
    const standsFor = [weight, 1, 1, 1, 0];
    const estimate = roots.reduce((sum, hop) => sum + standsFor[hops.kept![hop]!]!, 0);
    expect(Math.abs(estimate - run.ledger.made)).toBeLessThan(4 * Math.sqrt(run.ledger.made * (weight - 1)));
    for (const id of ['front', 'back'])
      for (const hop of [...run.state[id]!.queue, ...run.state[id]!.slots.map((slot) => slot.hop)])
        if (hop >= 0) expect([hops.to[hop], hops.endedAt[hop]]).toEqual([at(id), -1]);
    const frame = readFrames(run, { stops: [] }).at(run.endedAt / 2);
    expect(frame.made).toBeGreaterThan(0);
    for (const slot of frame.parts.back!.slots) if (slot.hop >= 0) expect(hops.to[slot.hop]).toBe(at('back'));
  });
});
