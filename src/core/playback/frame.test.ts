import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFrames, served } from './frame.ts';
import { handmadeRun } from './handmade.fixture.ts';

const none = { stops: [] };
const visits = fc.array(
  fc.record({ at: fc.integer({ min: 0, max: 900 }), service: fc.integer({ min: 1, max: 200 }) }),
  {
    maxLength: 700,
  },
);

describe('a frame', () => {
  it('shows a request on its way, then waiting, then served, then on its way back', () => {
    const run = handmadeRun([
      { at: 0, service: 100 },
      { at: 20, service: 50 },
    ]);
    const reader = readFrames(run, none);
    expect(reader.at(5).travelling).toMatchObject([{ hop: 0, share: 0.5, back: false }]);
    expect(reader.at(10).parts['server']!.slots[0]!.hop).toBe(0);
    expect(reader.at(40).parts['server']!.queue).toEqual([1]);
    expect(reader.at(40).parts['server']!.inside).toBe(2);
    expect(reader.at(112)).toMatchObject({ travelling: [{ hop: 0, share: 0.8, back: true, fate: 1 }], answered: 0 });
    expect(reader.at(120)).toMatchObject({ travelling: [], answered: 1, made: 2 });
  });

  it('tells for how many answers a part waits, where that is asked', () => {
    const run = handmadeRun([
      { at: 0, service: 100 },
      { at: 20, service: 50 },
    ]);
    const reader = readFrames(run, { stops: [], waits: ['clients'] });
    const at = (time: number) => reader.at(time).awaited;
    expect([at(5), at(40), at(115), at(125), at(400)]).toEqual([
      { 'clients>server': 1 },
      { 'clients>server': 2 },
      { 'clients>server': 2 },
      { 'clients>server': 1 },
      {},
    ]);
    expect(readFrames(run, none).at(40)).not.toHaveProperty('awaited');
    expect(readFrames(run, { stops: [], waits: ['server'] }).at(40).awaited).toEqual({});
  });

  it('keeps the line in the order of arrival', () => {
    const run = handmadeRun(Array.from({ length: 40 }, (_, each) => ({ at: each, service: 1000 })));
    expect(readFrames(run, none).at(200).parts['server']!.queue).toEqual(
      Array.from({ length: 39 }, (_, each) => each + 1),
    );
  });

  it('equals what a run stopped at that moment has, whatever the visits and the moment', () => {
    fc.assert(
      fc.property(visits, fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 3 }), (unsorted, at, slots) => {
        const sorted = unsorted.toSorted((a, b) => a.at - b.at);
        const whole = readFrames(handmadeRun(sorted, { slots }), none).at(at);
        const stopped = handmadeRun(sorted, { slots, end: at });
        expect(whole.parts['server']).toEqual(stopped.state['server']);
        expect(whole.answered).toBe(stopped.ledger.answered);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('says that a part is stopped for as long as its faults last, also when two overlap', () => {
    const mark = (at: number, kind: 'fault-begins' | 'fault-ends') => ({ at, part: 'server', kind, detail: 'pause' });
    const run = handmadeRun([], {
      marks: [mark(100, 'fault-begins'), mark(150, 'fault-begins'), mark(200, 'fault-ends'), mark(250, 'fault-ends')],
    });
    const reader = readFrames(run, { stops: ['pause'] });
    expect([99, 100, 200, 249, 250].map((at) => reader.at(at).parts['server']!.instances[0])).toEqual([
      true,
      false,
      false,
      false,
      true,
    ]);
  });

  it('measures the progress of a service without the time its part was stopped', () => {
    const run = handmadeRun([{ at: 0, service: 200 }], {
      marks: [
        { at: 60, part: 'server', kind: 'fault-begins', detail: 'pause' },
        { at: 160, part: 'server', kind: 'fault-ends', detail: 'pause' },
      ],
    });
    const reader = readFrames(run, { stops: ['pause'] });
    expect([10, 60, 110, 160, 210].map((at) => served(reader, 0, at))).toEqual([0, 0.5, 0.5, 0.5, 1]);
  });

  it('can be read anywhere in a run of a hundred thousand hops without going through all of them', () => {
    const long = Array.from({ length: 100_000 }, (_, each) => ({ at: each * 10, service: 9 }));
    const reader = readFrames(handmadeRun(long, { end: 1_000_000, window: 10_000 }), none);
    const begun = performance.now();
    let seen = 0;
    for (let frame = 0; frame < 1000; frame += 1) seen += reader.at((frame * 7919) % 1_000_000).travelling.length;
    const each = (performance.now() - begun) / 1000;
    expect(seen).toBeGreaterThan(1000);
    // Going through all hops would take about a millisecond; a frame has sixteen for everything.
    expect(each).toBeLessThan(0.5);
  });
});
