/**
 * The small networks at work: what goes in, and what every layer makes of it, as a value. The weights are those of training.
 */
import { asNumbers, SIDE, type Note } from './examples.ts';
import { bend, convolve, placesOn, remember, shares, strongest, weigh, WINDOW } from './layers.ts';
import { trained } from './trained.ts';

export type NetworkKind = keyof typeof trained;
export const networkKinds = Object.keys(trained) as NetworkKind[];

/** Where the largest number stands: what the network says. */
export const largest = (values: readonly number[]): number => values.indexOf(Math.max(...values));

/** A picture through two dense layers: what each hidden unit gets, and how sure the network is of each digit. */
export function readDense(picture: readonly number[]): { hidden: number[]; sure: number[] } {
  const hidden = weigh(trained.dense.hidden, picture).map(bend);
  return { hidden, sure: shares(weigh(trained.dense.output, hidden)) };
}

/** A picture through a convolution: a map for each kernel, the strongest of each map, and how sure the network is of each digit. */
export function readConvolutional(picture: readonly number[]): { maps: number[][]; pooled: number[]; sure: number[] } {
  const maps = convolve(trained.convolutional.kernels, picture, SIDE);
  const pooled = maps.map(strongest);
  return { maps, pooled, sure: shares(weigh(trained.convolutional.output, pooled)) };
}

/** A song note by note: after each of them what the network remembers, and how sure it is of each bird. */
export function readRecurrent(song: readonly Note[]): { state: number[]; sure: number[] }[] {
  const { cell, output } = trained.recurrent;
  const read: { state: number[]; sure: number[] }[] = [];
  for (const note of song) {
    const before = read.at(-1)?.state ?? cell.before.map(() => 0);
    const state = remember(cell, asNumbers(note), before);
    read.push({ state, sure: shares(weigh(output, state)) });
  }
  return read;
}

const countOf = (rows: readonly (readonly number[])[]): number => rows.reduce((sum, row) => sum + row.length, 0);

/**
 * What a network is made of and what it does: numbers that training found, and multiplications for one input.
 * @param length how many notes a song has; the other kinds do not ask.
 */
export function workOf(kind: NetworkKind, length: number): { numbers: number; multiplications: number } {
  if (kind === 'dense') {
    const { hidden, output } = trained.dense;
    const weights = countOf(hidden.weights) + countOf(output.weights);
    return { numbers: weights + hidden.biases.length + output.biases.length, multiplications: weights };
  }
  if (kind === 'convolutional') {
    const { kernels, output } = trained.convolutional;
    const weights = countOf(kernels.weights) + countOf(output.weights);
    return {
      numbers: weights + kernels.biases.length + output.biases.length,
      multiplications: kernels.weights.length * WINDOW ** 2 * placesOn(SIDE) ** 2 + countOf(output.weights),
    };
  }
  const { cell, output } = trained.recurrent;
  const weights = countOf(cell.fresh.weights) + countOf(cell.before) + countOf(output.weights);
  return {
    numbers: weights + cell.fresh.biases.length + output.biases.length,
    multiplications: weights * length,
  };
}
