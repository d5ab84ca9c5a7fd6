/** The sentences about differences, as a reader gets them in each language. */
import { describe, expect, it } from 'vitest';
import { languages } from '../../../../languages.ts';
import type { MeasureUnit, PairedDifference } from '../../../../simulations/index.ts';
import { messagesOf } from '../../../interface.ts';
import { wordsOf } from '../scenario-words.ts';
import { makeSpeech } from '../speech.ts';
import { failureReasons } from '../../../../simulations/index.ts';
import { OTHER } from '../../../core/playback/curves.ts';
import { curveName } from '../charts/names.ts';
import { phraseOf, sentenceOf } from './says.ts';

const nothing = { variance: null, saved: null, correlation: null, enough: true, pairs: 10 };
const far = (low: number, high: number, isSure = true): PairedDifference => ({
  ...nothing,
  a: 1,
  b: (low + high) / 2,
  difference: (low + high) / 2 - 1,
  halfWidth: isSure ? 0.01 : 1,
  isSure,
  ratio: { value: (low + high) / 2, low, high },
});
const own = (low: number, high: number): PairedDifference => ({
  ...nothing,
  a: 0,
  b: (low + high) / 2,
  difference: (low + high) / 2,
  halfWidth: (high - low) / 2,
  isSure: low * high > 0,
  ratio: null,
});
const all: [what: string, paired: PairedDifference, unit: MeasureUnit][] = [
  ['many times', far(3.1, 3.4), 'time'],
  ['a fraction', far(0.23, 0.26), 'time'],
  ['more', far(1.12, 1.15), 'rate'],
  ['less', far(0.85, 0.9), 'rate'],
  ['not sure', far(0.8, 1.3, false), 'time'],
  ['hardly different', far(0.9994, 1.0021, false), 'rate'],
  ['points more', own(0.092, 0.101), 'share'],
  ['points less', own(-0.4, -0.39), 'share'],
  ['points, not sure', own(-0.003, 0.002), 'share'],
  ['in its own unit', own(0.2, 0.4), 'time'],
  ['in its own unit, not sure', own(-0.2, 0.4), 'time'],
  ['none', own(0, 0), 'time'],
  ['too little', { ...own(1, 1), halfWidth: null }, 'time'],
];

describe.each(languages.map(({ id }) => id))('differences in words, in %s', (language) => {
  const words = wordsOf('one-server', language);
  const speech = makeSpeech(language, messagesOf(language, 'stage'), words, 's');
  const names = { a: words.designs['one']!.name, b: words.designs['two']!.name };

  it('say how large they are, or that they are not sure', () => {
    const told = all.map(([what, paired, unit]) => [
      what,
      phraseOf(speech, paired, unit),
      sentenceOf(speech, 'server.response.mean', paired, unit, names),
    ]);
    expect(told).toMatchSnapshot();
  });

  it('every reason of failure has a short name, no two the same', () => {
    const names = [...failureReasons, OTHER].map((reason) => curveName(speech, { kind: 'failures' }, reason));
    expect(names.filter((name) => name.startsWith('charts.'))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });
});
