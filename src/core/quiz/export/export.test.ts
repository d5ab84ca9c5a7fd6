/**
 * Questions that leave the site: read by a parser that was not written here, and whole whatever their words hold. No importer of
 * Moodle or Anki stands behind this; what is known of them is written in docs/writing-a-quiz.md.
 */
import { XmlDocument, type XmlElement } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import type { Question } from '../question.ts';
import { samples } from '../samples.fixture.ts';
import { questionTypes } from '../types/index.ts';
import { ankiText } from './anki.ts';
import type { Leaving } from './leaving.ts';
import { beginning, decimal, html, plain } from './markup.ts';
import { moodleXml } from './moodle.ts';

const say = (key: string, values: Record<string, string | number> = {}): string =>
  [key, ...Object.values(values)].join(' ');
const path = ['Seams', 'Part', 'Lesson', 'Topic'];
const leaving = (question: Question): Leaving => ({ question, path, links: {} });
const all = Object.values(samples).map(leaving);

/** Everything that could end something early, in one text. */
const hostile =
  `"quotes" 'single' ]]> <script>alert(1)</script> & &amp; &#35; a\ttab\nand a line {1:SHORTANSWER:=x} } ~ # = % : \\ ` +
  '한국어 조사를 붙여요 🧵 \u0000\u0007\u001b\ud800 *a* **b** `c<d>`';

/** The same value with every text of the words replaced; ids and facts stay. */
function withWords<T>(value: T, text: string, key = ''): T {
  if (typeof value === 'string') return (key === 'shown' ? `${text} {value}` : text) as T;
  if (Array.isArray(value)) return value.map((one) => withWords(one, text)) as T;
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withWords(one, text, name)])) as T;
  return value;
}
const hostileQuestions = all.map((one): Leaving => ({
  question: { ...one.question, words: withWords(one.question.words, hostile) },
  path: ['Seams', 'I/O', hostile, hostile],
  links: { reread: [{ href: 'https://example.org/?a=1&b="2"', text: hostile }] },
}));

/** What a parser makes of a text: the document's root, which must be freed by `done`. */
function parsed<T>(xml: string, read: (root: XmlElement) => T): T {
  const document = XmlDocument.fromString(xml);
  try {
    return read(document.root);
  } finally {
    document.dispose();
  }
}
const texts = (root: XmlElement, path: string): string[] => root.find(path).map((node) => node.content);
const attributes = (root: XmlElement, path: string): string[] => texts(root, path);
const ofType = (root: XmlElement, type: string): XmlElement =>
  root.find(`question[tags/tag/text="${type}"]`)[0] as XmlElement;

