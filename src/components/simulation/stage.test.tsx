/** The stage as a reader meets it, found by role and name; the machine behind it is the real one, on this very thread. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Language } from '../../../languages.ts';
import { prepare, type Chosen } from './prepare.ts';
import Stage from './Stage.tsx';

afterEach(() => {
  cleanup();
  history.replaceState(null, '', '/');
});

const body = (): HTMLElement => document.querySelector<HTMLElement>('.stage-body')!;
const digest = (): string => body().dataset['digest'] ?? '';
const button = (name: string | RegExp): HTMLButtonElement => screen.getByRole('button', { name });
const slider = (name: string): HTMLInputElement => screen.getByRole('slider', { name });
const moment = (): number => Number(slider('Moment of the run').value);
const patience = { timeout: 10_000 };

async function open(chosen: Partial<Chosen> = {}, language: Language = 'en'): Promise<void> {
  render(<Stage prepared={prepare(language, { id: 'one-server', ...chosen }).text} />);
  await waitFor(() => expect(body().dataset['ready']).toBe('true'), patience);
}
/** Does something and waits for the run that it asks for. */
async function another(act: () => unknown): Promise<void> {
  const before = digest();
  act();
  await waitFor(() => expect(digest()).not.toBe(before), patience);
}
const turn = (dial: string, value: string) => another(() => fireEvent.change(slider(dial), { target: { value } }));

describe('going through a run', () => {
  it('waits until there is a run, and then offers to play it', async () => {
    render(<Stage prepared={prepare('en', { id: 'one-server' }).text} />);
    expect(button('Play').disabled).toBe(true);
    await waitFor(() => expect(button('Play').disabled).toBe(false), patience);
    fireEvent.click(button('Play'));
    fireEvent.click(button('Pause'));
    expect(button('Play')).toBeTruthy();
  });

  it('steps forward and back to the same moment', async () => {
    await open();
    const from = moment();
    fireEvent.click(button('Step forward'));
    const next = moment();
    expect(next).toBeGreaterThan(from);
    fireEvent.click(button('Step forward'));
    fireEvent.click(button('Step back'));
    expect(moment()).toBe(next);
  });

  it('goes faster and slower', async () => {
    await open();
    const speed = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Speed' });
    const before = speed.value;
    fireEvent.click(button('Faster'));
    expect(Number(speed.value)).toBeGreaterThan(Number(before));
    fireEvent.click(button('Slower'));
    expect(speed.value).toBe(before);
  });

  it('says when the run is over, and begins it again when played', async () => {
    await open();
    expect(screen.queryByText(/the run is over/)).toBeNull();
    fireEvent.change(slider('Moment of the run'), { target: { value: '600000000' } });
    expect(screen.getByText('of 600 s: the run is over')).toBeTruthy();
    fireEvent.click(button('Play'));
    expect(moment()).toBeLessThan(600_000_000);
    fireEvent.click(button('Pause'));
  });

  it('plays and pauses at the space bar, also on a slider, and leaves it to buttons', async () => {
    await open();
    const dial = slider('Buyers a second');
    fireEvent.keyDown(dial, { key: ' ' });
    expect(button('Pause')).toBeTruthy();
    fireEvent.keyDown(dial, { key: ' ' });
    expect(button('Play')).toBeTruthy();
    fireEvent.keyDown(button('Step back'), { key: ' ' });
    expect(button('Play')).toBeTruthy();
  });
});

describe('turning, choosing and breaking', () => {
  it('turns a dial into another run, and back into the first', async () => {
    await open();
    const first = digest();
    expect(button('Back to the start').disabled).toBe(true);
    await turn('Buyers a second', '5');
    fireEvent.click(button('Back to the start'));
    await waitFor(() => expect(digest()).toBe(first), patience);
    expect(slider('Buyers a second').value).toBe('8');
  });

  it('takes a typed value when the typing is done, and keeps it within the dial', async () => {
    await open();
    const typed = screen.getByRole<HTMLInputElement>('spinbutton', { name: 'Buyers a second, as a number' });
    fireEvent.change(typed, { target: { value: '99' } });
    expect(slider('Buyers a second').value).toBe('8');
    await another(() => fireEvent.keyDown(typed, { key: 'Enter' }));
    expect(slider('Buyers a second').value).toBe('12');
  });

  it('folds away what a dial means, and still tells it to those who listen', async () => {
    await open();
    const dial = slider('Unevenness of the work');
    const help = document.getElementById(dial.getAttribute('aria-describedby')!)!;
    expect(help.textContent).toContain('squared coefficient of variation');
    const fold = help.closest('details')!;
    expect(fold.open).toBe(false);
    expect(fold.querySelector('summary')!.getAttribute('aria-label')).toBe('About “Unevenness of the work”');
    fold.open = true;
    fireEvent.keyDown(fold.querySelector('summary')!, { key: 'Escape' });
    expect(fold.open).toBe(false);
  });

  it('offers the designs as one choice', async () => {
    await open();
    const designs = within(screen.getByRole('group', { name: 'Design' })).getAllByRole('radio');
    expect(designs.map((each) => (each as HTMLInputElement).checked)).toEqual([true, false, false]);
    await another(() => fireEvent.click(screen.getByRole('radio', { name: 'Two servers, one line' })));
    expect((designs[1] as HTMLInputElement).checked).toBe(true);
  });

  it('breaks at this moment, lists what was done, and takes it back', async () => {
    await open();
    const first = digest();
    fireEvent.change(slider('Moment of the run'), { target: { value: '100000000' } });
    await another(() => fireEvent.click(button(/^Pause the server/)));
    const done = within(screen.getByRole('list', { name: 'What was done' })).getAllByRole('listitem');
    expect(done).toHaveLength(1);
    expect(done[0]!.textContent).toMatch(/^Pause the server Ticket server/);
    fireEvent.click(button(/^Undo: Pause the server/));
    await waitFor(() => expect(digest()).toBe(first), patience);
    expect(screen.queryByRole('list', { name: 'What was done' })).toBeNull();
  });

  it('breaks nothing where the run is over, and says why', async () => {
    await open();
    fireEvent.change(slider('Moment of the run'), { target: { value: '600000000' } });
    expect(button(/^Pause the server/).disabled).toBe(true);
    expect(screen.getByText(/Go back in time, then break something/)).toBeTruthy();
  });
});

