/** What of a stage is open, as words of a link, and back: the request that is followed, what was asked about, the charts that were chosen. Unknown words are left out. */
import { chartsIn } from './charts.ts';
import type { Subject } from './subject.ts';

/** What of a stage a link opens again. */
export interface View {
  /** The number of the followed request, or null. */
  followed: number | null;
  /** What is asked about. Requests and marks are not kept: in another run they are others. */
  asked: Subject | null;
  /** The charts that were chosen; null or left out for those that come up by themselves. */
  charts?: readonly string[] | null;
}

/** The words of a view, for `Address.view`. */
export function viewWords({ followed, asked, charts }: View): string[] {
  const words: string[] = [];
  if (followed !== null) words.push(`follow:${followed}`);
  if (asked?.kind === 'part') words.push(`why:part.${asked.part}`);
  if (asked?.kind === 'run' || asked?.kind === 'moment') words.push(`why:${asked.kind}`);
  for (const chart of charts ?? []) words.push(`chart:${chart}`);
  return words;
}

/** @param at the moment that is shown, in ticks. @param parts the parts there are. */
export function viewFrom(words: readonly string[], at: number, parts: readonly string[]): View {
  const view: View = { followed: null, asked: null };
  const charts = chartsIn(words);
  if (charts !== null) view.charts = charts;
  for (const word of words) {
    const [, request] = /^follow:(\d{1,9})$/.exec(word) ?? [];
    if (request !== undefined) view.followed = Number(request);
    const [, about] = /^why:(.+)$/.exec(word) ?? [];
    if (about === 'run') view.asked = { kind: 'run' };
    else if (about === 'moment') view.asked = { kind: 'moment', at };
    else if (about !== undefined) {
      const part = parts.find((each) => about === `part.${each}`);
      if (part !== undefined) view.asked = { kind: 'part', part };
    }
  }
  return view;
}
