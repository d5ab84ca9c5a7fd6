/** The small networks as a reader meets them, found by role and name; what they compute is computed. */
import { readFileSync } from 'node:fs';
import { act, cleanup, configure, fireEvent, render, screen, within } from '@testing-library/react';
import { hydrateRoot } from 'react-dom/client';
import { renderToStaticMarkup, renderToString } from 'react-dom/server';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { networkKinds, type NetworkKind } from '../../core/networks/reading.ts';
import type { Messages } from '../quiz/words.tsx';
import NetworkIsland from './NetworkIsland.tsx';

const messages = (language: string): Messages =>
  (parse(readFileSync(`content/interface/${language}.yaml`, 'utf8')) as { network: Messages }).network;
const island = (kind: NetworkKind, language = 'en') => (
  <NetworkIsland kind={kind} language={language} messages={messages(language)} />
);

// nothing here is hidden, and asking the style of every cell takes long
configure({ defaultHidden: true });
afterEach(cleanup);

const press = (name: string): boolean => fireEvent.click(screen.getByRole('button', { name }));
const said = (): string => screen.getByRole('status').textContent;
const answer = (): string => screen.getByText('(its answer)').closest('li')!.textContent;

describe.each(networkKinds)('the %s network', (kind) => {
  it.each(['en', 'ko'])('is drawn when the page is built, whole and in %s', (language) => {
    const drawn = renderToStaticMarkup(island(kind, language));
    expect(drawn).toContain('data-shade="4"');
    // a place that no number has reached yet would show a dot alone
    expect(drawn).not.toContain('>·<');
    expect(drawn).not.toMatch(/ style="/);
  });

  it.each(['en', 'ko'])('comes alive in %s just as it was drawn', async (language) => {
    const page = document.createElement('div');
    page.innerHTML = renderToString(island(kind, language));
    const before = page.innerHTML;
    const differences: unknown[] = [];
    const root = await act(() =>
      hydrateRoot(page, island(kind, language), { onRecoverableError: (error) => differences.push(error) }),
    );
    expect(differences).toEqual([]);
    expect(page.innerHTML).toBe(before);
    act(() => root.unmount());
  });

  it('is gone through layer by layer, and says what has been computed', () => {
    render(island(kind));
    press('From the start');
    const sentences = [said()];
    const next = screen.getByRole<HTMLButtonElement>('button', { name: /^Next/ });
    while (!next.disabled) {
      fireEvent.click(next);
      sentences.push(said());
    }
    expect(new Set(sentences).size).toBe({ dense: 3, convolutional: 4, recurrent: 7 }[kind]);
    expect(sentences.at(-1)).toMatch(/The network says “.+” and is \d+% sure\.$/);
    press('Back');
    expect(said()).toBe(sentences.at(-2));
  });
});

describe('drawing a digit', () => {
  it('changes what the dense network says, and moving it by a column misleads it', () => {
    render(island('dense'));
    expect(answer()).toMatch(/^7/);
    press('1');
    expect(answer()).toMatch(/^1/);
    press('Move right');
    expect(answer()).not.toMatch(/^1/);
  });

  it('misleads the convolutional network less', () => {
    render(island('convolutional'));
    for (const digit of ['0', '1', '7']) {
      press(digit);
      expect(answer().startsWith(digit)).toBe(true);
      press('Move right');
      expect(answer().startsWith(digit)).toBe(true);
    }
  });

  it('can be done cell by cell, with the keyboard and one tab stop', () => {
    render(island('dense'));
    press('Clear');
    const picture = screen.getByRole('group', { name: 'Picture' });
    const cells = within(picture).getAllByRole<HTMLButtonElement>('button');
    expect(cells.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
    cells[0]!.focus();
    fireEvent.keyDown(cells[0]!, { key: 'ArrowLeft' });
    expect(document.activeElement).toBe(cells[0]);
    fireEvent.keyDown(cells[0]!, { key: 'ArrowDown' });
    fireEvent.keyDown(cells[6]!, { key: 'ArrowRight' });
    expect(document.activeElement).toBe(cells[7]);
    fireEvent.click(cells[7]!);
    const inked = within(picture).getAllByRole('button', { pressed: true });
    expect(inked.map((cell) => cell.getAttribute('aria-label'))).toEqual(['row 2, column 2']);
  });

  it('shows the weights of the unit that is chosen', () => {
    render(island('dense'));
    const third = () => screen.queryByRole('table', { name: 'Weights of unit 3' });
    expect(third()).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: /^unit 3/ }));
    expect(within(third()!).getAllByRole('cell')).toHaveLength(36);
  });

  it('slides the window over the picture and says what the kernels get there', () => {
    render(island('convolutional'));
    press('From the start');
    press('Next layer');
    const slider = screen.getByRole('slider', { name: 'Window' });
    fireEvent.change(slider, { target: { value: '15' } });
    expect(slider.getAttribute('aria-valuetext')).toBe('row 4, column 4');
    expect(said()).toContain('At row 4, column 4 they get');
  });
});

describe('a song', () => {
  it('is heard note by note, and a note can be changed', () => {
    render(island('recurrent'));
    press('Great tit');
    expect(said()).toContain('“Great tit”');
    press('Hoopoe');
    expect(said()).toContain('“Hoopoe”');
    press('note 6, low. Press to change it.');
    expect(screen.getByRole('button', { name: 'note 6, rest. Press to change it.' })).toBeTruthy();
    press('From the start');
    expect(said()).toContain('Nothing has been heard');
    expect(screen.queryByText('(its answer)')).toBeNull();
  });
});
