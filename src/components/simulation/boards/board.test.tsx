/** A board as a reader uses it, found by role and name; a simulation of the course is given one, and the machine behind it is the real one. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Language } from '../../../../languages.ts';
import { prepare } from '../prepare.ts';
import type { Prepared } from '../prepared.ts';
import Stage from '../Stage.tsx';

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(900);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(300);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  history.replaceState(null, '', '/');
});

const people = { ann: 'Ann', bob: 'Bob', cem: 'Cem' };
/** What each of them makes more of, by where they stand. */
const places: Record<string, string> = {
  ann: 'parts.server.threads',
  bob: 'parts.server.speed',
  cem: 'parts.server.instances',
};

/** A ticket desk at which three people may help, and a design that does without them. */
function withBoard(language: Language, of: { design?: string; start?: string } = {}): string {
  const { prepared } = prepare(language, { id: 'one-server' });
  const { scenario, words } = JSON.parse(JSON.stringify(prepared)) as Prepared;
  scenario.designs = [
    { id: 'fixed', set: Object.fromEntries(Object.values(places).map((place) => [place, 1])) },
    { id: 'own', set: {} },
  ];
  words.designs = { fixed: { name: 'As it was', short: 'was' }, own: { name: 'Your own', short: 'own' } };
  for (const [id, name] of Object.entries(people)) {
    const place = places[id]!;
    scenario.dials.push({
      id,
      unit: 'number',
      min: 0,
      max: 2,
      step: 1,
      start: 0,
      sets: [{ place, times: 1, plus: 1 }],
    });
    words.dials[id] = { name, help: '' };
  }
  scenario.boards = [
    {
      id: 'desks',
      columns: [{ id: 'hall' }, { id: 'till', most: 1 }, { id: 'yard' }],
      tokens: Object.keys(people),
      ...(of.design !== undefined && { design: of.design }),
    },
  ];
  words.boards = {
    desks: { name: 'Who is where', help: 'Three people.', columns: { hall: 'Hall', till: 'Till', yard: 'Yard' } },
  };
  const { connections } = prepared;
  return JSON.stringify({
    ...prepared,
    scenario,
    words,
    connections: { fixed: connections['one'], own: connections['one'] },
    setting: {
      ...prepared.setting,
      design: of.start ?? 'own',
      dials: Object.fromEntries(scenario.dials.map(({ id, start }) => [id, start])),
    },
  });
}

const body = (): HTMLElement => document.querySelector<HTMLElement>('.stage-body')!;
const digest = (): string => body().dataset['digest'] ?? '';
const patience = { timeout: 10_000 };
const board = (): HTMLElement => screen.getByRole('group', { name: 'Who is where' });
const token = (name: string): HTMLElement => within(board()).getByRole('button', { name: new RegExp(`^${name}, `) });
const whereIs = (name: string): string => token(name).getAttribute('aria-label')!;
const told = (): string => within(board()).getByRole('status').textContent;
const click = (name: string | RegExp): boolean => fireEvent.click(within(board()).getByRole('button', { name }));

async function open(of: { design?: string; start?: string } = {}, language: Language = 'en'): Promise<void> {
  render(<Stage prepared={withBoard(language, of)} />);
  await waitFor(() => expect(body().dataset['ready']).toBe('true'), patience);
  await waitFor(() => expect(board().querySelector('[data-token]')).not.toBeNull(), patience);
}
async function another(act: () => unknown): Promise<void> {
  const before = digest();
  act();
  await waitFor(() => expect(digest()).not.toBe(before), patience);
}

/** Where the columns of a page lie that lays nothing out. */
function layOut(): void {
  const names = ['hall', 'till', 'yard'];
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function (this: HTMLElement) {
    const column = Number(this.dataset['column'] ?? -1);
    return column < 0 || column >= names.length ? new DOMRect() : new DOMRect(column * 100, 0, 100, 100);
  });
}
const drag = (name: string, to: number): void => {
  const held = token(name);
  fireEvent.pointerDown(held, { clientX: 10, clientY: 50, button: 0, pointerId: 1, pointerType: 'mouse' });
  fireEvent.pointerMove(held, { clientX: to, clientY: 50, pointerId: 1, pointerType: 'mouse' });
  fireEvent.pointerUp(held, { clientX: to, clientY: 50, pointerId: 1, pointerType: 'mouse' });
};

