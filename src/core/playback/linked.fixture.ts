/** A small scenario that links in the tests speak of: two designs, two dials, a fault. */
import type { Frameable } from './setting.ts';

export const linked: Frameable = {
  id: 'one-server',
  horizon: 600,
  seed: 1,
  designs: [
    { id: 'one', set: {} },
    { id: 'two', set: {} },
  ],
  dials: [
    { id: 'arrivalRate', unit: 'rate', min: 0.5, max: 12, step: 0.1, start: 8, sets: ['parts.a.b'] },
    { id: 'variability', unit: 'number', min: 0, max: 10, step: 0.25, start: 1, sets: ['parts.a.c'] },
  ],
  faults: [{ id: 'pause' }],
};
