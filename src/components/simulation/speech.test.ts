/** What things are called that a scenario gives no name: faults that come by chance. */
import { describe, expect, it } from 'vitest';
import { languages } from '../../../languages.ts';
import { linkActions } from '../../../simulations/links/settings.ts';
import { kinds } from '../../../simulations/parts/index.ts';
import { messagesOf } from '../../interface.ts';
import { wordsOf } from './scenario-words.ts';
import { makeSpeech } from './speech.ts';

const actions = new Set(
  [...kinds.values()].flatMap((kind) => Object.keys(kind.actions)).concat(Object.keys(linkActions)),
);

describe('a length of time in words', () => {
  const inUnit = (unit: string, language: 'en' | 'ko' = 'en') =>
    makeSpeech(language, messagesOf(language, 'stage'), wordsOf('one-server', language), unit);

  it('is told as nobody would say it otherwise: 933 ms are 900, and 1.47 s are 1.5', () => {
    expect([0.9333, 1.4667, 60 / 7, 2].map(inUnit('s').span)).toEqual(['900 ms', '1.5 s', '8.6 s', '2 s']);
  });

  it('is one day, and two days', () => {
    expect([1, 2, 0.25].map((days) => inUnit('day').quantity(days, 'time'))).toEqual(['1 day', '2 days', '0.25 days']);
    expect(inUnit('day').moment(1)).toBe('1.00 days');
    expect(inUnit('day', 'ko').quantity(1, 'time')).toBe('1일');
  });
});

describe.each(languages.map(({ id }) => id))('a fault in words, in %s', (language) => {
  const speech = makeSpeech(language, messagesOf(language, 'stage'), wordsOf('one-server', language), 's');

  it('has a name for every action there is, so that what comes by chance has one', () => {
    expect(actions.size).toBeGreaterThan(20);
    for (const action of actions) expect(speech.fault(action), action).not.toMatch(/^action\.|^[a-z]+-[a-z]+$/);
    if (language === 'ko') for (const action of actions) expect(speech.fault(action)).toMatch(/[가-힣]/);
  });

  it('is called as the scenario calls it where it does', () => {
    const { faults } = wordsOf('one-server', language);
    for (const [id, { name }] of Object.entries(faults)) expect(speech.fault(id)).toBe(name);
  });

  it('that nobody knows keeps its id', () => {
    expect(speech.fault('meteor')).toBe('meteor');
  });
});
