import { describe, expect, it } from 'vitest';
import type { Board } from '../../../simulations/index.ts';
import { columnsOf, mayStand, placesOn, roomIn, startOf, tokenBy, turnedOf } from './boards.ts';

const board: Board = {
  id: 'teams',
  columns: [{ id: 'web' }, { id: 'pay', most: 2 }, { id: 'idle' }],
  tokens: ['ann', 'bob', 'cem', 'dia'],
};
const dials = { ann: 0, bob: 1, cem: 1, dia: 0, rate: 7 };
const dial = (id: string, start: number) => ({
  id,
  unit: 'count' as const,
  min: 0,
  max: 2,
  step: 1,
  start,
  sets: ['parts.a.b'],
});

describe('a board', () => {
  it('reads where its tokens stand off their dials', () => {
    expect(columnsOf(board, dials)).toEqual([['ann', 'dia'], ['bob', 'cem'], []]);
    expect(placesOn(board, dials)).toEqual({ ann: 0, bob: 1, cem: 1, dia: 0 });
  });

  it('keeps within its columns whatever a link says', () => {
    expect(columnsOf(board, { ann: 9, bob: -3, cem: 1.4, dia: 2 })).toEqual([['bob'], ['cem'], ['ann', 'dia']]);
  });

  it('refuses a column that is full, and not to the one that stands there', () => {
    expect(roomIn(board, dials, 1)).toBe(0);
    expect(roomIn(board, dials, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(mayStand(board, dials, 'ann', 1)).toBe(false);
    expect(mayStand(board, dials, 'bob', 1)).toBe(true);
    expect(mayStand(board, { ...dials, bob: 2 }, 'ann', 1)).toBe(true);
    expect(roomIn(board, { ...dials, ann: 1 }, 1)).toBe(0);
  });

  it('knows how it began, and which dials it leaves to be turned', () => {
    const all = [dial('ann', 2), dial('bob', 0), dial('cem', 0), dial('dia', 1), dial('rate', 1)];
    expect(startOf(board, { dials: all })).toEqual({ ann: 2, bob: 0, cem: 0, dia: 1 });
    expect(turnedOf({ dials: all, boards: [board] }).map(({ id }) => id)).toEqual(['rate']);
  });

  it('is walked by the arrow keys, past columns that are empty', () => {
    const by = (key: string, token: string, at = dials): string | null => tokenBy(key, board, at, token);
    expect(by('ArrowDown', 'ann')).toBe('dia');
    expect(by('ArrowDown', 'dia')).toBeNull();
    expect(by('ArrowRight', 'dia')).toBe('cem');
    expect(by('ArrowRight', 'cem')).toBeNull();
    expect(by('ArrowRight', 'ann', { ...dials, bob: 2, cem: 2 })).toBe('bob');
    expect(by('ArrowLeft', 'cem')).toBe('dia');
    expect(by('Home', 'cem')).toBe('ann');
    expect(by('End', 'ann')).toBe('cem');
    expect(by('x', 'ann')).toBeNull();
  });
});
