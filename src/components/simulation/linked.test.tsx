/** What a link opens again besides the run: the future that was left, the stretch that is repeated, the curve, what was asked. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { prepare } from './prepare.ts';
import Stage from './Stage.tsx';

afterEach(() => {
  cleanup();
  history.replaceState(null, '', '/');
});

const body = (): HTMLElement => document.querySelector<HTMLElement>('.stage-body')!;
const patience = { timeout: 15_000 };

async function openLink(run: string): Promise<void> {
  history.replaceState(null, '', `/?run=${run}`);
  render(<Stage prepared={prepare('en', { id: 'one-server' }).text} />);
  await waitFor(() => expect(body().dataset['ready']).toBe('true'), patience);
}
/** The address once the page has put it in step. */
const address = async (holding: RegExp): Promise<string> => {
  await waitFor(() => expect(decodeURIComponent(location.search)).toMatch(holding), patience);
  return decodeURIComponent(location.search);
};

describe('a link', () => {
  it('draws the future that was left behind the one that it is about, and hands it on', async () => {
    await openLink('3;one-server;one;;pause@200:60;1;230;;;;-');
    await waitFor(() => expect(document.querySelector('.ghost-note')?.textContent).toMatch(/200/), patience);
    fireEvent.pointerDown(body());
    fireEvent.click(screen.getByRole('button', { name: 'Step forward' }));
    expect(await address(/one-server;one;[^;]*;pause@200:60;1;230[^;]+;.*;-$/)).toBeTruthy();
  }, 40_000);

  it('leaves out the future again once the reader has put it away', async () => {
    await openLink('3;one-server;one;;pause@200:60;1;230;;;;-');
    await waitFor(() => expect(document.querySelector('.ghost-note')).not.toBeNull(), patience);
    fireEvent.pointerDown(body());
    fireEvent.click(document.querySelector('.ghost-note button')!);
    await waitFor(() => expect(document.querySelector('.ghost-note')).toBeNull());
    expect(await address(/;pause@200:60;.*;$/)).toBeTruthy();
  }, 40_000);

  it('repeats the same stretch, draws the same curve and answers the same question', async () => {
    await openLink(
      '3;one-server;one;;;1;120;;;loop:100-140,sweep:arrivalRate.server.utilisation,why:request.17,follow:17;',
    );
    expect(screen.getByRole('button', { name: /from 100.00 s to 140.00 s/ })).toBeTruthy();
    await waitFor(
      () =>
        expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Measure' }).value).toBe('server.utilisation'),
      patience,
    );
    await waitFor(() => expect(document.querySelector('.why')?.textContent).toMatch(/^Request 18/), patience);
    fireEvent.pointerDown(body());
    fireEvent.click(screen.getByRole('button', { name: 'Step forward' }));
    const said = await address(/loop:100-140.*follow/);
    for (const word of ['sweep:arrivalRate.server.utilisation', 'why:request.17', 'follow:17'])
      expect(said).toContain(word);
  }, 40_000);

  it('that asks for a curve or a stretch that cannot be is answered without them', async () => {
    await openLink('3;one-server;one;;;1;120;;;loop:100-9999,sweep:roof.server.utilisation,why:request.999999999;');
    expect(document.querySelector('.notice.is-problem')).toBeNull();
    expect(screen.getByRole('button', { name: /from 100.00 s to 600.00 s/ })).toBeTruthy();
  }, 40_000);
});
