import { describe, expect, it } from 'vitest';
import * as theory from './index.ts';

describe('batches', () => {
  const batches = (limit: number, perItem = 0.001) => ({ fixed: 0.01, perItem, limit });

  it('of B have room for B / (a + b·B)', () => {
    expect(theory.batchCapacity(batches(1))).toBeCloseTo(90.9090909, 6);
    expect(theory.batchCapacity(batches(8))).toBeCloseTo(444.4444444, 6);
  });

  it('of one are M/D/1', () => {
    for (const rate of [5, 50, 80]) {
      const chain = theory.greedyBatches(rate, batches(1))!;
      expect(chain.response).toBeCloseTo(theory.waitMG1(rate, 0.011, 0) + 0.011, 7);
      expect(chain.utilisation).toBeCloseTo(rate * 0.011, 7);
    }
  });

  it('that are never full and cost nothing for each are taken in turns: half a batch of waiting, and a batch', () => {
    // at so high a rate somebody has always come meanwhile
    const chain = theory.greedyBatches(2000, batches(200, 0))!;
    expect(chain.response).toBeCloseTo(0.015, 6);
    expect(chain.batch).toBeCloseTo(20, 4);
  });

  it('that are taken greedily keep Little’s law and do not go beyond their capacity', () => {
    const chain = theory.greedyBatches(300, batches(16))!;
    expect(chain.batch / (chain.utilisation === 0 ? 1 : chain.batch / 300)).toBeCloseTo(300, 9);
    expect(chain.response).toBeCloseTo(chain.wait + chain.service, 12);
    expect(theory.greedyBatches(620, batches(16))).toBeNull();
  });
});
