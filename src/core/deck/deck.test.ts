/** The deck's logic: cutting a lesson into slides, naming them in an address, keeping time, and agreeing over windows. */
import { describe, expect, it } from 'vitest';
import { addressOfPlace, placeIn, slidesMeant } from './address.ts';
import { adviceOn, MOST_ON_A_SLIDE, roomOf } from './advice.ts';
import { cutIntoSlides, plain } from './cut.ts';
import { agreement, readMessage, type DeckMessage } from './messages.ts';
import { behind, elapsed, planOf, start, stop, stopped } from './timer.ts';

const lesson = `
<p>It is nine in the morning. Then it is ten.</p>
<deck-piece kind="stage" name="one-server"><astro-island>stage</astro-island></deck-piece>
<h2 id="predict">Guess <em>before</em> you look</h2>
<p>One curve is worth drawing.</p><p>More prose.</p>
<deck-piece kind="question" name="response-against-load"><p>Draw it.</p></deck-piece>
<deck-piece kind="notes" minutes="6"><p>Ask first.</p></deck-piece>
<h2 id="who-asks">Who asks &amp; who answers</h2>
<p>A client asks.</p>
<deck-piece kind="words"><ul><li>A client asks</li></ul></deck-piece>
<figure class="diagram"><svg></svg><figcaption>Two</figcaption></figure>
<table><tr><td>1</td></tr></table>
<deck-piece kind="notes" minutes="4"><p>Three pairs.</p></deck-piece>
<deck-piece kind="notes" minutes="2"><p>And more.</p></deck-piece>
<h2 id="reading">Further reading</h2><p>Books.</p>`;

describe('advice for the author of slides', () => {
  const opening = { id: 'start', heading: 'Client and server' };
  const section = (words: string, notes = '<deck-piece kind="notes" minutes="1"><p>Ask.</p></deck-piece>') =>
    cutIntoSlides(`<h2 id="who">Who &amp; what</h2>${words}${notes}`, opening);
  const piece = (text: string): string => `<deck-piece kind="words"><p>${text}</p></deck-piece>`;

  it('has nothing to say of a section that has words and notes of a fair length', () => {
    expect(adviceOn('a/en.mdx', section(piece('Few words.')))).toEqual([]);
  });

  it('names file and heading of a section without words for its slide, or without notes', () => {
    const advice = adviceOn('a/en.mdx', section('<p>Prose.</p>', ''));
    expect(advice).toHaveLength(2);
    for (const line of advice) expect(line).toMatch(/^a\/en\.mdx, "Who & what": no <(Slide|Notes)>/);
  });

  it('names a slide whose text is too long, in letters as wide as those of its language', () => {
    const long = 'word '.repeat(MOST_ON_A_SLIDE / 5 + 2);
    expect(adviceOn('a/en.mdx', section(piece(long)))).toEqual([
      expect.stringMatching(/^a\/en\.mdx, "Who & what": the text of its <Slide> is \d+ letters long/),
    ]);
    expect(
      adviceOn('a/en.mdx', section(`<p>${long}</p>`)).some((line) => line.includes('first paragraph, which')),
    ).toBe(true);
    expect(roomOf('<p>가나</p>')).toBe(2 * roomOf('<p>ab</p>'));
  });

  it('leaves the recap and the quiz alone, which need no words of their own', () => {
    const recap = cutIntoSlides('<h2 id="recap">Recap</h2><p>All of it.</p>', opening);
    expect(adviceOn('a/en.mdx', recap)).toEqual([]);
  });
});

