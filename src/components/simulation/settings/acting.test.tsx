/** Acting in a run as a reader does, found by role and name; the machine behind it is the real one, on this very thread. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Language } from '../../../../languages.ts';
import { prepare, type Chosen } from '../prepare.ts';
import Stage from '../Stage.tsx';

// A page that lays nothing out would show no living drawing: it gets a size.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(900);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(300);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  history.replaceState(null, '', '/');
});

const body = (): HTMLElement => document.querySelector<HTMLElement>('.stage-body')!;
const digest = (): string => body().dataset['digest'] ?? '';
const button = (name: string | RegExp): HTMLButtonElement => screen.getByRole('button', { name });
const slider = (name: string): HTMLInputElement => screen.getByRole('slider', { name });
const typed = (name: string | RegExp): HTMLInputElement => screen.getByRole('spinbutton', { name });
const patience = { timeout: 10_000 };
const scrub = (seconds: number): void => {
  fireEvent.change(slider('Moment of the run'), { target: { value: String(seconds * 1_000_000) } });
};
const moment = (): number => Number(slider('Moment of the run').value) / 1_000_000;

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
const type = (name: string | RegExp, value: string): void => {
  fireEvent.change(typed(name), { target: { value } });
  fireEvent.keyDown(typed(name), { key: 'Enter' });
};
const done = (): string[] =>
  within(screen.getByRole('list', { name: 'What was done' }))
    .getAllByRole('listitem')
    .map((row) => row.querySelector('.deed-what')!.textContent);

describe('the list of what was done', () => {
  it('says what and where, and takes another time and another length by keyboard', async () => {
    await open();
    scrub(100);
    await another(() => fireEvent.click(button(/^Pause the server/)));
    expect(done()).toEqual(['Pause the server Ticket server']);
    expect(typed(/^When: Pause the server/).value).toBe('100');
    await another(() => type(/^When: Pause the server/, '150'));
    expect(typed('When: Pause the server, now at 150.00 s').value).toBe('150');
    await another(() => type(/^How long: Pause the server/, '30'));
    expect(typed(/^How long/).value).toBe('30');
    fireEvent.click(button('Go there: Pause the server at 150.00 s'));
    expect(moment()).toBe(150);
  });

  it('is taken back and done again step by step, by button and by key', async () => {
    await open();
    const first = digest();
    scrub(100);
    await another(() => fireEvent.click(button(/^Pause the server/)));
    const second = digest();
    await another(() => type(/^How long/, '30'));
    const third = digest();
    await another(() => fireEvent.click(button('Take back')));
    expect(digest()).toBe(second);
    await another(() => fireEvent.keyDown(slider('Moment of the run'), { key: 'z', ctrlKey: true }));
    expect(digest()).toBe(first);
    expect(screen.queryByRole('list', { name: 'What was done' })).toBeNull();
    await another(() => fireEvent.keyDown(body(), { key: 'Z', ctrlKey: true, shiftKey: true }));
    await another(() => fireEvent.click(button('Do again')));
    expect(digest()).toBe(third);
    expect(button('Do again').getAttribute('aria-disabled')).toBe('true');
  });

  it('leaves the keys for taking back to whoever is typing', async () => {
    await open();
    scrub(100);
    await another(() => fireEvent.click(button(/^Pause the server/)));
    fireEvent.keyDown(typed(/^How long/), { key: 'z', ctrlKey: true });
    expect(done()).toHaveLength(1);
  });

  it('shows what the simulation itself plans, which cannot be taken back', async () => {
    await open({ id: 'cache-database' });
    const row = within(screen.getByRole('list', { name: 'What was done' })).getByRole('listitem');
    expect(row.textContent).toContain('part of this simulation');
    expect(within(row).queryByRole('spinbutton')).toBeNull();
    expect(within(row).queryByRole('button', { name: /^Undo/ })).toBeNull();
  });
});

describe('mending', () => {
  it('is offered while something is broken, and ends it at this moment', async () => {
    await open();
    scrub(100);
    expect(screen.queryByRole('button', { name: /^Mend now/ })).toBeNull();
    await another(() => fireEvent.click(button(/^Pause the server/)));
    scrub(104);
    await another(() => fireEvent.click(button('Mend now: Pause the server')));
    expect(done()).toEqual(['Pause the server Ticket server', 'Mended: Pause the server Ticket server']);
    scrub(106);
    expect(screen.queryByRole('button', { name: /^Mend now/ })).toBeNull();
  });
});

describe('turning a dial from this moment on', () => {
  const fromNow = () => fireEvent.click(screen.getByRole('radio', { name: 'from this moment on' }));

  it('leaves the run before it as it was, and stands in the list', async () => {
    await open();
    scrub(100);
    fromNow();
    await another(() => fireEvent.change(slider('Buyers a second'), { target: { value: '5' } }));
    expect(done()).toEqual(['Turned: Buyers a second']);
    expect(slider('Buyers a second').value).toBe('5');
    scrub(50);
    expect(slider('Buyers a second').value).toBe('8');
    await another(() => type(/^To what value: Turned: Buyers a second/, '3'));
    scrub(120);
    expect(slider('Buyers a second').value).toBe('3');
  });

  it('is one step, however far the hand goes', async () => {
    await open();
    const first = digest();
    scrub(100);
    fromNow();
    for (const value of ['7', '6', '5'])
      await another(() => fireEvent.change(slider('Buyers a second'), { target: { value } }));
    expect(done()).toHaveLength(1);
    await another(() => fireEvent.click(button('Take back')));
    expect(digest()).toBe(first);
  });

  it('is not offered for a dial that only the whole run can take', async () => {
    await open({ id: 'cache-database' });
    fromNow();
    expect(screen.getAllByText('This one can only be turned for the whole run.').length).toBeGreaterThan(0);
  });
});

describe('what changes nothing', () => {
  it('says so and why, in its row', async () => {
    await open();
    scrub(100);
    await another(() => fireEvent.click(button(/^Pause the server/)));
    type(/^When: Pause the server/, '600');
    expect(await screen.findByText(/It changes nothing, because it comes when the run is over/)).toBeTruthy();
  });

  it('says at the dial that a design fixes what it would turn', async () => {
    await open({ id: 'slow-dependency' });
    expect(screen.getByText(/It changes nothing here: the design .* says itself what .* would turn\./)).toBeTruthy();
  });

  it('says after a turn that the run is the same to the last request', async () => {
    await open({ id: 'load-balancing' });
    fireEvent.change(slider('How many it looks at'), { target: { value: '3' } });
    expect(await screen.findByText(/nothing changed: this run is the same to the last request/)).toBeTruthy();
  });
});

describe('the future that was left', () => {
  it('stays in the charts until it is put away', async () => {
    await open();
    scrub(100);
    expect(document.querySelector('.ghost-line')).toBeNull();
    await another(() => fireEvent.click(button(/^Pause the server/)));
    expect(screen.getByText(/how it went before you acted at 100\.00 s/)).toBeTruthy();
    expect(document.querySelectorAll('.ghost-line').length).toBeGreaterThan(0);
    fireEvent.click(button('Put it away'));
    expect(document.querySelector('.ghost-line')).toBeNull();
  });

  it('goes when the whole run becomes another', async () => {
    await open();
    scrub(100);
    await another(() => fireEvent.click(button(/^Pause the server/)));
    await another(() => fireEvent.change(slider('Buyers a second'), { target: { value: '5' } }));
    expect(screen.queryByText(/how it went before/)).toBeNull();
  });
});

describe('the menu of a part', () => {
  const handle = (name: string) =>
    screen.findByRole('button', { name: new RegExp(`^${name}: what it does`) }, patience);

  it('opens on the part by keyboard, says what it does, breaks it, and gives the focus back', async () => {
    await open();
    const server = await handle('Ticket server');
    scrub(100);
    server.focus();
    fireEvent.click(server);
    const menu = await screen.findByRole('dialog', { name: 'Ticket server' }, patience);
    expect(menu.textContent).toMatch(/\d of 1 busy · \d+ waiting/);
    expect(within(menu).queryByRole('button', { name: /A rush/ })).toBeNull();
    const pause = within(menu).getByRole('button', { name: /^Pause the server/ });
    fireEvent.keyDown(menu, { key: 'ArrowDown' });
    await another(() => fireEvent.click(pause));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(server);
    expect(done()).toEqual(['Pause the server Ticket server']);
  });

  it('is reached with the arrow keys: the drawing is one stop of the Tab key', async () => {
    await open();
    const [buyers, server] = [await handle('Buyers'), await handle('Ticket server')];
    const stops = () => [buyers, server].map(({ tabIndex }) => tabIndex);
    expect(stops()).toEqual([0, -1]);
    expect(document.querySelector('.stage-table')!.getAttribute('tabindex')).toBe('-1');
    expect(document.querySelector('[role="application"]')).toBeNull();
    buyers.focus();
    fireEvent.keyDown(buyers, { key: 'ArrowRight' });
    expect(document.activeElement).toBe(server);
    expect(stops()).toEqual([-1, 0]);
    // Nothing stands further on, and a letter is for the stage.
    fireEvent.keyDown(server, { key: 'ArrowRight' });
    fireEvent.keyDown(server, { key: 'w', ctrlKey: true });
    expect(document.activeElement).toBe(server);
    fireEvent.keyDown(server, { key: 'Home' });
    expect(document.activeElement).toBe(buyers);
    fireEvent.keyDown(buyers, { key: 'End' });
    expect(document.activeElement).toBe(server);
    expect(stops()).toEqual([-1, 0]);
  });

  it('plays at the key that the drawing names, also from a part, whose menu the space bar opens', async () => {
    await open();
    const drawing = screen.getByRole('group', { name: /Press k to play/ });
    const server = await handle('Ticket server');
    expect(drawing.contains(server)).toBe(true);
    fireEvent.keyDown(server, { key: ' ' });
    expect(button('Play')).toBeTruthy();
    fireEvent.keyDown(server, { key: 'k' });
    fireEvent.click(button('Pause'));
  });

  it('opens with the right button too, and mends what is broken', async () => {
    await open();
    const server = await handle('Ticket server');
    scrub(100);
    await another(() => fireEvent.click(button(/^Pause the server/)));
    scrub(102);
    fireEvent.contextMenu(server);
    const menu = await screen.findByRole('dialog', { name: 'Ticket server' }, patience);
    expect(menu.textContent).toContain('stopped');
    await another(() => fireEvent.click(within(menu).getByRole('button', { name: 'Mend now: Pause the server' })));
    expect(done()).toHaveLength(2);
  });

  it('closes at Escape', async () => {
    await open();
    const server = await handle('Ticket server');
    fireEvent.click(server);
    const menu = await screen.findByRole('dialog', {}, patience);
    expect(menu.contains(document.activeElement)).toBe(true);
    fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(server);
  });
});

describe('time', () => {
  it('is looped between two moments by key, and no longer when that is wished', async () => {
    await open();
    scrub(100);
    fireEvent.keyDown(body(), { key: 'i' });
    scrub(120);
    fireEvent.keyDown(body(), { key: 'o' });
    expect(button('Again and again from 100.00 s to 120.00 s')).toBeTruthy();
    fireEvent.click(button('Play'));
    expect(moment()).toBe(100);
    fireEvent.click(button('Pause'));
    fireEvent.click(button('No loop'));
    expect(screen.queryByRole('button', { name: /^Again and again/ })).toBeNull();
  });

  it('leads to everything that happened, from a list', async () => {
    await open();
    scrub(100);
    await another(() => fireEvent.click(button(/^Pause the server/)));
    const list = screen.getByText(/^\d+ things? happened$/);
    const fold = list.closest('details')!;
    fold.open = true;
    fireEvent(fold, new Event('toggle'));
    scrub(0);
    fireEvent.click(button(/^At 110\.00 s this ended: Pause the server/));
    expect(moment()).toBe(110);
  });
});

describe('in Korean', () => {
  it('every word of it is said', async () => {
    await open({ id: 'slow-dependency' }, 'ko');
    expect(screen.getByRole('list', { name: '한 일' })).toBeTruthy();
    expect(screen.getByRole('radio', { name: '지금 이 순간부터' })).toBeTruthy();
    expect(document.body.textContent).not.toMatch(/\b(schedule|nothing|loop|marks|ghost|menu|faults|dials)\.[a-z]+/i);
  });
});
