/** What is drawn of the parts of the examples, found by role and name: the still picture and the table twin say the same. */
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Language } from '../../../../languages.ts';
import { prepare, type Chosen } from '../prepare.ts';
import Stage from '../Stage.tsx';
import { fitted, widthOf } from './basis/Fitted.tsx';

afterEach(() => {
  cleanup();
  history.replaceState(null, '', '/');
});

async function open(
  chosen: Chosen,
  language: Language = 'en',
): Promise<{ picture: string; row(name: RegExp): string }> {
  render(<Stage prepared={prepare(language, chosen).text} />);
  // The still pictures stand there before the living drawing takes their place.
  const picture = screen
    .getAllByRole('img')
    .map((each) => each.textContent ?? '')
    .join(' ');
  await waitFor(() => expect(document.querySelector<HTMLElement>('.stage-body')!.dataset['ready']).toBe('true'), {
    timeout: 20_000,
  });
  const twin = screen.getAllByRole('table', { hidden: true }).find((table) => table.classList.contains('twin'))!;
  return {
    picture,
    row: (name) => within(twin).getByRole('row', { name, hidden: true }).textContent ?? '',
  };
}

describe('the drawing of an example and its table twin', () => {
  it('show how many reads a cache answers and how full the pool of a database is', async () => {
    const { picture, row } = await open({ id: 'cache-database' });
    expect(picture).toContain('Found in the cache');
    expect(picture).toContain('Connections in use');
    expect(row(/^Cache/)).toMatch(/Found in the cache [\d.]+%, Hits [\d,.]+ a second, .* over the last 600 ms/);
    expect(row(/^Database/)).toMatch(/Connections in use [\d.]+ of 50/);
  }, 40_000);

  it('say so in Korean, with no message left untranslated', async () => {
    const { picture, row } = await open({ id: 'cache-database' }, 'ko');
    expect(picture).toContain('캐시 적중률');
    expect(row(/캐시/)).toMatch(/캐시 적중률 [\d.]+%/);
    expect(`${picture} ${document.body.textContent}`).not.toMatch(/\b(sign|part|drawing)\.[a-z]+/i);
  }, 40_000);

  it('show what an autoscaler wants, and the tie to what it looks after', async () => {
    const { picture, row } = await open({ id: 'autoscaling-spike', design: 'kubernetes' });
    expect(picture).toMatch(/looks after Web servers.*Wanted.*Ready/);
    expect(row(/^Autoscaler/)).toMatch(/Wanted [\d.]+, Ready \d+/);
  }, 40_000);

  it('name the state of a breaker', async () => {
    await open({ id: 'slow-dependency', design: 'breaker' });
    expect(document.querySelector('.moment-words')!.textContent).toMatch(
      /Web server to Payments: breaker (closed|open|half-open)\./,
    );
  }, 40_000);

  it('have a row for brokers, balancers and participants, which have no slots', async () => {
    const { row } = await open({ id: 'queue-workers' });
    expect(row(/^Queue/)).toMatch(/Lag [\d.]+, Longest partition [\d.]+, Consumers [\d.]+/);
  }, 40_000);
});

describe('the drawing of workers and of an accelerator', () => {
  it('shows what the workers are at, in the grid and in words', async () => {
    const { picture, row } = await open({ id: 'parallel-speedup', design: 'free', dials: { workers: 256 } });
    expect(picture).toMatch(/At work.*of 256.*Waiting for a lock.*Telling the others.*Standing by/);
    expect(row(/^Renderers/)).toMatch(/At work [\d.]+ of 256, Waiting for a lock [\d.]+/);
    for (const state of ['busy', 'exchanging', 'idle', 'waiting'])
      expect(document.querySelector(`.worker.is-${state}`)).not.toBeNull();
  }, 40_000);

  it('shows how large batches are, and the next batch in its frame', async () => {
    const { picture, row } = await open({ id: 'inference-batching', design: 'waiting' }, 'ko');
    expect(picture).toContain('평균 묶음 크기');
    expect(row(/가속기/)).toMatch(/평균 묶음 크기 [\d.]+ \/ 4/);
    expect(document.querySelectorAll('.batch').length).toBeGreaterThan(1);
  }, 40_000);

  it('has a dial that doubles', async () => {
    await open({ id: 'parallel-speedup' });
    const dial = screen.getByRole('slider', { name: 'Workers' });
    expect(dial.getAttribute('max')).toBe('10');
    expect((dial as HTMLInputElement).value).toBe('5');
    expect(dial.getAttribute('aria-valuetext')).toBe('32');
  }, 40_000);
});

describe('words on the drawing', () => {
  it('are cut before they leave their room, in either language', () => {
    for (const name of ['Recommendations and offers of the day', '추천 상품과 오늘의 할인 상품 목록']) {
      const text = fitted(name, 120, 16);
      expect(widthOf(text, 16)).toBeLessThanOrEqual(120);
      expect(text.endsWith('…')).toBe(true);
    }
    expect(fitted('Stock', 120, 16)).toBe('Stock');
  });
});

describe('the drawing of a stream of changes', () => {
  it('shows each part by name with the number of its service, and what the latest change touched', async () => {
    const { picture } = await open({ id: 'change-boundaries', design: 'layers' });
    await waitFor(() => expect(document.querySelector('.component-map')).not.toBeNull(), { timeout: 20_000 });
    const map = document.querySelector('.component-map')!;
    expect(picture).toContain('The shop');
    const labels = [...map.querySelectorAll('.map-labels g')].map((each) => each.textContent);
    expect(labels).toHaveLength(12);
    expect(labels[0]).toBe('Goods page1');
    expect(labels[11]).toBe('Parcel rules3');
    expect(map.querySelectorAll('.map-cell.is-touched')).toHaveLength(3);
    expect(map.querySelectorAll('.map-spot')).toHaveLength(3);
    expect(map.textContent).toMatch(/Crossed a border so far.*Parts of the largest service/);
  }, 40_000);
});
