/** Puts differences between designs into the reader's language, with the interval they are sure within. */
import type { MeasureUnit, PairedDifference } from '../../../../simulations/index.ts';
import { latencyNamed } from '../../../core/playback/compared-measures.ts';
import { differenceOf, type Difference } from '../../../core/playback/differences.ts';
import { chartTitle } from '../charts/names.ts';
import type { Speech } from '../speech.ts';

/** Two ends as one text; where they are printed alike, as one number. */
function rangeOf(
  speech: Speech,
  { counted, low, high }: Extract<Difference, { low: number }>,
  unit: MeasureUnit,
  isSigned: boolean,
): string {
  // As many decimals as the width of the interval deserves, the same at both ends.
  const decimals = Math.min(4, Math.max(0, Math.ceil(-Math.log10(Math.max(high - low, 1e-9)))));
  const fixed = new Intl.NumberFormat(speech.language, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: isSigned ? 'exceptZero' : 'auto',
  });
  const figures = (value: number): string =>
    (counted === 'own'
      ? `${isSigned && value > 0 ? '+' : ''}${speech.quantity(value, unit)}`
      : fixed.format(value)
    ).replace('-', '−');
  const [from, to] = [figures(low), figures(high)];
  const range = from === to ? from : speech.say('compare.range', { low: from, high: to });
  return counted === 'own' ? range : speech.say(`compare.counted.${counted}`, { range });
}

/** What the range of a difference is a range of, as the end of a message's id. */
function wordsOf(speech: Speech, found: Difference, unit: MeasureUnit): { id: string; range: string } {
  if (found.says === 'same' || found.says === 'unknown') return { id: found.says, range: '' };
  const isTimes = found.counted === 'times';
  const id = found.says === 'unsure' ? (isTimes ? 'unsureTimes' : 'unsure') : found.says;
  return { id, range: rangeOf(speech, found, unit, found.says === 'unsure' && !isTimes) };
}

/** A difference in a few words, for a table: “3.1 to 3.4 times”, “12 to 15% more”, “not sure: 0.8 to 1.3 times”. */
export function phraseOf(speech: Speech, paired: PairedDifference, unit: MeasureUnit): string {
  const { id, range } = wordsOf(speech, differenceOf(paired, unit), unit);
  return speech.say(`compare.phrase.${id}`, { range });
}

/** A measure by the name that the scenario gives it, or else as whose response time it is. */
export function measureName(speech: Speech, measure: string): string {
  const own = speech.words.measures[measure];
  const named = latencyNamed(measure);
  if (own !== undefined || named === null) return own ?? measure;
  const title = chartTitle(speech, { kind: 'latency', part: named.part, cls: named.cls, reading: null });
  return speech.say('compare.statisticOf', { title, statistic: speech.say(`charts.line.${named.statistic}`) });
}

/** A difference as a sentence that stands alone. @param a and b: what the two designs are called. */
export function sentenceOf(
  speech: Speech,
  measure: string,
  paired: PairedDifference,
  unit: MeasureUnit,
  { a, b }: { a: string; b: string },
): string {
  const { id, range } = wordsOf(speech, differenceOf(paired, unit), unit);
  return speech.say(`compare.full.${id}`, { measure: measureName(speech, measure), range, a, b });
}

/** Whether a difference is one: its interval does not hold “none”. */
export function isSure(paired: PairedDifference, unit: MeasureUnit): boolean {
  return ['times', 'more', 'less'].includes(differenceOf(paired, unit).says);
}
