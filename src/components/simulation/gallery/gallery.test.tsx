/** What the gallery shows: every simulation that a reader may open, with a still drawing of its first frame. */
import { existsSync } from 'node:fs';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { isExample, simulationIds, sourceOf } from '../catalogue.ts';
import { prepare } from '../prepare.ts';
import GalleryStill from './GalleryStill.tsx';

afterEach(cleanup);

describe('the simulations that a reader may open', () => {
  it('are the scenarios and the examples with words, each once, and no template', () => {
    expect(simulationIds).toContain('one-server');
    expect(simulationIds).toContain('bad-release');
    expect(simulationIds.filter((id) => id.startsWith('_'))).toEqual([]);
    expect(new Set(simulationIds).size).toBe(simulationIds.length);
    for (const id of simulationIds) expect(sourceOf(id)?.id, id).toBe(id);
  });

  it('are taken from a folder of their own where there is one', () => {
    for (const id of simulationIds)
      expect(isExample(id), id).toBe(!existsSync(`simulations/scenarios/${id}/scenario.ts`));
  });

  it('are drawn as they stand at their first moment, in either language, without anything to press', () => {
    for (const [language, name] of [
      ['en', 'A release that should not have been'],
      ['ko', '내보내지 말았어야 할 버전'],
    ] as const) {
      const { prepared } = prepare(language, { id: 'bad-release', show: [] });
      render(<GalleryStill prepared={prepared} />);
      const drawing = screen.getByRole('img', { name });
      for (const part of Object.values(prepared.words.parts)) expect(drawing.textContent).toContain(part);
      expect(screen.queryByRole('button')).toBeNull();
      cleanup();
    }
  });
});
