/** What stands on paper: everything a question offers, lettered as it is shown, and the setting of its runs in words. */
import { describe, expect, it } from 'vitest';
import { samples } from '../../../core/quiz/samples.fixture.ts';
import { groupsOf, offered } from './lettered.ts';
import { settingInWords } from './setting.ts';

describe('a question on paper', () => {
  it('offers each option, statement or item once, lettered from a', () => {
    for (const [type, count] of [
      ['one-choice', 3],
      ['several', 4],
      ['kprime', 4],
      ['ordering', 4],
      ['matching', 3],
    ] as const) {
      const things = offered(samples[type]!);
      expect(things.map(({ letter }) => letter).join(''), type).toBe('abcd'.slice(0, count));
      expect(new Set(things.map(({ id }) => id)).size, type).toBe(count);
      for (const { text } of things) expect(text, type).not.toBe('');
    }
  });

  it('never shows the items of an ordering in the right order', () => {
    expect(offered(samples['ordering']!).map(({ id }) => id)).not.toEqual(['a', 'b', 'c', 'd']);
  });

  it('gives groups capital letters', () => {
    expect(groupsOf(samples['matching']!).map(({ letter, text }) => `${letter} ${text}`)).toEqual([
      'A Left',
      'B Right',
    ]);
    expect(groupsOf(samples['several']!)).toEqual([]);
  });
});

describe('the setting of a run in words', () => {
  it('names the design and the dials that are not at their start, in either language', () => {
    const run = { scenario: 'one-server', design: 'fast', dials: { arrivalRate: 9 } };
    expect(settingInWords(run, 'en')).toMatch(/^[A-Z][^:]+, [^:]+: 9$/);
    expect(settingInWords(run, 'ko')).toMatch(/^[가-힣 ]+, [가-힣 ]+: 9$/);
    expect(settingInWords({ ...run, dials: { serviceTime: 0.2 } }, 'en')).toMatch(/: 0\.2 seconds$/);
  });

  it('says so when everything stands as it starts, but not of a dial that is turned', () => {
    expect(settingInWords({ scenario: 'one-server' }, 'en')).toMatch(/, all dials as they start$/);
    expect(settingInWords({ scenario: 'one-server' }, 'en', 'arrivalRate')).not.toMatch(/dials/);
  });

  it('names what was broken, and when', () => {
    expect(settingInWords({ scenario: 'one-server', inputs: [{ at: 100, fault: 'pause' }] }, 'en')).toMatch(/100 s/);
  });
});
