/** Charts, dial and comparing as a reader meets them, found by role and name; the machine behind them is the real one. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Language } from '../../../../languages.ts';
import { prepare, type Chosen } from '../prepare.ts';
import Stage from '../Stage.tsx';

afterEach(() => {
  cleanup();
  history.replaceState(null, '', '/');
});

const patience = { timeout: 15_000 };
const body = (): HTMLElement => document.querySelector<HTMLElement>('.stage-body')!;
const charts = (): HTMLElement => screen.getByRole('figure', { name: /^(Over the run|실행 전체)$/ });
const titles = (): (string | null)[] =>
  Array.from(charts().querySelectorAll('.chart-title'), (each) => each.textContent);
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));

async function open(chosen: Partial<Chosen> = {}, language: Language = 'en'): Promise<void> {
  render(<Stage prepared={prepare(language, { id: 'one-server', ...chosen }).text} />);
  await waitFor(() => expect(body().dataset['ready']).toBe('true'), patience);
}
const compareWith = async (name: string): Promise<void> => {
  fireEvent.click(screen.getByRole('checkbox', { name: `Compare with “${name}”` }));
  await screen.findByRole('region', { name: `The drawing of “${name}” at the same moment` }, patience);
};

describe('the charts over the run', () => {
  it('are those that the scenario asks for, with values at the cursor', async () => {
    await open();
    expect(titles()).toEqual([
      'Ticket server: response time',
      'Ticket server: waiting in line',
      'Ticket server: share of threads busy',
    ]);
    const chart = charts().querySelector<HTMLElement>('[data-chart="latency.server"]')!;
    for (const line of ['mean', 'p50', 'p95', 'p99'])
      expect(within(chart).getAllByText(line).length).toBeGreaterThan(0);
  });

  it('show failures by reason by themselves when there are any', async () => {
    await open({ id: 'slow-dependency' });
    expect(titles()).toContain('Failed requests, by reason');
    expect(charts().textContent).toContain('line full');
    expect(within(charts()).getByText('Slow payments')).toBeTruthy();
  });

  it('can be chosen part by part, and put back', async () => {
    await open();
    press('Choose charts');
    const part = await screen.findByRole('combobox', { name: 'Of' }, patience);
    fireEvent.change(part, { target: { value: 'clients' } });
    fireEvent.click(screen.getByRole('checkbox', { name: 'Buyers: requests' }));
    expect(titles().at(-1)).toBe('Buyers: requests');
    fireEvent.change(part, { target: { value: 'server' } });
    fireEvent.click(screen.getByRole('checkbox', { name: 'Ticket server: waiting in line' }));
    expect(titles()).not.toContain('Ticket server: waiting in line');
    press('As the simulation suggests');
    expect(titles()).toHaveLength(3);
  });

  it('have a table with the same numbers', async () => {
    await open();
    press('As a table');
    const table = await screen.findByRole('table', { name: 'The charts as a table' }, patience);
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map((each) => each.textContent),
    ).toEqual([
      'At',
      'Ticket server: response time, mean',
      'Ticket server: response time, p50',
      'Ticket server: response time, p95',
      'Ticket server: response time, p99',
      'Ticket server: waiting in line',
      'Ticket server: share of threads busy',
    ]);
    expect(within(table).getAllByRole('row')).toHaveLength(21);
  });
});

describe('the curve over a dial', () => {
  it('is of the dial and the measure that are chosen', async () => {
    await open();
    fireEvent.change(screen.getByRole('combobox', { name: 'Dial' }), { target: { value: 'variability' } });
    await screen.findByRole('figure', { name: 'Mean response time at every “Unevenness of the work”' });
    fireEvent.change(screen.getByRole('combobox', { name: 'Measure' }), { target: { value: 'server.utilisation' } });
    const curve = await screen.findByRole('figure', { name: 'Server busy at every “Unevenness of the work”' });
    await waitFor(() => expect(Number(curve.dataset['left'])).toBeGreaterThan(0), patience);
    await waitFor(() => expect(curve.querySelectorAll('.point').length).toBeGreaterThan(1), patience);
  });
});

describe('comparing designs', () => {
  it('draws the other design at the same moment, and its lines beside those of the first', async () => {
    await open();
    await compareWith('Two servers, one line');
    expect(titles()[0]).toBe('Ticket server: response time (p95)');
    expect(charts().querySelectorAll('path.line.is-design-1').length).toBeGreaterThan(0);
    expect(charts().querySelectorAll('path.line.is-design-2').length).toBeGreaterThan(0);
    expect(screen.queryByRole('checkbox', { name: 'Compare with “One server”' })).toBeNull();
  });

  it('says how they differ, by how many pairs of runs, and is surer when asked', async () => {
    await open();
    await compareWith('Two servers, one line');
    const told = await screen.findByRole('region', { name: 'How the designs differ' }, patience);
    await waitFor(() => expect(told.textContent).toContain('10 pairs of runs with the same customers'), patience);
    expect(told.textContent).toMatch(
      /Mean response time: 0\.\d+ to 0\.\d+ times as much with “Two servers, one line” as with “One server”\./,
    );
    expect(within(told).getByRole('row', { name: /^Answered per second/ }).textContent).toContain('not sure:');
    fireEvent.click(within(told).getByRole('button', { name: 'Be surer: 50 pairs' }));
    await waitFor(() => expect(told.textContent).toMatch(/\d of 50 pairs of runs made/), patience);
  });

  it('keeps both in sight when the other one is put on the stage, and lets go when unchecked', async () => {
    await open();
    await compareWith('Two servers, one line');
    fireEvent.click(screen.getByRole('radio', { name: 'Two servers, one line' }));
    await screen.findByRole('region', { name: 'The drawing of “One server” at the same moment' }, patience);
    const other = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Compare with “One server”' });
    expect(other.checked).toBe(true);
    fireEvent.click(other);
    await waitFor(() => expect(screen.queryByRole('region', { name: 'How the designs differ' })).toBeNull(), patience);
  });

  it('is opened by a link', async () => {
    history.replaceState(null, '', '/?run=2;one-server;one,two;arrivalRate:8;;1;68;;;chart:queue.server');
    await open();
    await screen.findByRole('region', { name: 'The drawing of “Two servers, one line” at the same moment' }, patience);
    expect(titles()).toEqual(['Ticket server: waiting in line']);
  });

  it('speaks Korean on a Korean page', async () => {
    await open({}, 'ko');
    fireEvent.click(screen.getByRole('checkbox', { name: '‘서버 두 대, 대기열 하나’ 설계와 비교' }));
    const told = await screen.findByRole('region', { name: '설계에 따른 차이' }, patience);
    await waitFor(() => expect(told.textContent).toMatch(/쪽이 ‘서버 한 대’ 쪽의 0\.\d+~0\.\d+배예요\./), patience);
    press('차트 고르기');
    await screen.findByRole('combobox', { name: '대상' }, patience);
    expect(document.body.textContent).not.toMatch(/\b(numbers|time|dials|charts|faults|compare)\.[a-z]+/i);
  });
});