describe('the numbers', () => {
  const row = (name: string): HTMLElement => screen.getByRole('row', { name: new RegExp(`^${name}`) });

  it('stand in a table with how sure they are and with theory', async () => {
    await open();
    const table = screen.getByRole('table', { name: 'Measured over the run' });
    expect(within(table).getAllByRole('columnheader')).toHaveLength(4);
    expect(row('Mean response time').textContent).toMatch(/\d ms± .*500 ms$/);
    expect(screen.getByText(/^Little’s law, counted twice.*The same\.$/)).toBeTruthy();
    expect(screen.queryByText(/^Not enough data:/)).toBeNull();
  });

  it('say at 99 percent that there is not enough data, why, and what to do', async () => {
    await open({ dials: { arrivalRate: 9.9 } });
    expect(row('Mean response time').textContent).toContain('not enough data');
    expect(
      screen.getByText(/^Not enough data: in one run of 600 s .* Repeat the run, or turn the load down\.$/),
    ).toBeTruthy();
    expect(screen.getByText(/that is not enough data to rely on.*Repeat it, or turn the load down/)).toBeTruthy();
    const curve = screen.getByRole('figure', { name: 'Mean response time at every “Buyers a second”' });
    expect(within(curve).getByText('not enough data')).toBeTruthy();
  });

  it('say of an overload that repeating does not help', async () => {
    await open({ dials: { arrivalRate: 12 } });
    expect(screen.getByText(/^Not enough data, and repeating will not help/)).toBeTruthy();
    expect(screen.getByText('More comes in than can be served: the line only grows.')).toBeTruthy();
  });

  it('are pooled over twenty runs when asked, beside the single run, until the setting is another', async () => {
    await open({ dials: { arrivalRate: 5 } });
    const single = digest();
    fireEvent.click(button('Repeat 20 times'));
    expect(button('Repeat 20 times').disabled).toBe(true);
    await waitFor(() => expect(screen.getByRole('columnheader', { name: '20 runs together' })).toBeTruthy(), patience);
    expect(screen.getByText('20 runs together are enough data.')).toBeTruthy();
    const [, mean, interval, pooled] = row('Mean response time').children;
    const halfWidth = (text: string): number => Number(/± ([\d.]+)/.exec(text)![1]);
    expect(mean!.textContent).not.toBe('');
    expect(halfWidth(pooled!.textContent)).toBeLessThan(halfWidth(interval!.textContent));
    expect(digest()).toBe(single);
    await turn('Buyers a second', '6');
    expect(screen.queryByRole('columnheader', { name: '20 runs together' })).toBeNull();
  });

  it('come out otherwise with other luck, which has a number', async () => {
    await open();
    expect(screen.getByText('Luck number 1')).toBeTruthy();
    await another(() => fireEvent.click(button('Try other luck')));
    expect(screen.getByText('Luck number 2')).toBeTruthy();
  });
});

describe('in words', () => {
  it('the run is summed up and the drawing is a table', async () => {
    await open();
    expect(screen.getByText(/^In 600 s|^In 600\.00 s/).textContent).toMatch(/requests were made: .* answered/);
    const twin = screen.getByRole('table', { name: /^The drawing at / });
    expect(within(twin).getByRole('rowheader', { name: 'Ticket server' })).toBeTruthy();
  });

  it('the curve over a dial says what its lines are', async () => {
    await open();
    const curve = screen.getByRole('figure', { name: 'Mean response time at every “Buyers a second”' });
    for (const word of [/measured/, /sure to 95 percent/, /theory/]) expect(curve.textContent).toMatch(word);
  });

  it('a page without a second thread says so', async () => {
    await open();
    expect(screen.getByText(/no second thread/)).toBeTruthy();
  });

  it('everything speaks Korean on a Korean page', async () => {
    await open({ dials: { arrivalRate: 9.9 } }, 'ko');
    expect(button('재생')).toBeTruthy();
    expect(screen.getByText(/^데이터가 부족해요\./)).toBeTruthy();
    expect(document.body.textContent).not.toMatch(/\b(numbers|time|dials|charts|faults)\.[a-z]+/i);
  });
});
