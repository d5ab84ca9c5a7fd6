/**
 * What of a stage is open, as words of a link, and back: the request that is followed, what was asked about, the stretch
 * that is played over and over, the curve over a dial and the charts that were chosen. Unknown words are left out.
 */
import { chartsIn } from './charts.ts';
import type { Subject } from './subject.ts';

/** What of a stage a link opens again. */
export interface View {
  /** The number of the followed request, or null. */
  followed: number | null;
  /** What is asked about. A mark is not kept: it has no name. */
  asked: Subject | null;
  /** The charts that were chosen; null or left out for those that come up by themselves. */
  charts?: readonly string[] | null;
  /** The stretch that is played over and over, in the scenario's unit of time; null or left out for none. */
  loop?: { from: number; to: number } | null;
  /** The dial and the measure of the curve that was chosen; null or left out for the scenario's own. */
  sweep?: { dial: string; measure: string } | null;
}

const inDigits = (time: number): string => String(Number(time.toFixed(6)));

/** The words of a view, for `Address.view`. */
export function viewWords({ followed, asked, charts, loop, sweep }: View): string[] {
  const words: string[] = [];
  if (followed !== null) words.push(`follow:${followed}`);
  if (asked?.kind === 'part') words.push(`why:part.${asked.part}`);
  if (asked?.kind === 'run' || asked?.kind === 'moment') words.push(`why:${asked.kind}`);
  if (asked?.kind === 'request')
    words.push(`why:request.${asked.request}${asked.cls === undefined ? '' : `.${asked.cls}`}`);
  if (loop) words.push(`loop:${inDigits(loop.from)}-${inDigits(loop.to)}`);
  if (sweep) words.push(`sweep:${sweep.dial}.${sweep.measure}`);
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
    const [, from, to] = /^loop:(\d{1,15}(?:\.\d{1,6})?)-(\d{1,15}(?:\.\d{1,6})?)$/.exec(word) ?? [];
    if (from !== undefined && Number(from) < Number(to)) view.loop = { from: Number(from), to: Number(to) };
    const [, dial, measure] = /^sweep:([^.]+)\.(.+)$/.exec(word) ?? [];
    if (dial !== undefined) view.sweep = { dial, measure: measure! };
    const [, number, cls] = /^why:request\.(\d{1,9})(?:\.(\d{1,3}))?$/.exec(word) ?? [];
    if (number !== undefined) {
      view.asked = { kind: 'request', request: Number(number), ...(cls !== undefined && { cls: Number(cls) }) };
      continue;
    }
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
