/** What is drawn of an organisation: its people by their initials, team by team, and what ties their code. */
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Language } from '../../../../../languages.ts';
import { prepare } from '../../prepare.ts';
import Stage from '../../Stage.tsx';
import { placesInRing } from './ring.ts';

afterEach(() => {
  cleanup();
  history.replaceState(null, '', '/');
});

async function open(language: Language): Promise<string> {
  render(<Stage prepared={prepare(language, { id: 'team-mirror', design: 'layers' }).text} />);
  await waitFor(() => expect(document.querySelector<HTMLElement>('.stage-body')!.dataset['ready']).toBe('true'), {
    timeout: 20_000,
  });
  await waitFor(() => expect(document.querySelectorAll('.ring-person').length).toBeGreaterThanOrEqual(12), {
    timeout: 20_000,
  });
  const twin = screen.getAllByRole('table', { hidden: true }).find((table) => table.classList.contains('twin'))!;
  return within(twin).getByRole('row', { name: language === 'en' ? /^The firm/ : /회사/, hidden: true }).textContent;
}

describe('the drawing of an organisation', () => {
  it('shows who is there, what ties their code, and how far it mirrors the teams', async () => {
    const row = await open('en');
    expect(row).toMatch(
      /Mirroring index [−\-\d.]+, p \(labels dealt out anew\) [\d.]+, Tight links, by talking [\d.]+/,
    );
    const letters = [...document.querySelectorAll('.ring-person text')].map(({ textContent }) => textContent).join('');
    expect(letters).toContain('ABCDEFGHIJKL');
    expect(document.querySelectorAll('.ring-team').length).toBeGreaterThanOrEqual(3);
    expect(document.querySelector('.tie:not(.is-loose)')).not.toBeNull();
  }, 60_000);

  it('says so in Korean, with Korean names', async () => {
    expect(await open('ko')).toContain('닮음 지수');
    const letters = [...document.querySelectorAll('.ring-person text')].map(({ textContent }) => textContent).join('');
    expect(letters).toContain('가나다라마보소아지채태하');
  }, 60_000);
});

describe('a ring', () => {
  it('keeps the people of a team together and apart from the next', () => {
    const places = placesInRing([0, 1, 0, 1], { x: 0, y: 0, radius: 100 });
    const gap = (a: number, b: number): number => Math.abs(places[a]!.angle - places[b]!.angle);
    expect(gap(0, 2)).toBeLessThan(gap(2, 1));
    expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(4);
  });
});
