// The table of contents: what joins, and what is said when it does not.

import { describe, expect, it } from 'vitest';
import { contentsOf, firstWritten, neighboursOf, renamed, type FoundLesson } from './contents.ts';
import { courseSchema, lessonFactsSchema, lessonWordsSchema } from './schema.ts';

const title = (name: string) => ({ en: name, ko: `${name} (한국어)` });
const course = courseSchema.parse({
  parts: [
    {
      id: 'one',
      title: title('One'),
      lessons: [
        { id: 'a', title: title('A') },
        { id: 'b', title: title('B'), was: ['old-b'] },
      ],
    },
    { id: 'two', title: title('Two'), lessons: [{ id: 'c', title: title('C') }] },
  ],
});
const facts = lessonFactsSchema.parse({ topics: ['evolution.client-server'], minutes: 5, simulations: [] });
const words = (name: string) => ({
  title: name,
  description: 'A lesson that is written for a test.',
  objectives: ['Look here', 'Look there'],
});
const written: FoundLesson = { facts, words: { en: words('B, written'), ko: words('쓴 B') } };

describe('the contents', () => {
  const contents = contentsOf(course, new Map([['b', written]]));

  it('keep the order of the list, and show a lesson without a folder as planned', () => {
    expect(contents.parts.map(({ lessons }) => lessons.map(({ id, written }) => [id, Boolean(written)]))).toEqual([
      [
        ['a', false],
        ['b', true],
      ],
      [['c', false]],
    ]);
  });
  it('take the title of a written lesson from its own front matter', () => {
    expect(contents.parts[0]!.lessons[1]!.title).toEqual({ en: 'B, written', ko: '쓴 B' });
  });
  it('know the neighbours of a lesson across parts', () => {
    const { previous, next } = neighboursOf(contents, 'b');
    expect([previous?.lesson.id, next?.lesson.id]).toEqual(['a', 'c']);
    expect(neighboursOf(contents, 'a').previous).toBeUndefined();
    expect(neighboursOf(contents, 'c').next).toBeUndefined();
  });
  it('begin with the first lesson that is written, and know the old names', () => {
    expect(firstWritten(contents)?.lesson.id).toBe('b');
    expect(renamed(contents)).toEqual([{ old: 'old-b', now: 'b' }]);
  });
});

describe('a course that does not hold together', () => {
  it('is refused with every fault: an unlisted folder, a missing language, missing facts, an unknown need', () => {
    const found = new Map<string, FoundLesson>([
      ['stray', written],
      ['a', { facts: { ...facts, needs: ['nowhere'] }, words: { en: words('A') } }],
      ['c', { words: written.words }],
    ]);
    expect(() => contentsOf(course, found)).toThrow(
      [
        'The course does not hold together:',
        '  content/lessons/stray: not in the contents. Add "- id: stray" with its titles to the right part of content/course.yaml.',
        '  content/lessons/a/ko.mdx: missing. A lesson is published in every language; this is the 한국어 text.',
        '  content/lessons/a/lesson.yaml: needs names nowhere, which content/course.yaml does not list. Use the id of a listed lesson.',
        '  content/lessons/c/lesson.yaml: missing. It holds topics, minutes, simulations, needs.',
      ].join('\n'),
    );
  });
  it('is refused when two lessons bear one id, old or new', () => {
    const twice = {
      parts: [
        {
          id: 'one',
          title: title('One'),
          lessons: [
            { id: 'a', title: title('A') },
            { id: 'b', title: title('B'), was: ['a'] },
          ],
        },
      ],
    };
    expect(courseSchema.safeParse(twice).error?.issues[0]?.message).toContain('a is used already in part one');
  });
});

describe('a broken file of an author', () => {
  const message = (
    schema: { safeParse: (value: unknown) => { error?: { issues: { path: PropertyKey[]; message: string }[] } } },
    value: unknown,
  ) => schema.safeParse(value).error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);

  it('is answered with the field, what is wrong and what would be right', () => {
    expect(message(lessonFactsSchema, { topics: ['Client Server'], minutes: 2.5, simulations: [] })).toEqual([
      'topics.0 must look like evolution.client-server',
      'minutes must be a whole number of minutes, for example 20',
    ]);
    expect(message(lessonWordsSchema, { title: 'A', description: 'Short.', objectives: ['Only one thing'] })).toEqual([
      'description is too short: a description of the lesson has at least 20 characters',
      'objectives must name at least two objectives',
    ]);
  });
});
