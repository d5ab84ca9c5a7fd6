import { describe, expect, it } from 'vitest';
import { asNumbers, birds, digits, drawn, middle, movedRight, NOTES, notes, SIDE, song } from './examples.ts';
import { bend, cellsAt, convolve, remember, shares, strongest, weigh, windowAt } from './layers.ts';
import { largest, networkKinds, readConvolutional, readDense, readRecurrent, workOf } from './reading.ts';
import { trained } from './trained.ts';
import { kept, luck, pictures, songs, trainConvolutional, trainDense, trainRecurrent } from './training.ts';

describe('a layer', () => {
  it('multiplies, adds up and begins with its bias', () => {
    const weights = {
      weights: [
        [1, 2],
        [0, -1],
      ],
      biases: [0.5, 3],
    };
    expect(weigh(weights, [10, 100])).toEqual([210.5, -97]);
    expect([210.5, -97].map(bend)).toEqual([210.5, 0]);
  });

  it('turns sums into shares that add up to one and keep their order, however large they are', () => {
    const [a, b, c] = shares([1001, 1000, 999]) as [number, number, number];
    expect(a + b + c).toBeCloseTo(1, 12);
    expect(a / b).toBeCloseTo(Math.E, 9);
    expect(a > b && b > c).toBe(true);
  });

  it('that convolves puts the same kernel on every window', () => {
    const picture = Array.from({ length: SIDE * SIDE }, (_, cell) => cell);
    expect(cellsAt(SIDE, 0)).toEqual([0, 1, 2, 6, 7, 8, 12, 13, 14]);
    expect(cellsAt(SIDE, 15)).toEqual([21, 22, 23, 27, 28, 29, 33, 34, 35]);
    expect(windowAt(picture, SIDE, 4)).toEqual([6, 7, 8, 12, 13, 14, 18, 19, 20]);
    const [middles] = convolve({ weights: [[0, 0, 0, 0, 1, 0, 0, 0, 0]], biases: [0] }, picture, SIDE);
    expect(middles).toEqual([7, 8, 9, 10, 13, 14, 15, 16, 19, 20, 21, 22, 25, 26, 27, 28]);
    expect(strongest(middles!)).toBe(28);
  });

  it('that recurs makes its next memory of the note and its last memory', () => {
    const cell = { fresh: { weights: [[1]], biases: [0] }, before: [[0.5]] };
    const once = remember(cell, [1], [0]);
    expect(once[0]).toBeCloseTo(Math.tanh(1), 12);
    expect(remember(cell, [0], once)[0]).toBeCloseTo(Math.tanh(0.5 * Math.tanh(1)), 12);
  });
});

describe('the weights that are kept', () => {
  it('are what training finds from their seeds', () => {
    const again = {
      dense: trainDense(kept.dense.seed, kept.dense.units),
      convolutional: trainConvolutional(kept.convolutional.seed, kept.convolutional.kernels),
      recurrent: trainRecurrent(kept.recurrent.seed, kept.recurrent.units),
    };
    const flat = (value: unknown): number[] =>
      typeof value === 'object' ? Object.values(value as object).flatMap(flat) : [value as number];
    const now = flat(again);
    expect(now).toHaveLength(flat(trained).length);
    // engines may round exp and tanh differently in the last bit
    flat(trained).forEach((weight, at) => expect(Math.abs(weight - now[at]!)).toBeLessThan(0.011));
  });

  it('serve on noisy examples that training never saw', () => {
    const fresh = pictures(300, luck(999));
    const right = (says: (picture: number[]) => number) =>
      fresh.filter(({ picture, answer }) => says(picture) === answer).length / fresh.length;
    expect(right((picture) => largest(readDense(picture).sure))).toBeGreaterThan(0.95);
    expect(right((picture) => largest(readConvolutional(picture).sure))).toBeGreaterThan(0.9);
    const sung = songs(300, luck(999));
    const heard = sung.filter((one) => largest(readRecurrent(one.song).at(-1)!.sure) === one.answer);
    expect(heard.length / sung.length).toBeGreaterThan(0.95);
  });

  it('read every digit where it was learnt', () => {
    for (const [answer, digit] of digits.entries()) {
      expect(largest(readDense(drawn(digit)).sure)).toBe(answer);
      expect(largest(readConvolutional(drawn(digit)).sure)).toBe(answer);
    }
  });
});

describe('a digit that is moved to the right by a column', () => {
  const moved = digits.map((digit) => movedRight(drawn(digit)));

  it('is the same ink a column further', () => {
    for (const [at, digit] of digits.entries())
      expect(moved[at]).toEqual(drawn(digit, { ...middle, left: middle.left + 1 }));
  });

  it('is misread by the dense network, each of the three', () => {
    moved.forEach((picture, answer) => expect(largest(readDense(picture).sure)).not.toBe(answer));
  });

  it('is read by the convolutional network, which never saw one', () => {
    moved.forEach((picture, answer) => expect(largest(readConvolutional(picture).sure)).toBe(answer));
  });

  it('is read more often by convolution with other luck, too', () => {
    const score = { dense: 0, convolutional: 0 };
    for (const seed of [1, 2, 3, 4]) {
      const dense = trainDense(seed, kept.dense.units);
      const convolutional = trainConvolutional(seed, kept.convolutional.kernels);
      moved.forEach((picture, answer) => {
        const bent = weigh(dense.hidden, picture).map(bend);
        if (largest(weigh(dense.output, bent)) === answer) score.dense++;
        const pooled = convolve(convolutional.kernels, picture, SIDE).map(strongest);
        if (largest(weigh(convolutional.output, pooled)) === answer) score.convolutional++;
      });
    }
    expect(score.convolutional).toBeGreaterThan(score.dense + 4);
  });
});

describe('a song', () => {
  it('is told from the others by the third note', () => {
    birds.forEach((bird, answer) => {
      const read = readRecurrent(song(bird));
      expect(read).toHaveLength(NOTES);
      for (const { sure } of read.slice(2)) expect(largest(sure)).toBe(answer);
    });
  });

  it('cannot be told after two notes where two birds begin alike, and the same memory says so', () => {
    const [cuckoo, tit] = [readRecurrent(song('cuckoo')), readRecurrent(song('tit'))];
    expect(cuckoo[1]).toEqual(tit[1]);
    expect(cuckoo[2]).not.toEqual(tit[2]);
  });

  it('ends in another memory when the same notes come in another order', () => {
    const forth = readRecurrent(['high', 'low', 'pause']).at(-1)!;
    const back = readRecurrent(['pause', 'low', 'high']).at(-1)!;
    expect(Math.abs(forth.state[1]! - back.state[1]!)).toBeGreaterThan(0.1);
  });

  it('reaches the network as one number for each kind of note', () => {
    expect(notes.map(asNumbers)).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });
});

describe('the work of a network', () => {
  it('is counted: a weight of the dense one is used once, those of the others again and again', () => {
    expect(networkKinds).toEqual(['dense', 'convolutional', 'recurrent']);
    expect(workOf('dense', NOTES)).toEqual({ numbers: 36 * 4 + 4 + 4 * 3 + 3, multiplications: 36 * 4 + 4 * 3 });
    expect(workOf('convolutional', NOTES)).toEqual({ numbers: 42, multiplications: 16 * 27 + 9 });
    expect(workOf('recurrent', NOTES)).toEqual({ numbers: 33, multiplications: 27 * NOTES });
  });
});
