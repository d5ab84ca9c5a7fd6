import { describe, expect, it } from 'vitest';
import { decodeRun, encodeRun } from './address.ts';
import type { Frameable } from './setting.ts';
import { viewFrom, viewWords, type View } from './view.ts';

const parts = ['clients', 'server', 'failed-orders'];
const scenario: Frameable = {
  id: 'a',
  horizon: 10,
  seed: 1,
  designs: [{ id: 'base', set: {} }],
  dials: [],
  faults: [],
};

describe('what is open on a stage', () => {
  it.each<View>([
    { followed: null, asked: null },
    { followed: 17, asked: null },
    { followed: null, asked: { kind: 'run' } },
    { followed: 0, asked: { kind: 'moment', at: 5 } },
    { followed: null, asked: { kind: 'part', part: 'failed-orders' } },
    { followed: 4, asked: { kind: 'request', request: 4 } },
    { followed: null, asked: { kind: 'request', request: 4711, cls: 2 } },
    { followed: null, asked: null, loop: { from: 0, to: 9.999999 } },
    { followed: null, asked: null, loop: { from: 1e-6, to: 0.5 } },
    { followed: null, asked: null, sweep: { dial: 'rate', measure: 'clients>server.failures.breaker-open@vip' } },
  ])('goes through a link: %j', (view) => {
    const text = encodeRun({
      scenario: 'a',
      design: 'base',
      dials: {},
      inputs: [],
      seed: 1,
      at: 0,
      engine: '',
      digest: '',
      view: viewWords(view),
    });
    const decoded = decodeRun(text, scenario);
    expect(decoded.ok && viewFrom(decoded.address.view, 5, parts)).toEqual(view);
  });

  it('leaves out what it does not know', () => {
    const nothing = { followed: null, asked: null };
    for (const word of [
      'why:part.__proto__',
      'why:part.nobody',
      'why:',
      'follow:-1',
      'follow:1e9',
      'zoom:2',
      'why:mark',
      'why:request.x',
      'loop:5-5',
      'loop:5-1',
      'loop:-5',
      'loop:0-1e9',
      'sweep:rate',
    ])
      expect(viewFrom([word], 5, parts), word).toEqual(nothing);
  });
});
