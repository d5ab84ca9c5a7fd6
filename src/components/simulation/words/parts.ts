/** What the drawing shows of parts and links besides lines and slots, in the same words, for whoever reads it as text. */
import type { Frame } from '../../../core/playback/frame.ts';
import { signsOf } from '../../../core/playback/parts/signs.ts';
import { moodOf, saidSign, type Surroundings } from '../parts/describe.ts';
import type { Speech } from '../speech.ts';

/** The state and the signs of one part; the time at the end says how far back the signs look. */
export function partInWords(part: string, frame: Frame, around: Surroundings, speech: Speech): string {
  const { status } = moodOf(part, frame, around, speech);
  const signs = signsOf(part, frame, around);
  const said = signs
    .map((sign) => saidSign(sign, speech))
    .map(({ label, value }) => speech.say('sign.said', { label, value }));
  if (signs.some((sign) => sign.isOver))
    said.push(speech.say('sign.over', { time: speech.span(around.window / around.ticks) }));
  return [status, ...said].filter((each) => each !== '').join(', ');
}

/** Parts that a table of lines and slots says too little of, and links with a state, a sentence each. */
export function besidesInWords(frame: Frame, around: Surroundings, speech: Speech): string[] {
  const name = (id: string): string => speech.words.parts[id] ?? id;
  const sentences = Object.entries(frame.parts).flatMap(([part, { slots }]) => {
    const kind = around.parts[part]?.kind;
    if (kind === 'traffic' || (slots.length > 0 && signsOf(part, frame, around).length === 0)) return [];
    return [speech.say('moment.signs', { part: name(part), signs: partInWords(part, frame, around, speech) })];
  });
  for (const [link, { breaker, isCut }] of Object.entries(frame.links)) {
    const [from, to] = link.split('>') as [string, string];
    const states = [
      ...(breaker === undefined ? [] : [speech.say(`part.breaker.${breaker}`)]),
      ...(isCut ? [speech.say('part.cut')] : []),
    ];
    if (states.length > 0)
      sentences.push(speech.say('moment.link', { from: name(from), to: name(to), state: states.join(', ') }));
  }
  for (const [link, count] of Object.entries(frame.awaited ?? {})) {
    const [from, to] = link.split('>') as [string, string];
    const state = speech.say('part.awaited', { count: Math.round(count) });
    sentences.push(speech.say('moment.link', { from: name(from), to: name(to), state }));
  }
  return sentences;
}