/** What Moodle makes of an embedded answer: entities decoded once, then read as HTML. */
const decoded = (text: string): string =>
  text
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
/** The embedded answers of a question: each a list of whether it counts, what it says, and the feedback. */
const embeddedIn = (asked: string): { counts: boolean; answer: string; feedback: string }[][] =>
  [...asked.matchAll(/\{1:(?:MULTICHOICE_V|NUMERICAL):([^}]*)\}/g)].map(([, inside = '']) =>
    inside.split('~').map((one) => {
      const [answer = '', feedback = ''] = one.split(/(?<!&)#/);
      return {
        counts: answer.startsWith('='),
        answer: decoded(answer.replace(/^=|^%0%/, '')),
        feedback: decoded(feedback),
      };
    }),
  );

describe('Moodle XML', () => {
  it('takes every type of question there is, and a category before them', () => {
    expect(Object.keys(samples).sort()).toEqual(questionTypes.map(({ type }) => type).sort());
    parsed(moodleXml(all, say), (root) => {
      expect(attributes(root, 'question/@type')).toEqual([
        'category',
        'multichoice',
        'multichoice',
        'cloze',
        'matching',
        'matching',
        'numerical',
        'shortanswer',
        'cloze',
        'numerical',
        'cloze',
      ]);
      expect(texts(root, 'question/idnumber')).toEqual(all.map(({ question }) => question.facts.id));
      expect(texts(root, 'question/category/text')).toEqual(['$course$/top/Seams/Part/Lesson/Topic']);
      for (const because of texts(root, 'question/generalfeedback/text'))
        expect(because).toMatch(/Because it is what it is/);
    });
  });

  it('gives each option its feedback, and the whole grade to what is right', () => {
    parsed(moodleXml(all, say), (root) => {
      const one = ofType(root, 'one-choice');
      expect(texts(one, 'single')).toEqual(['true']);
      for (const option of one.find('answer')) {
        const text = texts(option as XmlElement, 'text')[0];
        expect(texts(option as XmlElement, 'feedback/text')).toEqual([`<p>What there is to say about ${text}.</p>`]);
        expect(attributes(option as XmlElement, '@fraction')).toEqual([text === 'the right one' ? '100' : '0']);
      }
      const several = ofType(root, 'several');
      expect(texts(several, 'single')).toEqual(['false']);
      expect(attributes(several, 'answer/@fraction').sort()).toEqual(['-50', '-50', '50', '50']);
    });
  });

  it.each([3, 6])('shares the grade among %i right options in the digits that Moodle knows', (count) => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'].slice(0, count);
    const { facts, words } = samples['several']!;
    const question = {
      facts: { ...facts, answers: ids, distractors: ['wrong'] },
      words: { ...words, options: Object.fromEntries([...ids, 'wrong'].map((id) => [id, { text: id, because: id }])) },
      measured: [],
    } as unknown as Question;
    parsed(moodleXml([leaving(question)], say), (root) => {
      const known = count === 3 ? '33.33333' : '16.66667';
      expect(new Set(attributes(root, 'question/answer/@fraction'))).toEqual(new Set([known, `-${known}`]));
    });
  });

  it('puts judgements, steps and curves into embedded answers, of which each says why', () => {
    parsed(moodleXml(all, say), (root) => {
      const askedOf = (type: string): ReturnType<typeof embeddedIn> =>
        embeddedIn(texts(ofType(root, type), 'questiontext/text')[0]!);
      expect(askedOf('kprime').map((judgements) => judgements.find(({ counts }) => counts)?.answer)).toEqual([
        'quiz.kprime.true',
        'quiz.kprime.false',
        'quiz.kprime.true',
        'quiz.kprime.false',
      ]);
      expect(askedOf('tracing').map((options) => options.find(({ counts }) => counts)?.answer)).toEqual([
        'it waits',
        '0.72 s',
        'it is answered',
      ]);
      for (const option of askedOf('tracing').flat()) expect(option.feedback).not.toBe('');
      const heights = askedOf('prediction');
      // The first of five points is given.
      expect(heights).toHaveLength(4);
      expect(heights[0]).toEqual([
        { counts: true, answer: '0.14:0.056', feedback: 'You had it.' },
        { counts: false, answer: '0.042:0.042', feedback: 'It is more than that.' },
        { counts: false, answer: '*', feedback: 'It is less than that.' },
      ]);
    });
  });

  it('asks for a number with its tolerance, its units and what wrong numbers come from', () => {
    parsed(moodleXml(all, say), (root) => {
      const number = ofType(root, 'number');
      expect(texts(number, 'answer/text')).toEqual(['10', '250', '*']);
      expect(texts(number, 'answer/tolerance')).toEqual(['0.1', '2.5', '0']);
      expect(texts(number, 'answer/feedback/text')[1]).toBe('<p>You divided where you should multiply.</p>');
      expect(texts(number, 'units/unit/unit_name')).toEqual(['requests', 'request', '건']);
      const measured = ofType(root, 'measured');
      expect(texts(measured, 'answer/text')[0]).toBe('0.5');
      // A thousand milliseconds are one second.
      expect(texts(measured, 'units/unit[unit_name="ms"]/multiplier')).toEqual(['1000']);
    });
  });

  it('accepts every way to write a word', () => {
    parsed(moodleXml(all, say), (root) => {
      const word = ofType(root, 'short-answer');
      expect(texts(word, 'answer[@fraction="100"]/text')).toEqual(['utilisation', 'utilization', '이용률']);
      expect(texts(word, 'answer[@fraction="0"]/text')).toEqual(['throughput', '*']);
    });
  });

  it('matches things with groups, and with places where an order is asked for', () => {
    parsed(moodleXml(all, say), (root) => {
      const pairs = (type: string): string[] =>
        (ofType(root, type).find('subquestion') as XmlElement[]).map(
          (one) => `${texts(one, 'text')[0]} ${texts(one, 'answer/text')[0]}`,
        );
      expect(pairs('matching').sort()).toEqual([' –', 'Alpha Left', 'Beta Left', 'Gamma Right']);
      expect(pairs('ordering').sort()).toEqual(['Alpha 1', 'Beta 2', 'Delta 4', 'Gamma 3']);
    });
  });

  it('stays well-formed, and says what was written, whatever the words hold', () => {
    parsed(moodleXml(hostileQuestions, say), (root) => {
      expect(root.find('question')).toHaveLength(all.length + 1);
      expect(root.find('//script')).toEqual([]);
      for (const asked of texts(root, 'question/questiontext/text')) {
        expect(asked).not.toMatch(/<script/);
        expect(asked).toContain('&lt;script&gt;');
        expect(asked).toContain('한국어 조사를 붙여요 🧵');
        expect(asked).toContain('<em>a</em> <strong>b</strong> <code>c&lt;d&gt;</code>');
      }
      // A slash in a name must not make a level.
      expect(texts(root, 'question/category/text')[0]).toMatch(/^\$course\$\/top\/Seams\/I\/\/O\//);
    });
  });

  it('lets no text of an author end an embedded answer', () => {
    parsed(moodleXml(hostileQuestions, say), (root) => {
      const asked = texts(ofType(root, 'kprime'), 'questiontext/text')[0]!.replaceAll(html(hostile), '');
      const judgements = embeddedIn(asked);
      expect(judgements).toHaveLength(4);
      for (const judgement of judgements) {
        expect(judgement).toHaveLength(2);
        for (const { feedback } of judgement) expect(feedback).toBe(html(hostile));
      }
    });
  });
});

/** Reads a file for Anki as its manual says: headers, then a line for each note. */
function notesOf(file: string): { headers: string[]; notes: string[][] } {
  const lines = file.trimEnd().split('\n');
  const headers = lines.filter((line) => line.startsWith('#'));
  return { headers, notes: lines.slice(headers.length).map((line) => line.split('\t')) };
}

describe('text for Anki', () => {
  const { headers, notes } = notesOf(ankiText(all, say, 'en'));

  it('says in its headers how it is to be read', () => {
    expect(headers).toEqual(['#separator:tab', '#html:true', '#guid column:1', '#deck column:2', '#tags column:5']);
  });

  it('has a note for each question under its own name, in the deck of its lesson', () => {
    expect(notes.map(([guid]) => guid)).toEqual(all.map(({ question }) => `${question.facts.id}.en`));
    for (const note of notes) {
      expect(note).toHaveLength(5);
      expect(note[1]).toBe('Seams::Part::Lesson');
    }
  });

  it('asks in front, and answers behind with the reason and what there is to say to each choice', () => {
    const note = notes[0]!;
    expect(note[2]).toMatch(/^<p>What is it\?<\/p>.*<li>the right one<\/li>/);
    expect(note[2]).not.toMatch(/✓|What there is to say/);
    expect(note[3]).toMatch(/✓ <strong>the right one<\/strong>.*✗ <strong>.*Because it is what it is\./);
    for (const [, , front, back] of notes) {
      expect(front).toContain('What is it?');
      expect(back).toContain('Because it is what it is.');
    }
  });

  it('keeps a note on one line with all its fields, whatever the words hold', () => {
    const { headers: there, notes: lines } = notesOf(ankiText(hostileQuestions, say, 'ko'));
    expect(there).toEqual(headers);
    expect(lines).toHaveLength(all.length);
    for (const note of lines) {
      expect(note).toHaveLength(5);
      expect(note.join('')).not.toContain('"');
      expect(note.slice(2).join('')).not.toContain('<script');
      expect(note[2]).toContain('&lt;script&gt;');
      expect(note[2]).toContain('한국어 조사를 붙여요 🧵');
    }
  });
});

describe('the words of a question elsewhere', () => {
  it('keep their marks as HTML, or lose them', () => {
    expect(html('*one* **two** `a < b` & 2 * 3')).toBe(
      '<em>one</em> <strong>two</strong> <code>a &lt; b</code> &amp; 2 * 3',
    );
    expect(plain('*one* **two** `a < b` & 2 * 3')).toBe('one two a < b & 2 * 3');
  });

  it('are shortened at a word', () => {
    expect(beginning('one two three', 20)).toBe('one two three');
    expect(beginning('one two three four', 15)).toBe('one two three…');
    expect(beginning('가나다라마바사', 4)).toBe('가나다…');
  });

  it('write numbers without exponents and noise', () => {
    expect([0.1 + 0.2, 1 / 0.001, 0.0000001, 1e21, 100].map(decimal)).toEqual([
      '0.3',
      '1000',
      '0.0000001',
      '1000000000000000000000',
      '100',
    ]);
  });
});
