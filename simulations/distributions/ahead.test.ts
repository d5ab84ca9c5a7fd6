import { describe, expect, it } from 'vitest';
import { AHEAD, drawAhead } from './ahead.ts';

/** A law whose value names the request and the index, and a count of what was drawn. */
function counted() {
  const made = { values: 0, fills: 0 };
  const draw = drawAhead((into, count, request, index) => {
    made.values += count;
    made.fills++;
    for (let n = 0; n < count; n++) into[n] = (request + n) * 1e6 + index;
  });
  const ask = (request: number, index: number) => expect(draw(request, index)).toBe(request * 1e6 + index);
  return { made, ask };
}

describe('drawing ahead', () => {
  it('gives each customer in order his own value, and makes them by the block, under whatever index', () => {
    for (const index of [0, 1, -5, 0x7fffffff, -0x80000000]) {
      const { made, ask } = counted();
      for (let request = 0; request < 1 + 10 * AHEAD; request++) ask(request, index);
      // the first customer cannot be known to be the first of many
      expect(made).toEqual({ values: 1 + 10 * AHEAD, fills: 11 });
    }
  });

  it('goes on after a customer who is left out', () => {
    const { made, ask } = counted();
    for (let request = 0; request < 20 * AHEAD; request++) if (request % 2 === 1) ask(request, 7);
    // whoever takes every second customer never sees two in order, and draws singly
    expect(made.fills).toBe(made.values);
    const other = counted();
    for (let request = 0; request < 20 * AHEAD; request++) if (request % 10 > 0) other.ask(request, 7);
    expect(other.made.fills).toBeLessThan(30);
  });

  it('serves those who overtake each other a little from one block', () => {
    const { made, ask } = counted();
    ask(0, 7);
    for (let request = 1; request < 20 * AHEAD; request += 3) {
      ask(request, 7);
      ask(request + 2, 7);
      ask(request + 1, 7);
    }
    expect(made.fills).toBeLessThan(45);
  });

  it('never draws more than twice what is asked for, and one block', () => {
    const orders: [string, (i: number) => [number, number]][] = [
      ['backwards', (i) => [10_000 - i, 7]],
      ['two paths in turn', (i) => [i >> 1, i & 1]],
      ['a new path each time', (i) => [i, i * 77]],
      ['blocks of two far apart', (i) => [(i >> 1) * 1000 + (i & 1), 7]],
      ['in order', (i) => [i, 7]],
    ];
    for (const [, order] of orders) {
      const { made, ask } = counted();
      for (let i = 0; i < 5000; i++) ask(...order(i));
      expect(made.values).toBeLessThanOrEqual(2 * 5000 + AHEAD);
    }
  });

  it('a retry between customers who come in order does not disturb the block', () => {
    const { made, ask } = counted();
    for (let request = 0; request < 10 * AHEAD; request++) {
      ask(request, 7);
      if (request % 50 === 0) ask(request, 8);
    }
    // ten blocks, seven retries, and two customers until the order shows
    expect(made.fills).toBe(10 + 7 + 2);
  });
});
