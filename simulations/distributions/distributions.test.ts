import { describe, expect, it } from 'vitest';
import { stream } from '../engine/draws.ts';
import { cv2Of, isExponential, meanOf, sampler, type Distribution } from './index.ts';

const N = 200_000;

const laws: [string, Distribution][] = [
  ['constant', { law: 'constant', mean: 3 }],
  ['exponential', { law: 'exponential', mean: 0.2 }],
  ['gamma, nearly constant', { law: 'gamma', mean: 2, cv2: 0.1 }],
  ['gamma, very variable', { law: 'gamma', mean: 2, cv2: 4 }],
  ['lognormal', { law: 'lognormal', mean: 1, cv2: 2.25 }],
  ['hyperexponential', { law: 'hyperexponential', mean: 1, cv2: 10 }],
  ['uniform', { law: 'uniform', min: 1, max: 5 }],
  ['varied below 1', { law: 'varied', mean: 1, cv2: 0.5 }],
  ['varied above 1', { law: 'varied', mean: 1, cv2: 6 }],
];

function moments(d: Distribution, purpose = 'demand') {
  const draw = sampler(d, stream(5, 0, 'server', purpose));
  let sum = 0;
  let squares = 0;
  let fourth = 0;
  const mean = meanOf(d);
  let least = Infinity;
  for (let request = 0; request < N; request++) {
    const value = draw(request, 0);
    least = Math.min(least, value);
    sum += value;
    squares += (value - mean) * (value - mean);
    fourth += (value - mean) ** 4;
  }
  return { mean: sum / N, variance: squares / N, fourth: fourth / N, least };
}

describe('every distribution has the mean and the variation that it says', () => {
  it.each(laws)('%s', (_, d) => {
    const { mean, variance, fourth, least } = moments(d);
    const expectedVariance = cv2Of(d) * meanOf(d) ** 2;
    expect(least).toBeGreaterThanOrEqual(0);
    // within four standard errors
    expect(Math.abs(mean - meanOf(d))).toBeLessThanOrEqual(4 * Math.sqrt(expectedVariance / N) + 1e-12);
    expect(Math.abs(variance - expectedVariance)).toBeLessThanOrEqual(
      4 * Math.sqrt(Math.max(0, fourth - variance ** 2) / N) + 1e-12,
    );
  });

  it('the exponential has the tail of an exponential', () => {
    const draw = sampler({ law: 'exponential', mean: 1 }, stream(9, 0, 'server', 'demand'));
    let beyond = 0;
    for (let request = 0; request < N; request++) if (draw(request, 0) > 5) beyond++;
    expect(Math.abs(beyond / N - Math.exp(-5))).toBeLessThan(4 * Math.sqrt(Math.exp(-5) / N));
  });

  it('gamma and hyperexponential with variation 1 are the exponential', () => {
    expect(isExponential({ law: 'gamma', mean: 1, cv2: 1 })).toBe(true);
    expect(isExponential({ law: 'varied', mean: 1, cv2: 1 })).toBe(true);
    const draws = (d: Distribution) => Array.from({ length: 50 }, (_, i) => sampler(d, stream(1, 0, 'a', 'b'))(i, 0));
    expect(draws({ law: 'gamma', mean: 2, cv2: 1 })).toEqual(draws({ law: 'exponential', mean: 2 }));
  });
});

describe("a customer's value does not depend on who is drawn before (R2)", () => {
  it.each(laws)('%s', (_, d) => {
    const s = stream(5, 0, 'server', 'demand');
    const forwards = sampler(d, s);
    const jumping = sampler(d, s);
    const inOrder = Array.from({ length: 300 }, (_, request) => forwards(request, 0));
    const order = Array.from({ length: 300 }, (_, i) => (i * 131) % 300);
    for (const request of order) expect(jumping(request, 0)).toBe(inOrder[request]);
    expect(forwards(7, 1)).toBe(jumping(7, 1));
  });
});
