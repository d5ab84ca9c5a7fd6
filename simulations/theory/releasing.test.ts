import { describe, expect, it } from 'vitest';
import { badRelease, waitForDeparture } from './releasing.ts';

describe('going live', () => {
  it('waits half a fixed interval, and a whole one where departures come by chance', () => {
    expect(waitForDeparture(10, 0)).toBe(5);
    expect(waitForDeparture(10, 1)).toBe(10);
  });

  it('holds a bad change the surer the more changes it has', () => {
    expect(badRelease(1, 0.1)).toBeCloseTo(0.1, 12);
    expect(badRelease(2, 0.1)).toBeCloseTo(0.19, 12);
    expect(badRelease(0, 0.1)).toBe(0);
    expect(badRelease(10, 0.1)).toBeCloseTo(1 - 0.3486784401, 10);
  });
});
