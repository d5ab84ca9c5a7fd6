/** What is drawn of teams and their choices: the marks, the links, and the same numbers in the picture and in the table. */
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Language } from '../../../../../languages.ts';
import { prepare } from '../../prepare.ts';
import Stage from '../../Stage.tsx';

afterEach(() => {
  cleanup();
  history.replaceState(null, '', '/');
});

async function open(design: string, language: Language = 'en'): Promise<(name: RegExp) => string> {
  render(<Stage prepared={prepare(language, { id: 'governance', design }).text} />);
  await waitFor(() => expect(document.querySelector<HTMLElement>('.stage-body')!.dataset['ready']).toBe('true'), {
    timeout: 20_000,
  });
  const twin = screen.getAllByRole('table', { hidden: true }).find((table) => table.classList.contains('twin'))!;
  return (name) => within(twin).getByRole('row', { name, hidden: true }).textContent ?? '';
}

describe('the drawing of teams and their choices', () => {
  it('shows marks, agreed corners and links that are the thicker the more two teams differ, and says how many do', async () => {
    const row = await open('democracy');
    await waitFor(() => expect(document.querySelector('.choice.is-full')).not.toBeNull(), { timeout: 10_000 });
    expect(document.querySelector('.choice-agreed')!.getAttribute('d')!.split('M').length - 1).toBe(2 * 8);
    const links = document.querySelector('.landscape .choice-links')!.querySelectorAll('.is-unlike');
    const widths = [...links].map((path) => Number(path.getAttribute('stroke-width')));
    expect(widths.length).toBeGreaterThan(0);
    expect(widths).toEqual(widths.toSorted((a, b) => a - b));
    expect(row(/^Teams/)).toMatch(/Worth, of the best known [\d.]+%, Unlike choices on links [\d.]+/);
  }, 40_000);

  it('shows no links where there are none, in Korean, too', async () => {
    const row = await open('feudal', 'ko');
    await waitFor(() => expect(document.querySelector('.choice.is-full')).not.toBeNull(), { timeout: 10_000 });
    expect(document.querySelector('.landscape .choice-links path')).toBeNull();
    expect(row(/^팀들/)).toMatch(/최선 대비 가치 [\d.]+%, 연결에서 어긋난 선택 0/);
  }, 40_000);
});
