/**
 * Trains the small networks of the lessons anew, and keeps their weights in src/core/networks/trained.ts. A test trains them again
 * and compares. Run it when the training changes: node scripts/train-networks.ts
 */
import { writeFileSync } from 'node:fs';
import { kept, trainConvolutional, trainDense, trainRecurrent } from '../src/core/networks/training.ts';

const networks = {
  dense: trainDense(kept.dense.seed, kept.dense.units),
  convolutional: trainConvolutional(kept.convolutional.seed, kept.convolutional.kernels),
  recurrent: trainRecurrent(kept.recurrent.seed, kept.recurrent.units),
};
const json = JSON.stringify(networks, null, 2).replaceAll(
  /\[\s+(-?[\d.]+(?:,\s+-?[\d.]+)*)\s+\]/g,
  (_, numbers: string) => `[${numbers.replaceAll(/\s+/g, ' ')}]`,
);
writeFileSync(
  'src/core/networks/trained.ts',
  `/**
 * The weights of the small networks, as training left them, with two decimals. Written by scripts/train-networks.ts, not by hand:
 * training.ts says how they were found.
 */
// prettier-ignore
export const trained = ${json} as const;
`,
);
