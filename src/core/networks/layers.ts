/**
 * What the layers of a small neural network do with the numbers that reach them: multiply by weights, add up, bend. It knows
 * neither what the numbers mean nor where the weights come from.
 */

/** Weights and biases of a layer: for each of its units a weight for every number that comes in, and one number to begin with. */
export interface Weights {
  weights: readonly (readonly number[])[];
  biases: readonly number[];
}

/** Nothing below nought: what makes several layers more than one. */
export const bend = (value: number): number => Math.max(0, value);

/** Every unit's weighted sum of all that comes in. */
export function weigh({ weights, biases }: Weights, values: readonly number[]): number[] {
  return weights.map((row, unit) => row.reduce((sum, weight, at) => sum + weight * values[at]!, biases[unit]!));
}

/** Shares between 0 and 1 that add up to 1: the larger a sum, the larger its share (softmax). */
export function shares(sums: readonly number[]): number[] {
  const top = Math.max(...sums);
  const raised = sums.map((sum) => Math.exp(sum - top));
  const all = raised.reduce((sum, value) => sum + value, 0);
  return raised.map((value) => value / all);
}

/** The side of a window that slides over a picture. */
export const WINDOW = 3;

/** How many places a window has on a side of a square picture. */
export const placesOn = (side: number): number => side - WINDOW + 1;

/** The numbers in the window at a place, row by row. @param side of the square picture. @param place counted row by row from 0. */
export function windowAt(picture: readonly number[], side: number, place: number): number[] {
  return cellsAt(side, place).map((cell) => picture[cell]!);
}

/** Which cells of the picture the window covers at a place, row by row. */
export function cellsAt(side: number, place: number): number[] {
  const top = Math.floor(place / placesOn(side));
  const left = place % placesOn(side);
  return Array.from(
    { length: WINDOW * WINDOW },
    (_, at) => (top + Math.floor(at / WINDOW)) * side + left + (at % WINDOW),
  );
}

/** A map for each kernel: its weighted sum at every place, nothing below nought. */
export function convolve(kernels: Weights, picture: readonly number[], side: number): number[][] {
  const sums = Array.from({ length: placesOn(side) ** 2 }, (_, place) =>
    weigh(kernels, windowAt(picture, side, place)),
  );
  return kernels.weights.map((_, kernel) => sums.map((row) => bend(row[kernel]!)));
}

/** Pooling of a whole map to its strongest value: was the pattern anywhere? */
export const strongest = (map: readonly number[]): number => Math.max(...map);

/** Weights of a recurrent layer: those for what comes in, with the biases, and those for what the layer itself was before. */
export interface Recurrent {
  fresh: Weights;
  before: readonly (readonly number[])[];
}

/** One step of a recurrent layer: what comes in and what it remembers become what it remembers next (Elman's network). */
export function remember({ fresh, before }: Recurrent, values: readonly number[], state: readonly number[]): number[] {
  return weigh(fresh, values).map((sum, unit) =>
    Math.tanh(before[unit]!.reduce((all, weight, at) => all + weight * state[at]!, sum)),
  );
}
