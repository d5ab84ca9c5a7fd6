/** The timeline of the course: its files are in order in every language, and nothing is said to be sure that nobody checked. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { languages } from '../../languages.ts';
import { eventsSchema, problemsOfTimeline, stretches, threads, timelineOf } from '../../src/core/words/timeline.ts';
import { readSources } from '../../src/markdown/library.ts';
import { readTimeline } from '../../src/markdown/timeline.ts';

describe.each(languages.map(({ id }) => id))('the timeline in %s', (language) => {
  const events = readTimeline(language);

  it('begins in 1945 and goes on in order, with something in every stretch and of every thread', () => {
    expect(events[0]).toMatchObject({ year: 1945, date: '1945-06-30' });
    const years = events.map(({ year }) => year);
    expect(years).toEqual(years.toSorted((a, b) => a - b));
    for (const { id } of stretches) expect(events.map(({ stretch }) => stretch)).toContain(id);
    for (const thread of threads) expect(events.map((event) => event.thread)).toContain(thread);
  });

  it('calls nothing sure whose source was not checked', () => {
    const sources = readSources();
    for (const { id, source, isSure } of events) if (isSure) expect(sources[source!]?.verified, id).toBe(true);
  });

  it('says dates as people write them, as precisely as they are known', () => {
    const when = Object.fromEntries(events.map((event) => [event.id, event.when]));
    const said = { en: ['30 June 1945', 'April 1968', '1987'], ko: ['1945년 6월 30일', '1968년 4월', '1987년'] };
    expect([when['first-draft'], when['conway'], when['sagas']]).toEqual(said[language]);
  });
});

describe('the rows of the timeline', () => {
  it('that have no date are in words, and the room before each says how many years went by', () => {
    const events = eventsSchema.parse([
      { id: 'a', when: '1950', thread: 'machines', source: 'x' },
      { id: 'b', when: '1990', thread: 'people', sure: false },
    ]);
    const words = { a: { title: 'An a', text: 'What a was.' }, b: { when: 'Then', title: 'A b', text: 'What b was.' } };
    expect(problemsOfTimeline(events, words)).toEqual([]);
    const [, b] = timelineOf(events, words, 'en');
    expect(b).toMatchObject({ when: 'Then', date: null, gap: 40, stretch: 'middle', isSure: false, source: null });
  });

  it('are refused where they are out of order, lack words or claim to be sure without a source', () => {
    const events = eventsSchema.parse([
      { id: 'a', when: '1990', thread: 'machines', source: 'x' },
      { id: 'b', when: '1950', thread: 'machines', source: 'x' },
      { id: 'a', when: '1951', thread: 'machines', source: 'x' },
    ]);
    const problems = problemsOfTimeline(events, { a: { title: 'An a', text: 'a' }, c: { title: 'A c', text: 'c' } });
    expect(problems).toHaveLength(4);
    expect(eventsSchema.safeParse([{ id: 'a', when: '1990', thread: 'machines' }]).success).toBe(false);
    expect(eventsSchema.safeParse([{ id: 'a', when: 'May 1990', thread: 'machines', source: 'x' }]).success).toBe(
      false,
    );
  });
});

describe('the styles of the timeline', () => {
  const css = readFileSync('src/styles/timeline.css', 'utf8');

  it('can show each thread and each stretch alone, without a script', () => {
    for (const thread of threads)
      expect(css).toContain(`[value='${thread}']:checked) li:not([data-thread='${thread}'])`);
    for (const { id } of stretches) expect(css).toContain(`[value='${id}']:checked) li:not([data-stretch='${id}'])`);
  });

  it('says so where a thread has nothing in a stretch', () => {
    const events = readTimeline('en');
    for (const thread of threads)
      for (const { id } of stretches) {
        const isEmpty = !events.some((event) => event.thread === thread && event.stretch === id);
        const rule = `.timeline:has([value='${thread}']:checked):has([value='${id}']:checked) .timeline-none`;
        expect(css.includes(rule), `${thread}, ${id}`).toBe(isEmpty);
      }
  });
});
