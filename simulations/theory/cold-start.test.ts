import { describe, expect, it } from 'vitest';
import * as theory from './index.ts';

describe('servers that must start', () => {
  it('a constant start of 5 gives the published response and share of cold starts', () => {
    expect(theory.responseSetupMG1(0.5, 1, 1, { mean: 5, cv2: 0 })).toBeCloseTo(5.2142857143, 9);
    expect(theory.setupShares(0.5, 1, { mean: 5, cv2: 0 }).off).toBeCloseTo(0.1428571429, 9);
  });

  it('an exponential start is felt in full: response is M/M/1 plus its mean', () => {
    // memoryless: (2I + 2λI²) / (2(1 + λI)) = I
    expect(theory.responseSetupMG1(0.5, 1, 1, { mean: 5, cv2: 1 })).toBeCloseTo(7, 12);
  });

  it('no start, or a server that never goes off, is M/G/1', () => {
    const plain = theory.waitMG1(0.6, 1, 2) + 1;
    expect(theory.responseSetupMG1(0.6, 1, 2, { mean: 0, cv2: 0 })).toBeCloseTo(plain, 12);
    expect(theory.responseSetupMG1(0.6, 1, 2, { mean: 9, cv2: 0, keepAlive: 1e4 })).toBeCloseTo(plain, 12);
    expect(theory.responseSetupMG1(1, 1, 1, { mean: 1, cv2: 0 })).toBe(Infinity);
  });

  it('agrees with the chain of its states, also when it is kept warm for a while', () => {
    const [rate, mean, goesOff] = [0.4, 4, 0.3];
    const solved = theory.longRun({
      up: [
        [rate, 0],
        [0, rate],
      ],
      // phases: cold (off, or starting when somebody is there) and warm
      stay: [
        [0, 1 / mean],
        [0, 0],
      ],
      down: [
        [0, 0],
        [0, 1],
      ],
      stayAtZero: [
        [0, 0],
        [goesOff, 0],
      ],
    })!;
    // the response depends only on the chance that nobody comes before it goes off
    const keepAlive = Math.log((goesOff + rate) / goesOff) / rate;
    const setup = { mean, cv2: 1, keepAlive };
    expect(theory.responseSetupMG1(rate, 1, 1, setup)).toBeCloseTo(solved.meanLevel / rate, 10);
    const shares = theory.setupShares(rate, 1, setup);
    expect(shares.off).toBeCloseTo(solved.atZero[0]!, 12);
    expect(shares.idle).toBeCloseTo(solved.atZero[1]!, 12);
    expect(shares.starting).toBeCloseTo(solved.phases[0]! - solved.atZero[0]!, 12);
    expect(shares.busy).toBeCloseTo(0.4, 12);
  });

  it('one call in e finds a cold function when calls come once per idle limit', () => {
    expect(theory.coldStartShare(4, 0.25)).toBeCloseTo(1 / Math.E, 14);
    expect(theory.coldStartShare(4, 0)).toBe(1);
  });
});
