/**
 * How the numbers of the small networks were found: from examples, by gradient descent, with luck from a seed. Only the script
 * that keeps the weights and the test that repeats it come here; no page does.
 */
import { asNumbers, birds, calls, digits, drawn, notes, SIDE, song, type Note } from './examples.ts';
import { bend, cellsAt, placesOn, remember, shares, weigh, WINDOW, type Recurrent, type Weights } from './layers.ts';

/**
 * Which trainings were kept. Luck decides how well a training ends: of twelve dense networks, twenty-four convolutional and
 * six recurrent ones these show most plainly what their kind can do and cannot. The tests say what holds for others, too.
 */
export const kept = {
  dense: { seed: 9, units: 4 },
  convolutional: { seed: 14, kernels: 3 },
  recurrent: { seed: 1, units: 3 },
};

/** Numbers between 0 and 1 that look like chance, the same for the same seed (Mulberry32). */
export function luck(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Example {
  picture: number[];
  answer: number;
}

/** Digits in the middle of the picture, in which now and then a cell is wrong. */
export function pictures(count: number, next: () => number, wrong = 0.04): Example[] {
  return Array.from({ length: count }, (_, at) => {
    const answer = at % digits.length;
    return { picture: drawn(digits[answer]!).map((ink) => (next() < wrong ? 1 - ink : ink)), answer };
  });
}

interface Sung {
  song: Note[];
  answer: number;
}

/** Songs of four to eight notes that begin anywhere in a bird's call, in which now and then a note is wrong. */
export function songs(count: number, next: () => number, wrong = 0.03): Sung[] {
  return Array.from({ length: count }, (_, at) => {
    const answer = at % birds.length;
    const bird = birds[answer]!;
    const length = 4 + Math.floor(next() * 5);
    const clean = song(bird, Math.floor(next() * calls[bird].length), length);
    return { song: clean.map((note) => (next() < wrong ? notes[Math.floor(next() * 3)]! : note)), answer };
  });
}

/** Weights that may be changed while they are learnt. */
interface Learning extends Weights {
  weights: number[][];
  biases: number[];
}

const blank = (units: number, inputs: number): Learning => ({
  weights: Array.from({ length: units }, () => Array.from({ length: inputs }, () => 0)),
  biases: Array.from({ length: units }, () => 0),
});

function beginning(units: number, inputs: number, next: () => number, spread = 1.5 / Math.sqrt(inputs)): Learning {
  const layer = blank(units, inputs);
  for (const row of layer.weights) row.forEach((_, at) => (row[at] = (2 * next() - 1) * spread));
  return layer;
}

/** One step downhill, with some of the last step's swing: `swing` is changed, and `layer` by it. `slope` is emptied. */
function descend(layer: Learning, slope: Learning, swing: Learning, pace: number, shrink = 0.0005): void {
  layer.weights.forEach((row, unit) => {
    row.forEach((weight, at) => {
      const pull = slope.weights[unit]![at]! + shrink * weight;
      swing.weights[unit]![at] = 0.9 * swing.weights[unit]![at]! - pace * pull;
      row[at] = weight + swing.weights[unit]![at]!;
      slope.weights[unit]![at] = 0;
    });
    swing.biases[unit] = 0.9 * swing.biases[unit]! - pace * slope.biases[unit]!;
    layer.biases[unit] = layer.biases[unit]! + swing.biases[unit]!;
    slope.biases[unit] = 0;
  });
}

/** Adds to the slope what one example says; gives back how wrong each number that came in was. */
function blame(layer: Weights, slope: Learning, inputs: readonly number[], wrong: readonly number[]): number[] {
  const back = inputs.map(() => 0);
  wrong.forEach((error, unit) => {
    if (error === 0) return;
    slope.biases[unit] = slope.biases[unit]! + error;
    inputs.forEach((value, at) => {
      slope.weights[unit]![at] = slope.weights[unit]![at]! + error * value;
      back[at] = back[at]! + error * layer.weights[unit]![at]!;
    });
  });
  return back;
}

const errorOf = (guess: readonly number[], answer: number, count: number): number[] =>
  guess.map((share, at) => (share - (at === answer ? 1 : 0)) / count);

/** Two decimals are enough, and can be read. */
const round = (value: number): number => Math.round(value * 100) / 100 + 0;
const rounded = ({ weights, biases }: Weights): Weights => ({
  weights: weights.map((row) => row.map(round)),
  biases: biases.map(round),
});

/** A network of two dense layers, learnt from noisy pictures. */
export function trainDense(seed: number, units: number, rounds = 400): { hidden: Weights; output: Weights } {
  const next = luck(seed);
  const examples = pictures(90, next);
  const hidden = beginning(units, SIDE * SIDE, next);
  const output = beginning(digits.length, units, next);
  const slopes = [blank(units, SIDE * SIDE), blank(digits.length, units)] as const;
  const swings = [blank(units, SIDE * SIDE), blank(digits.length, units)] as const;
  for (let turn = 0; turn < rounds; turn++) {
    for (const { picture, answer } of examples) {
      const sums = weigh(hidden, picture);
      const values = sums.map(bend);
      const wrong = errorOf(shares(weigh(output, values)), answer, examples.length);
      const back = blame(output, slopes[1], values, wrong);
      blame(
        hidden,
        slopes[0],
        picture,
        back.map((error, unit) => (sums[unit]! > 0 ? error : 0)),
      );
    }
    descend(hidden, slopes[0], swings[0], 0.2);
    descend(output, slopes[1], swings[1], 0.2);
  }
  return { hidden: rounded(hidden), output: rounded(output) };
}

/** A convolutional layer, pooled, and a dense one, learnt from the same kind of pictures. */
export function trainConvolutional(seed: number, count: number, rounds = 600): { kernels: Weights; output: Weights } {
  const next = luck(seed);
  const examples = pictures(90, next);
  const kernels = beginning(count, WINDOW * WINDOW, next);
  const output = beginning(digits.length, count, next);
  const slopes = [blank(count, WINDOW * WINDOW), blank(digits.length, count)] as const;
  const swings = [blank(count, WINDOW * WINDOW), blank(digits.length, count)] as const;
  const places = Array.from({ length: placesOn(SIDE) ** 2 }, (_, place) => cellsAt(SIDE, place));
  for (let turn = 0; turn < rounds; turn++) {
    for (const { picture, answer } of examples) {
      const windows = places.map((cells) => cells.map((cell) => picture[cell]!));
      const sums = windows.map((inside) => weigh(kernels, inside));
      // only the place where a kernel was strongest is to blame for what came out of its map
      const best = kernels.weights.map((_, kernel) =>
        sums.reduce((top, row, place) => (row[kernel]! > sums[top]![kernel]! ? place : top), 0),
      );
      const values = best.map((place, kernel) => bend(sums[place]![kernel]!));
      const wrong = errorOf(shares(weigh(output, values)), answer, examples.length);
      const back = blame(output, slopes[1], values, wrong);
      back.forEach((error, kernel) => {
        const inside = windows[best[kernel]!]!;
        if (values[kernel]! > 0)
          blame(
            kernels,
            slopes[0],
            inside,
            back.map((_, other) => (other === kernel ? error : 0)),
          );
      });
    }
    descend(kernels, slopes[0], swings[0], 0.2);
    descend(output, slopes[1], swings[1], 0.2);
  }
  return { kernels: rounded(kernels), output: rounded(output) };
}

/** A recurrent layer and a dense one, learnt from noisy songs: what was wrong is followed back through the notes. */
export function trainRecurrent(seed: number, units: number, rounds = 700): { cell: Recurrent; output: Weights } {
  const next = luck(seed);
  const examples = songs(90, next);
  const fresh = beginning(units, notes.length, next);
  const before = beginning(units, units, next);
  const output = beginning(birds.length, units, next);
  const sizes = [
    [units, notes.length],
    [units, units],
    [birds.length, units],
  ] as const;
  const slopes = sizes.map(([rows, columns]) => blank(rows, columns));
  const swings = sizes.map(([rows, columns]) => blank(rows, columns));
  for (let turn = 0; turn < rounds; turn++) {
    for (const { song: sung, answer } of examples) {
      const states = [Array.from({ length: units }, () => 0)];
      for (const note of sung)
        states.push(remember({ fresh, before: before.weights }, asNumbers(note), states.at(-1)!));
      let back = states[0]!.map(() => 0);
      for (let at = sung.length; at > 0; at--) {
        // after two notes nobody could know; from the third on it is asked at every note
        if (at > 2) {
          const wrong = errorOf(shares(weigh(output, states[at]!)), answer, examples.length * (sung.length - 2));
          const here = blame(output, slopes[2]!, states[at]!, wrong);
          back = back.map((error, unit) => error + here[unit]!);
        }
        const sums = back.map((error, unit) => error * (1 - states[at]![unit]! ** 2));
        blame(fresh, slopes[0]!, asNumbers(sung[at - 1]!), sums);
        back = blame(before, slopes[1]!, states[at - 1]!, sums);
      }
    }
    // the biases of `before` would say the same as those of `fresh`
    slopes[1]!.biases.fill(0);
    descend(fresh, slopes[0]!, swings[0]!, 0.15);
    descend(before, slopes[1]!, swings[1]!, 0.15);
    descend(output, slopes[2]!, swings[2]!, 0.15);
  }
  return { cell: { fresh: rounded(fresh), before: rounded(before).weights }, output: rounded(output) };
}
