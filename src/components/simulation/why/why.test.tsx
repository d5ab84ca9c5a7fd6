/** The panel that says why, as a reader meets it, found by role and name; the machine behind it is the real one. */
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
const panel = (name: string | RegExp): Promise<HTMLElement> => screen.findByRole('region', { name }, patience);
const goTo = (units: number, position = 'Moment of the run'): void =>
  void fireEvent.change(screen.getByRole('slider', { name: position }), {
    target: { value: String(units * 1_000_000) },
  });

async function open(id = 'slow-dependency', design = 'bare', language: Language = 'en'): Promise<void> {
  render(<Stage prepared={prepare(language, { id, design }).text} />);
  await waitFor(() => expect(body().dataset['ready']).toBe('true'), patience);
}

describe('asking why', () => {
  it('opens one panel about the moment, takes the focus there, and gives it back at Escape', async () => {
    await open();
    goTo(100);
    const asker = button('Why?');
    asker.focus();
    fireEvent.click(asker);
    const why = await panel('Why: the moment 100.00 s');
    expect(document.activeElement?.textContent).toBe('Why: the moment 100.00 s');
    expect(within(why).getByText(/^The slots of Web server are all held/)).toBeTruthy();
    expect(within(why).getByText(/^Payments takes .* In this run/)).toBeTruthy();
    expect(within(why).getByText('Since 80.00 s: Slow payments, at Payments.')).toBeTruthy();
    fireEvent.keyDown(why, { key: 'Escape' });
    expect(screen.queryByRole('region', { name: /^Why/ })).toBeNull();
    expect(document.activeElement).toBe(asker);
  });

  it('can be done with one key, and the panel follows the moment', async () => {
    await open();
    goTo(60);
    fireEvent.keyDown(screen.getByRole('slider', { name: 'Moment of the run' }), { key: 'w' });
    const why = await panel('Why: the moment 60.00 s');
    expect(within(why).getByText('No part is full, and no line grows. Nothing holds it up.')).toBeTruthy();
    goTo(100);
    await panel('Why: the moment 100.00 s');
    expect(within(why).getByText(/^The slots of Web server are all held/)).toBeTruthy();
  });

  it('goes on to the part that holds the others up, and counts only what that has to do with', async () => {
    await open();
    goTo(100);
    fireEvent.click(button('Why?'));
    const first = await panel(/^Why: the moment/);
    expect(within(first).getByRole('table', { name: /^Who dropped calls/ })).toBeTruthy();
    fireEvent.click(button('Why: Payments'));
    const why = await panel('Why: Payments');
    expect(within(why).getByText('Nothing has been dropped here so far.')).toBeTruthy();
  });

  it('counts the reasons so far and in the whole run', async () => {
    await open();
    goTo(240);
    fireEvent.click(button('Why?'));
    await panel(/^Why: /);
    const told = screen.getByRole('table', { name: /^What customers were told/ });
    const row = within(told).getByRole('row', { name: /the line was full/ });
    expect(
      within(row)
        .getAllByRole('cell')
        .map((cell) => cell.textContent),
    ).toEqual(['1,775', '1,775']);
  });

  it('shows a failed request with all its calls, under those who made them', async () => {
    await open('slow-dependency', 'time-limit');
    goTo(100);
    fireEvent.click(button('Why?'));
    await panel(/^Why: /);
    fireEvent.click(screen.getAllByRole('button', { name: /^Request .* s: the time limit/ })[0]!);
    const why = await panel(/^Request/);
    const calls = within(within(why).getByRole('list', { name: 'All calls of this request' })).getAllByRole('listitem');
    expect(calls).toHaveLength(2);
    expect(calls[0]!.textContent).toContain('Web server dropped it: the time limit of a try had passed.');
    expect(calls[1]!.textContent).toContain('Web server stopped waiting and called it off');
    expect(within(why).getByText(/2 calls in all/)).toBeTruthy();
  });

  it('is offered of a followed request, whose calls are then shown once', async () => {
    await open();
    fireEvent.click(button('Follow a request'));
    const followed = await screen.findByRole('region', { name: /^Request/ }, patience);
    fireEvent.click(within(followed).getByRole('button', { name: 'Why?' }));
    await waitFor(() => expect(screen.getAllByRole('region', { name: /^Request/ })).toHaveLength(2), patience);
    expect(await screen.findAllByRole('list', { name: 'All calls of this request' })).toHaveLength(1);
  });
});

describe('after a run that went badly', () => {
  it('says so once that is over, and tells what happened', async () => {
    await open();
    goTo(90);
    expect(screen.queryByText('It recovered.')).toBeNull();
    goTo(240);
    expect(screen.getByText('It recovered.')).toBeTruthy();
    fireEvent.click(button('What happened'));
    const why = await panel('What happened in this run');
    const story = within(why).getByRole('group', { name: 'How this run went: It recovered' });
    const lines = within(story)
      .getAllByRole('listitem')
      .map((line) => line.textContent);
    expect(lines[0]).toMatch(/^BeforeUntil 80\.00 s requests came at/);
    expect(lines[1]).toBe('TriggerAt 80.00 s this began: Slow payments, at Payments.');
    expect(lines.at(-1)).toMatch(/requests were answered as fast as they came|line was empty/);
  });

  it('tells it in the words beside the drawing, too', async () => {
    await open();
    goTo(240);
    expect(screen.getByText(/^It recovered\. Until 80\.00 s/)).toBeTruthy();
  });

  it('says nothing of a run that went well', async () => {
    await open('one-server', 'one');
    goTo(600);
    expect(screen.queryByText(/recover/)).toBeNull();
  });

  it('speaks Korean on a Korean page', async () => {
    await open('slow-dependency', 'bare', 'ko');
    goTo(240, '실행의 시점');
    fireEvent.click(button('무슨 일이 있었나'));
    const why = await panel('이 실행에서 일어난 일');
    expect(why.textContent).not.toMatch(/why\.|[a-z]{4,}/);
  });
});
