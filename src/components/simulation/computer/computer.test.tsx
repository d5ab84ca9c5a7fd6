/** The computer on its stage, found by role and name: its drawing, its workbench, and a program of the reader's own. */
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Language } from '../../../../languages.ts';
import { prepare } from '../prepare.ts';
import Stage from '../Stage.tsx';

// What is loaded when it is opened comes late where many tests run at once.
configure({ asyncUtilTimeout: 20_000 });

afterEach(() => {
  cleanup();
  history.replaceState(null, '', '/');
});

async function open(design: string, language: Language = 'en', dials: Record<string, number> = {}): Promise<void> {
  render(<Stage prepared={prepare(language, { id: 'stored-program', design, dials }).text} />);
  await waitFor(() => expect(document.querySelector<HTMLElement>('.stage-body')!.dataset['ready']).toBe('true'), {
    timeout: 20_000,
  });
}

const openBench = async (): Promise<HTMLElement> => {
  fireEvent.click(screen.getByRole('button', { name: 'Show and change the program' }));
  return screen.findByRole('region', { name: 'The program' });
};
const digest = (): string => document.querySelector<HTMLElement>('.stage-body')!.dataset['digest']!;

describe('the drawing of a computer', () => {
  it('shows the instruction, the registers, the port and every word', async () => {
    await open('one');
    await waitFor(() =>
      expect(document.querySelectorAll('.still .part-memory .word-instruction').length).toBeGreaterThan(0),
    );
    const picture = document.querySelector('.still.is-wide')!;
    expect(picture.textContent).toContain('The one port');
    expect(picture.textContent).toMatch(/Instruction at \d+/);
    for (const name of ['A', 'B', 'C', 'D']) expect(picture.textContent).toContain(name);
    expect(picture.querySelector('.step.is-on')).not.toBeNull();
    expect(picture.querySelectorAll('.cache-line')).toHaveLength(0);
  });

  it('shows the lines of a cache, and two ports where the memories are separate', async () => {
    await open('cached');
    await waitFor(() => expect(document.querySelectorAll('.still.is-wide .cache-line')).toHaveLength(4));
    cleanup();
    await open('separate');
    await waitFor(() => expect(document.querySelectorAll('.still.is-wide .port')).toHaveLength(2));
    expect(document.querySelector('.still.is-wide')!.textContent).toContain('Port of the data');
  });
});

describe('the workbench', () => {
  it('goes to the first instruction, and the drawing goes along at once', async () => {
    await open('one');
    const picture = (): string => document.querySelector('.still.is-wide')!.textContent!;
    const bench = await openBench();
    expect(picture()).not.toContain('Instruction at 0');
    fireEvent.click(within(bench).getByRole('button', { name: 'First instruction' }));
    await waitFor(() => expect(within(bench).getByText(/^Run 1 of the program, instruction 1: SET A/)).toBeDefined());
    expect(picture()).toContain('Instruction at 0');
  });

  it('steps from instruction to instruction and back, and says where it is', async () => {
    await open('one');
    const bench = await openBench();
    const said = (): string => within(bench).getByText(/^Run \d+ of the program/).textContent!;
    const before = said();
    fireEvent.click(within(bench).getByRole('button', { name: 'Next instruction' }));
    await waitFor(() => expect(said()).not.toBe(before));
    expect(said()).toContain('carries out the instruction');
    const there = said();
    fireEvent.click(within(bench).getByRole('button', { name: 'Next instruction' }));
    await waitFor(() => expect(said()).not.toBe(there));
    fireEvent.click(within(bench).getByRole('button', { name: 'Previous instruction' }));
    await waitFor(() => expect(said()).toBe(there));
    expect(
      within(bench)
        .getAllByRole('row')
        .filter((row) => row.getAttribute('aria-current') === 'step'),
    ).toHaveLength(1);
  });

  it('lists the instructions as they stand in memory, also those that the program wrote over', async () => {
    await open('one', 'en', { program: 5 });
    const bench = await openBench();
    const row = within(bench).getByRole('row', { name: /here: LOAD A/ });
    expect(row.querySelector('.is-rewritten')).not.toBeNull();
    expect(row.textContent).not.toContain('LOAD A, base');
  });

  it('refuses a wrong program with its lines, and runs a right one, which stays in the address', async () => {
    await open('one');
    const bench = await openBench();
    const text = within(bench).getByRole('textbox', { name: 'Program as text' });
    const first = digest();
    fireEvent.change(text, { target: { value: 'ADD A, 1\nMOVE A, B\nJUMP nowhere' } });
    fireEvent.click(within(bench).getByRole('button', { name: 'Run this program' }));
    expect(within(bench).getByText(/There are 2 mistakes/)).toBeDefined();
    expect(within(bench).getByText(/^Line 2: “MOVE” is no instruction/)).toBeDefined();
    expect(within(bench).getByText(/^Line 3: there is no label “nowhere”/)).toBeDefined();
    expect(text.getAttribute('aria-invalid')).toBe('true');
    expect(digest()).toBe(first);

    fireEvent.change(text, { target: { value: '; mine\nSET A, 7\nSTORE A, OUT\nHALT' } });
    fireEvent.click(within(bench).getByRole('button', { name: 'Run this program' }));
    await waitFor(() => expect(digest()).not.toBe(first), { timeout: 10_000 });
    await waitFor(() => expect(within(bench).getByRole('row', { name: /SET A, 7/ })).toBeDefined());
    await waitFor(() => expect(location.search).toContain('own:*3B~mine!SET~A*2C~7'), { timeout: 5000 });

    fireEvent.click(within(bench).getByRole('button', { name: 'Back to the chosen program' }));
    await waitFor(() => expect(digest()).toBe(first), { timeout: 10_000 });
  });

  it('keeps the single keys of the stage away from what is being written', async () => {
    await open('one');
    const bench = await openBench();
    const text = within(bench).getByRole('textbox', { name: 'Program as text' });
    const before = within(bench).getByText(/^Run \d+ of the program/).textContent;
    fireEvent.keyDown(text, { key: '.' });
    fireEvent.keyDown(text, { key: ' ' });
    expect(within(bench).getByText(/^Run \d+ of the program/).textContent).toBe(before);
  });

  it('speaks Korean, mistakes included', async () => {
    await open('cached', 'ko');
    fireEvent.click(screen.getByRole('button', { name: '프로그램 보기와 고치기' }));
    const bench = await screen.findByRole('region', { name: '프로그램' });
    fireEvent.change(within(bench).getByRole('textbox', { name: '프로그램 내용' }), { target: { value: 'MOVE A' } });
    fireEvent.click(within(bench).getByRole('button', { name: '이 프로그램 실행하기' }));
    expect(within(bench).getByText(/^1번째 줄: 명령어 목록에 없는 말이에요/)).toBeDefined();
  });
});

describe('a dial that chooses among things', () => {
  it('calls them by their names', async () => {
    await open('one');
    const choice = screen.getByRole('combobox', { name: /Program/ });
    expect(
      within(choice)
        .getAllByRole('option')
        .map((option) => option.textContent),
    ).toContain('Multiply by adding');
    const first = digest();
    fireEvent.change(choice, { target: { value: '3' } });
    await waitFor(() => expect(digest()).not.toBe(first), { timeout: 10_000 });
  });
});
