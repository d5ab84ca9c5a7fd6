/** Keeping and sharing as a reader meets it, found by role and name, on a stage with the real machine behind it. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Language } from '../../../../languages.ts';
import { prepare } from '../prepare.ts';
import Stage from '../Stage.tsx';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  history.replaceState(null, '', '/');
});

const body = (): HTMLElement => document.querySelector<HTMLElement>('.stage-body')!;
const digest = (): string => body().dataset['digest'] ?? '';
const patience = { timeout: 10_000 };

async function open(address = '/', language: Language = 'en'): Promise<void> {
  history.replaceState(null, '', address);
  render(<Stage prepared={prepare(language, { id: 'one-server' }).text} />);
  await waitFor(() => expect(body().dataset['ready']).toBe('true'), patience);
}
async function openPanel(): Promise<void> {
  fireEvent.click(screen.getByRole('button', { name: 'Keep and share' }));
  await screen.findByRole('group', { name: 'Picture' }, patience);
}

/** What is saved while something is done: names of files and what is in them. */
function saved(): { name: string; content: Blob }[] {
  const files: { name: string; content: Blob }[] = [];
  let last: Blob = new Blob();
  URL.createObjectURL = vi.fn<typeof URL.createObjectURL>((content) => {
    last = content as Blob;
    return 'blob:kept';
  });
  URL.revokeObjectURL = vi.fn<typeof URL.revokeObjectURL>();
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function save(this: HTMLAnchorElement) {
    files.push({ name: this.download, content: last });
  });
  return files;
}

describe('the panel for keeping', () => {
  it('comes up when it is asked for, and goes again', async () => {
    await open();
    const button = screen.getByRole('button', { name: 'Keep and share' });
    expect(button.getAttribute('aria-expanded')).toBe('false');
    expect(screen.queryByRole('group', { name: 'Picture' })).toBeNull();
    await openPanel();
    expect(button.getAttribute('aria-expanded')).toBe('true');
    fireEvent.click(button);
    expect(screen.queryByRole('group', { name: 'Picture' })).toBeNull();
  });

  it('saves the numbers under a name that says scenario, design, seed and moment, and says so', async () => {
    const files = saved();
    await open('/?run=2;one-server;two;arrivalRate:6;;9;120;;;');
    await waitFor(() =>
      expect(screen.getByRole<HTMLInputElement>('radio', { name: /^Two servers/ }).checked).toBe(true),
    );
    await openPanel();
    fireEvent.click(screen.getByRole('button', { name: 'Measured (CSV)' }));
    await screen.findByText('Saved as one-server_two_seed-9_at-120_measures.csv.');
    expect(files.map(({ name }) => name)).toEqual(['one-server_two_seed-9_at-120_measures.csv']);
    expect(await files[0]!.content.text()).toContain('server.response.mean,Mean response time,');
  });

  it('offers a frame for this run at this moment, with nothing in it that could break out of the HTML', async () => {
    await open('/?run=2;one-server;two;arrivalRate:6;pause@100:5;9;120;;;');
    await openPanel();
    const html = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'HTML of the frame' });
    await waitFor(() =>
      expect(html.value).toMatch(/\/embed\/one-server\/\?run=3;one-server;two;arrivalRate:6,.*;pause@100:5;9;120;/),
    );
    const frame = document.createElement('div');
    frame.innerHTML = html.value;
    expect(frame.children).toHaveLength(1);
    expect(frame.querySelector('iframe')!.title).toBe('Many clients, one server');
  });

  it('opens a run again that was kept, and refuses what is none in words, leaving the run as it was', async () => {
    const files = saved();
    await open('/?run=2;one-server;two;arrivalRate:6;pause@100:5,mend:pause@102;9;120;;;');
    await waitFor(() =>
      expect(screen.getByRole<HTMLInputElement>('radio', { name: /^Two servers/ }).checked).toBe(true),
    );
    await openPanel();
    fireEvent.click(screen.getByRole('button', { name: 'Keep as a file (JSON)' }));
    await waitFor(() => expect(files).toHaveLength(1));
    const kept = await files[0]!.content.text();
    const sent = digest();

    fireEvent.click(screen.getByRole('radio', { name: 'One server' }));
    await waitFor(() => expect(digest()).not.toBe(sent), patience);
    const other = digest();
    const choose = screen.getByLabelText('Open a kept run');
    const put = (text: string): boolean =>
      fireEvent.change(choose, { target: { files: [new File([text], 'run.json', { type: 'application/json' })] } });
    put('<script>alert(1)</script>');
    expect((await screen.findByRole('alert')).textContent).toContain('none that was kept here');
    put(kept.replaceAll('one-server', 'retry-storm'));
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('for the simulation “retry-storm”'));
    expect(digest()).toBe(other);
    put(kept);
    await waitFor(() => expect(digest()).toBe(sent), patience);
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('a link to something that was open', () => {
  it('opens it again: the request that was followed, and the part that was asked about', async () => {
    await open('/?run=2;one-server;two,one;arrivalRate:6;;9;120;;;follow:5,why:part.server,from:tomorrow');
    expect(await screen.findByRole('region', { name: 'Why: Ticket server' }, patience)).toBeTruthy();
    expect(screen.getByRole('region', { name: /^Request/ })).toBeTruthy();
    await openPanel();
    const html = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'HTML of the frame' });
    await waitFor(() => expect(html.value).toContain(';follow:5,why:part.server;'));
    expect(html.value).toContain('?run=3;one-server;two,one;');
  });
});

describe('in a frame on another page', () => {
  it('a link that is copied leads to the page of the simulation', async () => {
    const copied: string[] = [];
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: async (text: string) => copied.push(text) } });
    await open('/ko/embed/one-server/', 'ko');
    fireEvent.click(screen.getByRole('button', { name: '이 순간의 링크 복사' }));
    await waitFor(() => expect(copied).toHaveLength(1));
    expect(copied[0]).toMatch(/\/ko\/simulations\/one-server\/\?run=3;one-server;one;.*#sim-one-server$/);
    vi.unstubAllGlobals();
  });
});
