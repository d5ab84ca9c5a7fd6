/** What is drawn of a release: those who wait before the gate, those behind it, and what is live and broken, each by its own figure. */
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { PartFacts } from '../facts.ts';
import { Release } from './Release.tsx';
import { releaseShape } from './shape.ts';

afterEach(cleanup);

const facts = (levels: Record<string, number>): PartFacts => ({
  id: 'train',
  kind: 'release',
  shape: releaseShape(),
  orientation: 'wide',
  name: 'Release train',
  status: '31 inside',
  mood: 'busy',
  waiting: '',
  slotsBusy: '',
  busy: [],
  slotStates: [],
  slots: 0,
  working: 0,
  queue: 0,
  hidden: 0,
  signs: [],
  span: '',
  instances: 1,
  levels,
  strip: [],
});

const figures = (levels: Record<string, number>): Record<string, number> => {
  const { container } = render(
    <svg>
      <Release facts={facts(levels)} />
    </svg>,
  );
  const count = (state: string): number =>
    (container.querySelector(`.worker.is-${state}`)?.getAttribute('d')?.match(/M/g) ?? []).length;
  const found = { waiting: count('waiting'), busy: count('busy'), broken: count('broken') };
  cleanup();
  return found;
};

describe('the drawing of a release', () => {
  it('has a figure for each that waits, passes or is broken, as far as there is room', () => {
    expect(figures({ queue: 3, inPipeline: 5, broken: 1 })).toEqual({ waiting: 3, busy: 5, broken: 1 });
    expect(figures({ queue: 200, inPipeline: 40, broken: 7 })).toEqual({ waiting: 12, busy: 12, broken: 2 });
    expect(figures({})).toEqual({ waiting: 0, busy: 0, broken: 0 });
  });
});