describe('a lesson cut into slides', () => {
  const sections = cutIntoSlides(lesson, { id: 'start', heading: 'Client and server' }, ['reading']);

  it('has a slide from one heading to the next, and one for each thing that is shown', () => {
    expect(sections.map(({ id }) => id)).toEqual(['start', 'predict', 'who-asks']);
    expect(sections.flatMap(({ slides }) => slides.map(({ id, kind }) => [id, kind]))).toEqual([
      ['start', 'words'],
      ['start-one-server', 'stage'],
      ['predict', 'words'],
      ['predict-response-against-load', 'question'],
      ['who-asks', 'words'],
      ['who-asks-picture', 'picture'],
      ['who-asks-picture-2', 'picture'],
    ]);
  });

  it('shows the words that are written for the slide, and the first paragraph where there are none', () => {
    const [, predict, who] = sections;
    expect(who!.slides[0]!.html).toBe('<ul><li>A client asks</li></ul>');
    expect(who!.hasWords).toBe(true);
    expect(predict!.slides[0]!.html).toBe('<p>One curve is worth drawing.</p>');
    expect(predict!.hasWords).toBe(false);
  });

  it('keeps notes and their minutes for the one who teaches, and headings as plain text', () => {
    const [start, predict, who] = sections;
    expect([start!.minutes, predict!.minutes, who!.minutes]).toEqual([null, 6, 6]);
    expect(who!.notes).toContain('Three pairs.');
    expect(who!.notes).toContain('And more.');
    expect(predict!.text).toBe('Guess before you look');
    expect(plain(who!.heading)).toBe('Who asks & who answers');
  });

  it('gives every slide a name of its own', () => {
    const ids = sections.flatMap(({ slides }) => slides.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the address of a slide', () => {
  const slides = [
    { id: 'start', steps: 0 },
    { id: 'last-tenth', steps: 3 },
    { id: 'last-tenth-picture', steps: 0 },
  ];

  it('names slide and step, and is read back', () => {
    for (const place of [
      { slide: 0, step: 0 },
      { slide: 1, step: 2 },
      { slide: 2, step: 0 },
    ])
      expect(placeIn(slides, addressOfPlace(slides, place))).toEqual({ ...place, gone: null });
    expect(addressOfPlace(slides, { slide: 1, step: 2 })).toBe('#last-tenth/2');
  });

  it('survives another order', () => {
    const moved = [slides[2]!, slides[1]!, slides[0]!];
    expect(placeIn(moved, '#last-tenth/2')).toEqual({ slide: 1, step: 2, gone: null });
  });

  it('leads to the nearest slide, and says so, where the slide is gone', () => {
    expect(placeIn(slides, '#last-tenth-table')).toEqual({ slide: 1, step: 0, gone: 'last-tenth-table' });
    expect(placeIn(slides, '#nobody-knows')).toEqual({ slide: 0, step: 0, gone: 'nobody-knows' });
    expect(placeIn(slides, '#<script>')).toEqual({ slide: 0, step: 0, gone: '<script>' });
    expect(placeIn(slides, '#last-tenth/99')).toEqual({ slide: 1, step: 3, gone: null });
  });

  it('is found by number and by what its heading says', () => {
    const headed = [
      { id: 'start', heading: 'Client and server' },
      { id: 'last-tenth', heading: 'The last tenth' },
      { id: 'uneven', heading: 'Uneven work at last' },
    ];
    expect(slidesMeant(headed, '2')).toEqual([1]);
    expect(slidesMeant(headed, '9')).toEqual([]);
    expect(slidesMeant(headed, 'LAST')).toEqual([1, 2]);
    expect(slidesMeant(headed, ' ')).toEqual([]);
  });
});

describe('the time of a class', () => {
  const slides = [
    { section: 'a', minutes: 6 },
    { section: 'a', minutes: 6 },
    { section: 'b', minutes: 4 },
  ];

  it('is shared among sections as planned, and among the slides of a section evenly', () => {
    expect(planOf(slides, null)).toEqual({ begins: [0, 3, 6], ends: 10, own: [6, 6, 4] });
    expect(planOf(slides, 20)).toEqual({ begins: [0, 6, 12], ends: 20, own: [12, 12, 8] });
    expect(planOf([{ section: 'a', minutes: null }], 45)).toEqual({ begins: [0], ends: 0, own: [0] });
  });

  const lesson = [
    { section: 'start', minutes: null },
    ...slides,
    { section: 'recap', minutes: null },
    { section: 'quiz', minutes: null },
    { section: 'quiz', minutes: null },
  ];

  it('is what the class gives: what it leaves out takes none, and the opening and the end share what is left', () => {
    expect(planOf(lesson, 10, { sections: ['b'] })).toEqual({
      begins: [0, 3, 3, 3, 7, 10, 10],
      ends: 10,
      own: [3, null, null, 4, 3, null, null],
    });
  });

  it('has work in pairs before the quiz, and is shortened alike where all that is too much', () => {
    expect(planOf(lesson, 60, { pairs: 20, quiz: 20 })).toMatchObject({
      begins: [0, 5, 8, 11, 15, 40, 50],
      ends: 60,
    });
    expect(planOf(lesson, 25, { pairs: 20, quiz: 20 })).toMatchObject({ own: [0, 3, 3, 2, 10, 10, 10], ends: 25 });
  });

  it('says how far behind or ahead one is, and nothing within a slide’s own time', () => {
    const plan = planOf(slides, null);
    expect(behind(plan, 1, 4)).toBe(0);
    expect(behind(plan, 1, 8)).toBe(2);
    expect(behind(plan, 2, 4)).toBe(-2);
  });

  it('is counted by a watch that can stand still', () => {
    const running = start(stopped, 1000);
    expect(elapsed(running, 4000)).toBe(3000);
    const standing = stop(running, 4000);
    expect(elapsed(standing, 99_000)).toBe(3000);
    expect(elapsed(start(standing, 100_000), 101_000)).toBe(4000);
  });
});

describe('what the windows say to each other', () => {
  const place = (slide: string) => ({ what: 'place' as const, slide, step: 0, blank: 'no' as const, zoom: null });

  it('is heard only where it fits the schema and its bounds', () => {
    const whole = { v: 1, from: 'w1', number: 3, state: place('start') };
    expect(readMessage(whole)).toEqual(whole);
    for (const bad of [
      null,
      'hello',
      { ...whole, v: 2 },
      { ...whole, extra: 1 },
      { ...whole, number: -1 },
      { ...whole, state: { ...place('start'), slide: '<img>' } },
      { ...whole, state: { what: 'pointer', at: [2, 0] } },
      { ...whole, state: { what: 'ink', slide: 'start', lines: [Array.from({ length: 301 }, () => [0, 0])] } },
      { ...whole, state: { what: 'stage', scenario: 'x', run: 'a'.repeat(12_001), playing: false, speed: 1 } },
      { ...whole, state: { what: 'stage', scenario: 'x', run: '', playing: false, speed: Number.NaN } },
    ])
      expect(readMessage(bad)).toBeNull();
  });

  it('ends in the same state in every window, in whatever order it arrives', () => {
    const [a, b, c] = [agreement('a'), agreement('b'), agreement('c')];
    const first = a.say(place('one'));
    b.hear(first);
    const second = b.say(place('two'));
    const rival = a.say(place('three'));
    for (const [window, order] of [
      [a, [second]],
      [b, [rival]],
      [c, [rival, second, first]],
    ] as const)
      for (const heard of order) window.hear(heard);
    const at = (window: typeof a) =>
      window.holding().map((held) => ('state' in held && held.state.what === 'place' ? held.state.slide : ''));
    expect(at(a)).toEqual(at(b));
    expect(at(c)).toEqual(at(a));
  });

  it('tells a window that opens late all that holds, which then does not answer in its own name', () => {
    const early = agreement('early');
    early.say(place('five'));
    early.say({ what: 'pointer', at: [0.5, 0.5] });
    const late = agreement('late');
    expect(late.hear({ v: 1, from: 'early', here: true })).toBeNull();
    const heard = early.holding().map((held: DeckMessage) => late.hear(held));
    expect(heard).toEqual([place('five'), { what: 'pointer', at: [0.5, 0.5] }]);
    expect(late.hear(early.holding()[0]!)).toBeNull();
  });
});
