/**
 * Laws over everything that is said in more than one language: the interface, the glossary, the words and cards of the
 * simulations. Every language says the same things; the Korean keeps the rules of its typography.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { isMap, isScalar, LineCounter, parse, parseDocument, visit } from 'yaml';
import { languages } from '../../languages.ts';
import { parseScenario } from '../../simulations/index.ts';
import { koreanFaults, type KoreanText } from '../../src/markdown/korean.ts';
import {
  lessonFiles,
  readExamples,
  readGlossary,
  readScenario,
  readSources,
  scenarioIds,
} from '../../src/markdown/library.ts';
import { readTimeline } from '../../src/markdown/timeline.ts';
import { outlineOf } from '../../src/markdown/outline.ts';

type Tree = { [key: string]: unknown };

/** All leaves of a tree of words by their paths. */
function leaves(tree: unknown, path = ''): Record<string, string> {
  if (Array.isArray(tree)) return { [path]: `${tree.length} entries` };
  if (typeof tree !== 'object' || tree === null) return { [path]: String(tree) };
  return Object.assign(
    {},
    ...Object.entries(tree).map(([key, value]) => leaves(value, path === '' ? key : `${path} › ${key}`)),
  );
}

interface Element {
  value?: string;
  options?: Record<string, { value: Element[] }>;
  children?: Element[];
}

/** What an ICU message wants from outside, however deep; words and `#` want nothing. */
function variablesOf(message: string): string[] {
  const walk = (elements: Element[]): string[] =>
    elements.flatMap((element) => {
      const within = [
        ...Object.values(element.options ?? {}).flatMap(({ value }) => walk(value)),
        ...walk(element.children ?? []),
      ];
      const isWords = 'type' in element && (element.type === 0 || element.value === undefined);
      return isWords ? within : [element.value!, ...within];
    });
  return [
    ...new Set(walk(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst() as Element[])),
  ].sort();
}

const yaml = (path: string): Tree => parse(readFileSync(path, 'utf8')) as Tree;

