/**
 * Laws over every lesson: the rules that the build holds it to, and that its languages say the same things in the same order.
 * Each law is shown to fail on a planted fault.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { languages } from '../../languages.ts';
import { lessonFactsSchema, lessonWordsSchema } from '../../src/core/course/schema.ts';
import { shelfFor, tell } from '../../src/markdown/lesson-rules.ts';
import { outlineOf, type Outline } from '../../src/markdown/outline.ts';
import { problemsOf } from '../../src/markdown/rules.ts';
import { tags } from '../../src/markdown/tags.ts';
import { differences, flesch, readWords } from './prose.ts';

const folder = 'content/lessons';
const lessons = readdirSync(folder).filter((id) => existsSync(join(folder, id, 'lesson.yaml')));
const published = lessons.filter((id) => !id.startsWith('_'));
const text = (id: string, language: string): string => readFileSync(join(folder, id, `${language}.mdx`), 'utf8');
const outline = (id: string, language: string): Outline => outlineOf(text(id, language));

describe.each(lessons)('the lesson %s', (id) => {
  it.each(languages)('keeps the rules in $name', async ({ id: language }) => {
    const problems = problemsOf(outline(id, language), language, await shelfFor(join(folder, id), language));
    expect(tell(`${folder}/${id}/${language}.mdx`, problems)).toBe('');
  });

  it.each(languages)('has its facts and its front matter in order in $name', ({ id: language }) => {
    const facts = lessonFactsSchema.safeParse(parse(readFileSync(join(folder, id, 'lesson.yaml'), 'utf8')));
    const words = lessonWordsSchema.safeParse(parse(outline(id, language).frontmatter));
    expect([facts.error?.issues, words.error?.issues]).toEqual([undefined, undefined]);
  });

  it('has the same headings, tags and attributes in every language', () => {
    const [first, ...others] = languages.map((language) => outline(id, language.id));
    for (const other of others) expect(differences(first!, other)).toEqual([]);
  });

  it('lists as many objectives in every language', () => {
    const counts = languages.map(
      (language) => (parse(outline(id, language.id).frontmatter) as { objectives: [] }).objectives.length,
    );
    expect(new Set(counts).size).toBe(1);
  });
});

describe.each(published)('the published lesson %s', (id) => {
  it('reads in one sitting: 600 to 1,000 words in English, and Korean of a like length', () => {
    const english = readWords(outline(id, 'en')).join(' ').split(/\s+/).length;
    expect(english, 'words in English').toBeGreaterThanOrEqual(600);
    expect(english, 'words in English').toBeLessThanOrEqual(1000);
    const korean = readWords(outline(id, 'ko')).join('').replace(/\s/g, '').length;
    expect(korean / english, 'Korean letters for each English word').toBeGreaterThan(1.8);
    expect(korean / english, 'Korean letters for each English word').toBeLessThan(3.6);
  });

  it('is plain English: Flesch reading ease of at least 50', () => {
    expect(flesch(readWords(outline(id, 'en')))).toBeGreaterThanOrEqual(50);
  });

  it('has its anatomy: a simulation before the second section, limits, cost, recap, quiz and reading, in that order', () => {
    const { tags: found, headings } = outline(id, 'en');
    const stage = found.find(({ name }) => name === 'Simulation');
    const second = headings.filter(({ depth }) => depth === 2)[1];
    expect(stage, 'a simulation').toBeDefined();
    expect(stage!.line).toBeLessThan(second!.line);
    const end = found
      .map(({ name }) => name)
      .filter((name) => ['Limits', 'Cost', 'Recap', 'Quiz', 'Reading'].includes(name));
    expect(end).toEqual(['Limits', 'Cost', 'Recap', 'Quiz', 'Reading']);
    expect(
      found.some(({ name }) => name === 'Predict'),
      'a prediction in the prose',
    ).toBe(true);
  });

  it('can be given on a projector: each section is short and has notes for the one who teaches', () => {
    const { headings, tags: found, texts } = outline(id, 'en');
    const sections = headings.filter(({ depth }) => depth === 2);
    sections.forEach((section, at) => {
      const end = sections[at + 1]?.line ?? Infinity;
      const within = ({ line }: { line: number }): boolean => line >= section.line && line < end;
      const own = found.filter(within);
      const words = texts
        .filter((each) => within(each) && !each.inside.some((tag) => tag === 'Notes' || tag === 'Slide'))
        .map((each) => each.text)
        .join(' ');
      expect(words.split(/\s+/).length, `words in "${section.text}"`).toBeLessThanOrEqual(180);
      const speaksForItself = own.some(({ name }) => ['Recap', 'Quiz', 'Reading'].includes(name));
      const notes = own.filter(({ name }) => name === 'Notes').length;
      expect(notes, `notes in "${section.text}"`).toBe(speaksForItself ? 0 : 1);
    });
  });
});

describe('the laws of lessons can fail', () => {
  const good = `---\ntitle: x\n---\n\n## A {#a}\n\nA <Term id="client">client</Term> asks <Measured scenario="one-server" measure="server.response.mean" />.\n`;
  const rules = async (source: string, language = 'en'): Promise<string[]> =>
    problemsOf(outlineOf(source), language, await shelfFor('content/lessons/client-server', language)).map(
      ({ line, says }) => `${line}: ${says}`,
    );

  it('says nothing about a text that is right', async () => {
    expect(await rules(good)).toEqual([]);
  });

  it.each([
    ['an import', good.replace('## A', "import x from './x.ts';\n\n## A"), /^5: "import or export" is code/],
    ['an expression', good.replace('asks', 'asks {1 + 1}'), /is code/],
    [
      'a tag that is not ours',
      good.replace('asks', 'asks <Marquee>x</Marquee>'),
      /<Marquee> is not one of our tags; they are Simulation/,
    ],
    [
      'an attribute that a tag does not have',
      good.replace('id="client"', 'id="client" colour="red"'),
      /<Term> has no attribute "colour"; it has id/,
    ],
    ['a missing attribute', good.replace(' measure="server.response.mean"', ''), /<Measured> lacks measure=/],
    ['an empty tag', good.replace('>client<', '><'), /<Term> stands round nothing/],
    ['an unknown term', good.replace('"client"', '"cliant"'), /no term "cliant".*client/],
    ['an unknown source', good.replace('asks', '<Cite id="littel-1961" />'), /no source "littel-1961".*little-1961/],
    [
      'an unknown scenario',
      good.replace('"one-server"', '"two-server"'),
      /no scenario "two-server"; the scenarios are one-server/,
    ],
    ['an unknown design', good.replace(' measure', ' design="three" measure'), /no design "three"; the designs are/],
    [
      'an unknown dial',
      good.replace(' measure', ' dials="rate=3" measure'),
      /no dial "rate"; the dials are arrivalRate/,
    ],
    [
      'a dial beyond its end',
      good.replace(' measure', ' dials="arrivalRate=99" measure'),
      /arrivalRate=99 is beyond its dial/,
    ],
    [
      'a badly written dial',
      good.replace(' measure', ' dials="arrivalRate:9" measure'),
      /is not a dial with its value/,
    ],
    ['an unknown fault', good.replace(' measure', ' inputs="fire@3" measure'), /no fault "fire"; the faults are/],
    ['an unknown part', good.replace('asks', '<Look part="server2">asks</Look>'), /no part "server2"/],
    ['an unknown question', good.replace('asks', '<Predict question="none-such" />'), /no question "none-such"/],
    [
      'a picture that is not there',
      good.replace('asks', '<Figure src="no.svg" alt="x">y</Figure>'),
      /no file "no.svg"/,
    ],
    ['a heading without an id', good.replace(' {#a}', ''), /^5: the heading "A" has no id/],
    ['two headings of one id', `${good}\n## B {#a}\n`, /^9: the id "a" stands at an earlier heading/],
    ['a heading of the wrong depth', good.replace('## A', '#### A'), /depth 4/],
    [
      'a diagram without words',
      `${good}\n\`\`\`mermaid\nflowchart LR\n a --> b\n\`\`\`\n`,
      /^9: the diagram has no words/,
    ],
    ['a number typed by hand', good.replace('asks', 'waits 300 ms'), /"300 ms" is a number typed by hand/],
    ['a percentage typed by hand', good.replace('asks', 'is 90% busy'), /"90%" is a number typed by hand/],
    ['a ratio typed by hand', good.replace('asks', 'is 2 times slower'), /"2 times" is a number/],
  ])('%s is found', async (_what, source, message) => {
    expect((await rules(source)).join('\n')).toMatch(message);
  });

  it('a number marked as given, in a note or in a sentence that sets the stage is let through', async () => {
    const allowed = good.replace(
      'asks',
      '<Given>300 ms</Given> <Look dials="arrivalRate=9">9 requests a second</Look> <Notes minutes={2}>2 seconds</Notes>',
    );
    expect(await rules(allowed)).toEqual([]);
  });

  it('languages that differ in a heading, a tag or an attribute are found', () => {
    const other = (change: (source: string) => string): string[] =>
      differences(outlineOf(good), outlineOf(change(good)));
    expect(other((source) => source)).toEqual([]);
    expect(other((source) => source.replace('{#a}', '{#b}'))).toHaveLength(1);
    expect(other((source) => source.replace('id="client"', 'id="server"'))).toHaveLength(1);
    expect(other((source) => source.replace(' asks', ''))).toEqual([]);
    expect(other((source) => source.replace('<Term id="client">client</Term> ', ''))).toHaveLength(1);
  });

  it('an English text that is hard to read scores below one that is easy', () => {
    const easy = flesch(['The cat sat on the mat. It was a warm day. We all had tea.']);
    const hard = flesch([
      'Notwithstanding considerable organisational heterogeneity, interdepartmental communication necessitates institutionalisation.',
    ]);
    expect(easy).toBeGreaterThan(90);
    expect(hard).toBeLessThan(0);
  });
});

describe('the tags', () => {
  it('that authors may write are those that have a view, and each has a file of its own', () => {
    const registered = readFileSync('src/components/mdx/index.ts', 'utf8');
    const list = /export const tags = \{([\s\S]*?)\}/.exec(registered)?.[1] ?? '';
    const views = list
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    // Sources is added to a lesson by us, not written by authors.
    expect([...views].sort()).toEqual([...Object.keys(tags), 'Sources'].sort());
    for (const view of views)
      expect(registered).toMatch(new RegExp(`import ${view} from '\\.\\.?/[a-z/]*${view}\\.astro';`));
  });
});
