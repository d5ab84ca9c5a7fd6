/** Guessing before the run is shown, as a reader does it, found by role and name; the machine behind it is the real one. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Language } from '../../../../languages.ts';
import { prepare } from '../prepare.ts';
import Stage from '../Stage.tsx';

afterEach(() => {
  cleanup();
  history.replaceState(null, '', '/');
});

const patience = { timeout: 15_000 };
const body = (): HTMLElement => document.querySelector<HTMLElement>('.stage-body')!;
const button = (name: string | RegExp): HTMLButtonElement => screen.getByRole('button', { name });
const panel = (name: string | RegExp = /^Guess first/): Promise<HTMLElement> =>
  screen.findByRole('region', { name }, patience);

async function open(language: Language = 'en'): Promise<void> {
  render(<Stage prepared={prepare(language, { id: 'one-server' }).text} />);
  await waitFor(() => expect(body().dataset['ready']).toBe('true'), patience);
}
async function start(): Promise<HTMLElement> {
  await open();
  button('Guess first').focus();
  fireEvent.click(button('Guess first'));
  return panel();
}
const ask = (guess: HTMLElement, name: RegExp): void => {
  const what = within(guess).getByRole<HTMLSelectElement>('combobox', { name: 'What to guess' });
  const option = within(what).getByRole<HTMLOptionElement>('option', { name });
  fireEvent.change(what, { target: { value: option.value } });
};

describe('guessing first', () => {
  it('covers the charts and numbers until the run is shown, and takes the focus', async () => {
    await start();
    expect(body().dataset['guessing']).toBe('covered');
    expect(document.activeElement?.textContent).toBe('Guess first: what will the run show?');
  });

  it('asks for a curve point by point, by keyboard too, and shows nothing before every point is set', async () => {
    const guess = await start();
    ask(guess, /^Mean response time at every/);
    const points = within(guess).getAllByRole<HTMLInputElement>('slider');
    expect(points).toHaveLength(6);
    expect(points[0]!.getAttribute('aria-valuetext')).toBe('not set yet');
    fireEvent.keyDown(points[0]!, { key: 'Enter' });
    expect(points[0]!.getAttribute('aria-valuetext')).not.toBe('not set yet');
    fireEvent.click(within(guess).getByRole('button', { name: 'Show the run' }));
    expect(within(guess).getByText('Set every point first.')).toBeTruthy();
    expect(body().dataset['guessing']).toBe('covered');
  });

  it('lays what was measured over the guess, scores it in plain words, and says both as a table', async () => {
    const guess = await start();
    ask(guess, /^Mean response time at every/);
    for (const point of within(guess).getAllByRole('slider')) fireEvent.change(point, { target: { value: '0.1' } });
    fireEvent.click(within(guess).getByRole('button', { name: 'Show the run' }));
    expect(body().dataset['guessing']).toBe('shown');
    expect(within(guess).getByText(/Your curve is too low on the whole\. Farthest apart at/)).toBeTruthy();
    const table = within(guess).getByRole('table', { name: 'What you guessed and what was measured' });
    expect(within(table).getAllByRole('row')).toHaveLength(7);
    expect(within(table).getAllByText('100 ms').length).toBeGreaterThanOrEqual(6);
    expect(within(guess).queryByRole('slider')).toBeNull();
  });

  it('asks for a curve over the run, whose scale can be changed', async () => {
    const guess = await start();
    const [first] = within(guess).getAllByRole<HTMLInputElement>('slider');
    const top = Number(first!.max);
    fireEvent.click(within(guess).getByRole('button', { name: 'Twice as high a scale' }));
    expect(Number(within(guess).getAllByRole<HTMLInputElement>('slider')[0]!.max)).toBe(top * 2);
    for (const point of within(guess).getAllByRole('slider')) fireEvent.keyDown(point, { key: ' ' });
    fireEvent.click(within(guess).getByRole('button', { name: 'Show the run' }));
    expect(within(guess).getByText(/your guess is/i)).toBeTruthy();
  });

  it('asks for a number, and says how far off it is', async () => {
    const guess = await start();
    ask(guess, /^Server busy$/);
    fireEvent.click(within(guess).getByRole('button', { name: 'Show the run' }));
    expect(within(guess).getByText('Write a number first.')).toBeTruthy();
    fireEvent.change(within(guess).getByRole('textbox', { name: /^Your guess/ }), { target: { value: '80' } });
    fireEvent.click(within(guess).getByRole('button', { name: 'Show the run' }));
    expect(within(guess).getByText(/^You said 80%; measured was .*%\. Very close/)).toBeTruthy();
  });

  it('can be done again, and closed with Escape, which gives the focus back', async () => {
    const guess = await start();
    for (const point of within(guess).getAllByRole('slider')) fireEvent.keyDown(point, { key: ' ' });
    fireEvent.click(within(guess).getByRole('button', { name: 'Show the run' }));
    fireEvent.click(within(guess).getByRole('button', { name: 'Guess again' }));
    expect(body().dataset['guessing']).toBe('covered');
    fireEvent.keyDown(guess, { key: 'Escape' });
    expect(body().dataset['guessing']).toBe('no');
    expect(document.activeElement).toBe(button('Guess first'));
  });

  it('speaks Korean on a Korean page', async () => {
    await open('ko');
    fireEvent.click(button('먼저 예상하기'));
    const guess = await panel(/^먼저 예상하기/);
    for (const point of within(guess).getAllByRole('slider')) fireEvent.keyDown(point, { key: ' ' });
    fireEvent.click(within(guess).getByRole('button', { name: '실행 보기' }));
    expect(within(guess).getByText(/빗나갔어요/)).toBeTruthy();
    expect(guess.textContent).not.toMatch(/guess\.|charts\.|[a-z]{4,}/);
  });
});