describe('the interface', () => {
  const messages = Object.fromEntries(languages.map(({ id }) => [id, leaves(yaml(`content/interface/${id}.yaml`))]));
  const [first, ...others] = languages.map(({ id }) => id);

  it.each(others)('has the same messages in %s as in the first language', (language) => {
    expect(Object.keys(messages[language]!).sort()).toEqual(Object.keys(messages[first!]!).sort());
  });

  it.each(others)('wants the same values in %s as in the first language', (language) => {
    const differing = Object.entries(messages[first!]!).filter(
      ([key, message]) => String(variablesOf(message)) !== String(variablesOf(messages[language]![key] ?? '')),
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it('a message whose variable is missing in one language would be found', () => {
    expect(variablesOf('{n, plural, one {# of {all}} other {# of {all}}}')).toEqual(['all', 'n']);
    expect(variablesOf('{n}개')).not.toEqual(variablesOf('all of them'));
  });
});

describe('the glossary', () => {
  const books = languages.map(({ id }) => readGlossary(id));

  it('has the same terms in every language', () => {
    for (const book of books) expect(Object.keys(book).sort()).toEqual(Object.keys(books[0]!).sort());
  });

  it('gives no name to two terms', () => {
    for (const book of books) {
      const names = Object.values(book).flatMap(({ term, aliases }) =>
        [term, ...aliases].map((name) => name.toLowerCase()),
      );
      expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    }
  });

  it('names the English word under every Korean term that is written in Korean letters', () => {
    const [english, korean] = [readGlossary('en'), readGlossary('ko')];
    const without = Object.entries(korean).filter(([id, { term, aliases }]) => {
      const word = english[id]!.term.toLowerCase();
      return /[가-힣]/.test(term) && !aliases.some((alias) => alias.toLowerCase() === word);
    });
    expect(without.map(([id]) => id)).toEqual([]);
  });
});

describe('the sources', () => {
  it('are all cited by a lesson or the timeline: a source that nobody cites is dropped', () => {
    const cited = lessonFiles().flatMap((file) =>
      outlineOf(readFileSync(file, 'utf8'))
        .tags.filter(({ name }) => name === 'Cite')
        .map(({ attributes }) => attributes['id']),
    );
    cited.push(...readTimeline(languages[0]!.id).flatMap(({ source }) => source ?? []));
    expect(Object.keys(readSources()).filter((id) => !cited.includes(id))).toEqual([]);
  });
});

/** The examples that a reader is shown: those with words. The others are for the command line. */
const examples = readExamples().filter(({ id }) => existsSync(`simulations/examples/${id}.words.en.yaml`));
const simulations = [
  ...scenarioIds().map((id) => ({
    id,
    read: () => readScenario(id),
    wordsIn: (language: string) => join('simulations/scenarios', id, `words.${language}.yaml`),
  })),
  ...examples.map(({ id, source }) => ({
    id: `${id} (example)`,
    read: () => Promise.resolve(source),
    wordsIn: (language: string) => join('simulations/examples', `${id}.words.${language}.yaml`),
  })),
];

describe.each(simulations)('the words of the simulation $id', ({ read, wordsIn }) => {
  const words = Object.fromEntries(languages.map((language) => [language.id, yaml(wordsIn(language.id))]));

  it.each(languages)('name in $name everything that the scenario has, and nothing else', async ({ id: language }) => {
    const scenario = parseScenario(await read());
    const said = words[language]!;
    const keys = (key: string): string[] => Object.keys((said[key] ?? {}) as Tree).sort();
    const shown = [
      ...(scenario.show?.measures ?? []),
      ...(scenario.show?.series ?? []),
      scenario.show?.sweep?.measure ?? '',
    ];
    expect(keys('designs')).toEqual(scenario.designs.map((each) => each.id).sort());
    expect(keys('dials')).toEqual(scenario.dials.map((each) => each.id).sort());
    expect(keys('faults')).toEqual(scenario.faults.map((each) => each.id).sort());
    expect(keys('parts')).toEqual(Object.keys(scenario.parts).sort());
    expect(keys('boards')).toEqual(scenario.boards.map((each) => each.id).sort());
    for (const { id, columns } of scenario.boards) {
      const { columns: names } = (said['boards'] as Record<string, { columns: Tree }>)[id]!;
      expect(Object.keys(names).sort()).toEqual(columns.map((each) => each.id).sort());
    }
    expect(keys('claims')).toEqual(scenario.claims.map((each) => each.id).sort());
    expect(keys('measures')).toEqual([...new Set(shown)].filter((name) => name !== '').sort());
  });

  it('say the same things in every language', () => {
    for (const said of Object.values(words)) {
      expect(Object.keys(leaves(said)).sort()).toEqual(Object.keys(leaves(words[languages[0].id])).sort());
      expect(Object.entries(leaves(said)).filter(([, text]) => text.trim() === '')).toEqual([]);
    }
  });
});

describe.each(scenarioIds())('the card of the simulation %s', (id) => {
  it('stands in every language, with as many sections and points', () => {
    const shape = (language: string): number[] => {
      const card = readFileSync(join('simulations/scenarios', id, `card.${language}.md`), 'utf8');
      return ['^# ', '^## ', '^- '].map((mark) => (card.match(new RegExp(mark, 'gm')) ?? []).length);
    };
    for (const { id: language } of languages) {
      expect(shape(language)).toEqual(shape(languages[0].id));
      expect(shape(language)[0]).toBe(1);
    }
  });
});

it('the examples of the README can be opened by a reader, too', () => {
  const listed = [...readFileSync('simulations/examples/README.md', 'utf8').matchAll(/^\| \[([a-z-]+)\]/gm)].map(
    ([, id]) => id!,
  );
  expect(listed.length).toBeGreaterThanOrEqual(10);
  expect(listed.filter((id) => !scenarioIds().includes(id) && !examples.some((each) => each.id === id))).toEqual([]);
});

/** Texts of a Korean file with their lines: values of YAML, prose of Markdown. Lessons are read by their own law. */
function koreanTexts(path: string): KoreanText[] {
  const source = readFileSync(path, 'utf8');
  if (path.endsWith('.md')) {
    return source.split('\n').map((text, at) => ({ text: text.replace(/^[#\-\s*]+|\*\*/g, ''), line: at + 1 }));
  }
  const counter = new LineCounter();
  const texts: KoreanText[] = [];
  visit(parseDocument(source, { lineCounter: counter }), {
    Scalar(key, node, parents) {
      const holder = parents.at(-1);
      // Aliases are single words, not sentences; keys are ids.
      const isAlias = parents.some((each) => 'key' in each && isScalar(each.key) && each.key.value === 'aliases');
      if (key === 'key' || isAlias || typeof node.value !== 'string' || isMap(holder)) return;
      texts.push({ text: node.value, line: counter.linePos(node.range?.[0] ?? 0).line });
    },
  });
  return texts;
}

const koreanFiles = [
  'content/interface/ko.yaml',
  'content/glossary/ko.yaml',
  ...scenarioIds().flatMap((id) =>
    ['words.ko.yaml', 'card.ko.md'].map((file) => join('simulations/scenarios', id, file)),
  ),
  ...examples.map(({ id }) => join('simulations/examples', `${id}.words.ko.yaml`)),
  ...readdirSync('content/lessons').flatMap((id) =>
    readdirSync(join('content/lessons', id))
      .filter((file) => file === 'quiz.ko.yaml')
      .map((file) => join('content/lessons', id, file)),
  ),
];

describe('the Korean', () => {
  it.each(koreanFiles)('of %s keeps the rules of typography and speaks one level of politeness', (path) => {
    const texts = koreanTexts(path);
    expect(texts.length).toBeGreaterThan(3);
    expect(koreanFaults({ texts }).map(({ line, says }) => `${path}:${line}: ${says}`)).toEqual([]);
  });

  it.each([
    ['a particle glued to a value', { text: '은 느려요.', after: 'Measured' }, /glued to the value/],
    ['a particle glued to a variable', { text: '{name}을 눌러요.' }, /glued to a variable/],
    ['two spaces', { text: '서버가  바빠요.' }, /two spaces/],
    ['full-width punctuation', { text: '정말 그럴까요？' }, /full-width/],
    ['a space before the full stop', { text: '서버가 바빠요 .' }, /a space before/],
    ['no space after a comma', { text: '하나,둘이에요.' }, /no space after/],
    ['brackets of another style', { text: '「리틀의 법칙」이에요.' }, /another style/],
    ['three full stops', { text: '그런데...' }, /three full stops/],
  ])('%s is found', (_what, fault, message) => {
    expect(
      koreanFaults({ texts: [{ line: 1, ...fault }] })
        .map(({ says }) => says)
        .join(),
    ).toMatch(message);
  });

  it('two levels of politeness in one file are found, and the rarer one is named', () => {
    const texts = ['서버가 바빠요.', '요청이 기다려요.', '응답이 늦습니다.'].map((text, at) => ({
      text,
      line: at + 1,
    }));
    expect(koreanFaults({ texts }).map(({ line }) => line)).toEqual([3]);
  });

  it('right Korean is let through', () => {
    const texts = [
      { text: ' 정도예요.', after: 'Measured' },
      { text: '이론은 서비스 시간의 10배라고 해요.' },
      { text: '클라이언트(client)는 부탁하고, 서버(server)는 응답해요.' },
      { text: '{count}개 가운데 하나예요.' },
      { text: '이음매가 정말 여기일까요? 네, 여기예요!' },
    ];
    expect(koreanFaults({ texts: texts.map((each) => ({ line: 1, ...each })) })).toEqual([]);
  });
});
