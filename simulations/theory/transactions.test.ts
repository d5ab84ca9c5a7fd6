import { describe, expect, it } from 'vitest';
import * as theory from './index.ts';

describe('transactions', () => {
  it('two-phase commit takes four one-way delays and four messages a participant', () => {
    expect(theory.twoPhaseCommit(10, 3)).toEqual({
      decided: 20,
      committed: 30,
      acknowledged: 40,
      lockHeld: 20,
      messages: 12,
    });
  });

  it('two-phase commit waits for the slowest participant', () => {
    const { decided, lockHeld } = theory.twoPhaseCommit(10, 3, theory.slowestMean(6, 3));
    expect(decided).toBeCloseTo(20 + 11, 12);
    expect(lockHeld).toBeCloseTo(31, 12);
    expect(theory.hotRowThroughput(0.02)).toBe(50);
  });

  it('a saga holds no lock beyond its step, and takes longer the more steps it has', () => {
    expect(theory.orchestratedSaga(10, 3, 5)).toEqual({ done: 75, lockHeld: 5, messages: 6 });
    expect(theory.choreographedSaga(10, 3, 5)).toEqual({ done: 45, lockHeld: 5, messages: 3 });
  });
});
