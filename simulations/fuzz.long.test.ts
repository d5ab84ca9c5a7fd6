/** 20,000 hostile scenarios: each ends with a result or a message (rules B1, B2). The test of 500 is `fuzz.test.ts`. */
import { describe, expect, it } from 'vitest';
import { outcomeOf, type Outcome } from './fuzz.fixture.ts';

const CASES = 20_000;
const MAX_EVENTS = 20_000;

describe('20,000 hostile scenarios', () => {
  it('B1, B2: are refused with a message, or run within bounds', () => {
    const count: Record<Outcome, number> = { refused: 0, horizon: 0, 'event-bound': 0, 'request-bound': 0 };
    const broken: string[] = [];
    let slowest = 0;
    for (let number = 0; number < CASES; number++) {
      try {
        const { outcome, seconds } = outcomeOf(number, MAX_EVENTS);
        count[outcome]++;
        slowest = Math.max(slowest, seconds);
      } catch (error) {
        broken.push(`${String(error)} ${String((error as Error).cause ?? '')}`);
      }
    }
    expect(broken).toEqual([]);
    expect(slowest).toBeLessThan(10);
    expect(count.refused).toBeGreaterThan(CASES / 5);
    expect(count.horizon).toBeGreaterThan(CASES / 5);
  });
});