describe('a board', () => {
  it('says where everything stands, and leaves the list of dials to what is turned', async () => {
    await open();
    expect(whereIs('Ann')).toBe('Ann, in Hall');
    expect(within(board()).getByRole('group', { name: 'Hall: 3' })).toBeTruthy();
    expect(within(board()).getByRole('group', { name: 'Till: 0 of at most 1' })).toBeTruthy();
    expect(screen.queryByRole('slider', { name: 'Ann' })).toBeNull();
    expect(screen.getByRole('slider', { name: 'Buyers a second' })).toBeTruthy();
  });

  it('is moved by pressing a token and then a column, without any dragging', async () => {
    await open();
    fireEvent.click(token('Ann'));
    expect(told()).toBe('Ann is picked up from Hall. Choose a column.');
    expect(token('Ann').getAttribute('aria-pressed')).toBe('true');
    await another(() => click('Put Ann into Yard'));
    expect(whereIs('Ann')).toBe('Ann, in Yard');
    expect(told()).toBe('Ann now stands in Yard.');
    expect(document.activeElement).toBe(token('Ann'));
    expect(within(board()).queryByRole('button', { name: /^Put/ })).toBeNull();
  });

  it('is moved by keyboard: picked up, carried over a column, put down; Escape leaves all as it was', async () => {
    await open();
    expect([token('Ann').tabIndex, token('Bob').tabIndex]).toEqual([0, -1]);
    token('Ann').focus();
    fireEvent.keyDown(token('Ann'), { key: 'ArrowDown' });
    expect(document.activeElement).toBe(token('Bob'));
    fireEvent.click(token('Bob'));
    fireEvent.keyDown(token('Bob'), { key: 'ArrowRight' });
    expect(told()).toBe('Bob over Till: Enter puts it there.');
    fireEvent.keyDown(token('Bob'), { key: 'Escape' });
    expect(whereIs('Bob')).toBe('Bob, in Hall');
    expect(told()).toBe('Bob stays in Hall.');
    fireEvent.click(token('Bob'));
    fireEvent.keyDown(token('Bob'), { key: 'ArrowRight' });
    await another(() => fireEvent.click(token('Bob')));
    expect(whereIs('Bob')).toBe('Bob, in Till');
    expect(document.activeElement).toBe(token('Bob'));
  });

  it('is moved by dragging, and a drop beside the columns moves nothing', async () => {
    await open();
    layOut();
    drag('Ann', 900);
    expect(whereIs('Ann')).toBe('Ann, in Hall');
    await another(() => drag('Ann', 150));
    expect(whereIs('Ann')).toBe('Ann, in Till');
  });

  it('refuses a column that is full and says why, by drag and by hand', async () => {
    await open();
    layOut();
    await another(() => drag('Ann', 150));
    drag('Bob', 150);
    expect(whereIs('Bob')).toBe('Bob, in Hall');
    expect(told()).toBe('Till is full: at most 1 fit. Move another one out first.');
    // A drag ends with a click of its own, which picks nothing up.
    fireEvent.click(token('Bob'));
    expect(token('Bob').getAttribute('aria-pressed')).toBe('false');
    await new Promise((resolve) => setTimeout(resolve));
    fireEvent.click(token('Bob'));
    const put = within(board()).getByRole('button', { name: 'Put Bob into Till' });
    expect(put.getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(put);
    expect(whereIs('Bob')).toBe('Bob, in Hall');
    expect(token('Bob').getAttribute('aria-pressed')).toBe('true');
    await another(() => click('Put Bob into Yard'));
    expect(whereIs('Bob')).toBe('Bob, in Yard');
  });

  it('takes moves back, one by one or all, by button and by key, and forgets them when a dial resets', async () => {
    await open();
    const first = digest();
    fireEvent.click(token('Ann'));
    await another(() => click('Put Ann into Yard'));
    const second = digest();
    fireEvent.click(token('Bob'));
    await another(() => click('Put Bob into Till'));
    await another(() => click('Take the move back'));
    expect(digest()).toBe(second);
    await another(() => fireEvent.keyDown(token('Bob'), { key: 'z', ctrlKey: true }));
    expect(digest()).toBe(first);
    await another(() => fireEvent.keyDown(token('Bob'), { key: 'z', ctrlKey: true, shiftKey: true }));
    await another(() => click('All back to the start'));
    expect(digest()).toBe(first);
    fireEvent.click(token('Ann'));
    await another(() => click('Put Ann into Yard'));
    await another(() => fireEvent.click(screen.getByRole('button', { name: 'Back to the start' })));
    expect(whereIs('Ann')).toBe('Ann, in Hall');
    expect(screen.getByRole('button', { name: 'Take the move back' }).getAttribute('aria-disabled')).toBe('true');
  });

  it('shows the design that it belongs to as soon as something is moved', async () => {
    await open({ design: 'own', start: 'fixed' });
    expect(board().textContent).toContain('This table belongs to the design “Your own”');
    fireEvent.click(token('Ann'));
    await another(() => click('Put Ann into Yard'));
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Your own' }).checked).toBe(true);
    expect(board().textContent).not.toContain('This table belongs');
    await another(() => click('Take the move back'));
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'As it was' }).checked).toBe(true);
  });

  it('says that it changes nothing where a design says itself where everything stands', async () => {
    await open({ start: 'fixed' });
    await waitFor(() => expect(board().textContent).toContain('changes nothing in the design “As it was”'), patience);
  });
});

describe('in Korean', () => {
  it('every word of it is said', async () => {
    await open({ design: 'own', start: 'fixed' }, 'ko');
    fireEvent.click(within(board()).getByRole('button', { name: /^Ann/ }));
    expect(board().textContent).not.toMatch(/\bboard\.[a-z]+/i);
    expect(told()).toBe('집은 항목: Ann (Hall). 옮길 칸을 고르세요.');
  });
});
