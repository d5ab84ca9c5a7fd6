/** Which number of a latency designs are compared by, as a reader chooses it; the machine behind is the real one. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { Language } from '../../../../languages.ts';
import { prepare } from '../prepare.ts';
import Stage from '../Stage.tsx';

afterEach(() => {
  cleanup();
  history.replaceState(null, '', '/');
});

const patience = { timeout: 30_000 };

async function differences(language: Language): Promise<HTMLElement> {
  history.replaceState(null, '', '/?run=3;one-server;one,two;;;1;100;;;;');
  render(<Stage prepared={prepare(language, { id: 'one-server' }).text} />);
  const found = await screen.findByRole('region', { name: /How the designs differ|설계/ }, patience);
  await waitFor(() => expect(found.querySelectorAll('tbody tr').length).toBeGreaterThan(0), patience);
  return found;
}

it.each([
  ['en', 'Ticket server: response time, p95', /less|times|not sure/],
  ['ko', /, p95$/, /작아요|배|불확실|적/],
] as const)(
  'compares p95 where it is chosen, with an interval and whether it is sure, in %s',
  async (language, name, said) => {
    const region = await differences(language);
    fireEvent.change(within(region).getByRole('combobox'), { target: { value: 'p95' } });
    const row = await within(region).findByRole('rowheader', { name }, patience);
    const cells = Array.from(row.closest('tr')!.querySelectorAll('td'), (cell) => cell.textContent ?? '');
    expect(cells).toHaveLength(3);
    expect(cells[0]).toMatch(/ms|s|초/);
    expect(cells[2]).toMatch(/\d/);
    expect(row.closest('tr')!.className).toMatch(/^is-(un)?sure$/);
    if (row.closest('tr')!.className === 'is-sure') expect(cells[2]).toMatch(said);
  },
  60_000,
);
