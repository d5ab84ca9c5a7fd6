/**
 * The teacher's guide is kept true, in each language: it has every written lesson under its own title, its rows name sections
 * that exist with the minutes of their notes, a row fits its class, and what it calls a name on the screen is one.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

type Language = 'en' | 'ko';
interface Section {
  id: string;
  name: string;
  minutes: number;
}
/** One entry of a row: a section, all sections, work in pairs, the quiz; and how many minutes the guide gives it. */
interface Entry {
  name: string;
  minutes: number;
}
interface Row {
  entries: Entry[];
  sum: number;
}

const guides = {
  en: {
    file: 'docs/teaching.md',
    all: 'All sections',
    pairs: 'In pairs',
    rows: { 20: '20 min', 45: '45 min', 90: '90 min', late: 'late' },
    points: ['Ask', 'Predict', 'Turn and break', 'They get wrong', 'In pairs'],
    /** How the guide writes what stands on the screen. */
    screen: /(?<!\*)\*([^*\n]+)\*(?!\*)/g,
    address: '/lessons/',
  },
  ko: {
    file: 'docs/teaching.ko.md',
    all: '모든 절',
    pairs: '둘이서',
    rows: { 20: '20분', 45: '45분', 90: '90분', late: '늦었을 때' },
    points: ['물어보기', '예측', '돌리고 고장 내기', '자주 틀리는 것', '둘이서'],
    screen: /‘([^’\n]+)’/g,
    address: '/ko/lessons/',
  },
} as const;
/** The longest that a row may last. A class of 90 minutes may be planned a tenth over: it has the most to give away. */
const most = { 20: 20, 45: 45, 90: 99 } as const;

const course = parse(readFileSync('content/course.yaml', 'utf8')) as { parts: { lessons: { id: string }[] }[] };
const written = course.parts
  .flatMap(({ lessons }) => lessons.map(({ id }) => id))
  .filter((id) => existsSync(join('content/lessons', id, 'en.mdx')));

const lessonText = (id: string, language: Language): string =>
  readFileSync(join('content/lessons', id, `${language}.mdx`), 'utf8');
const titleOf = (text: string): string => (parse(text.split(/^---$/m)[1]!) as { title: string }).title;

/** A lesson's sections, each with the minutes of its notes. */
function sectionsOf(text: string): Section[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [, name = '', id = ''] = /^(.*?) \{#([^}]+)\}/.exec(section) ?? [];
      const minutes = [...section.matchAll(/<Notes minutes=\{(\d+)\}/g)].reduce(
        (sum, [, each]) => sum + Number(each),
        0,
      );
      return { id, name, minutes };
    });
}

/** What the guide says of each lesson, by the lesson's title. */
function chaptersOf(guide: string): Map<string, string> {
  return new Map(
    guide
      .split(/^### \d+\. /m)
      .slice(1)
      .map((chapter) => [/^\[([^\]]+)\]/.exec(chapter)?.[1] ?? '', chapter.split(/^## /m)[0]!] as const),
  );
}

function rowOf(chapter: string, label: string): Row | null {
  const cells = chapter
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .find((line) => line[1] === label);
  if (cells === undefined) return null;
  const entries = cells[2]!.split(' · ').map((entry) => {
    const [, name = entry, minutes = 'NaN'] = /^(.*) \((\d+)\)$/.exec(entry) ?? [];
    return { name, minutes: Number(minutes) };
  });
  return { entries, sum: Math.abs(Number(cells[3]!.replace('−', '-'))) };
}

/** What is wrong with the rows of one lesson. */
function wrongRows(chapter: string, language: Language, sections: readonly Section[]): string[] {
  const { rows, all, pairs } = guides[language];
  const whole = sections.reduce((sum, { minutes }) => sum + minutes, 0);
  const quiz = sections.find(({ id }) => id === 'quiz')?.name;
  return (['20', '45', '90', 'late'] as const).flatMap((length) => {
    const label = rows[length];
    const row = rowOf(chapter, label);
    if (row === null) return [`${label}: no such row`];
    const wrong = row.entries.flatMap(({ name, minutes }) => {
      if (Number.isNaN(minutes)) return [`${label}: “${name}” has no minutes`];
      if (length === '90' && (name === pairs || name === quiz)) return [];
      const planned = name === all ? whole : sections.find((section) => section.name === name)?.minutes;
      if (planned === undefined) return [`${label}: there is no section “${name}”`];
      return planned === minutes ? [] : [`${label}: “${name}” has ${planned} minutes in its notes, not ${minutes}`];
    });
    const sum = row.entries.reduce((minutes, entry) => minutes + entry.minutes, 0);
    if (sum !== row.sum) wrong.push(`${label}: the minutes add up to ${sum}, not ${row.sum}`);
    if (length !== 'late' && sum > most[length]) wrong.push(`${label}: ${sum} minutes do not fit`);
    if (length === 'late') {
      const planned = rowOf(chapter, rows[45])?.entries.map(({ name }) => name) ?? [];
      for (const { name } of row.entries)
        if (!planned.includes(all) && !planned.includes(name))
          wrong.push(`${label}: “${name}” is not in the 45 minutes`);
    }
    return wrong;
  });
}

interface Facts {
  classes?: Record<string, { sections?: string[]; pairs?: number; quiz?: number }>;
}

/** The rows of one lesson, as lesson.yaml has them. */
function classesOf(chapter: string, language: Language, sections: readonly Section[]): Facts['classes'] {
  const { rows, all, pairs } = guides[language];
  return Object.fromEntries(
    (['20', '45', '90'] as const).map((length) => {
      const entries = rowOf(chapter, rows[length])?.entries ?? [];
      const ids = entries.flatMap(({ name }) => sections.find((section) => section.name === name)?.id ?? []);
      const given = ids.filter((id) => id !== 'quiz');
      const minutesOf = (isMeant: (name: string) => boolean): number | undefined =>
        entries.find(({ name }) => isMeant(name))?.minutes;
      const inPairs = minutesOf((name) => name === pairs);
      const quiz = minutesOf((name) => sections.some((section) => section.name === name && section.id === 'quiz'));
      return [
        length,
        {
          ...(entries.some(({ name }) => name === all) ? {} : { sections: given }),
          ...(inPairs === undefined ? {} : { pairs: inPairs }),
          ...(quiz === undefined ? {} : { quiz }),
        },
      ];
    }),
  );
}

/** Every text in some words, but for messages with gaps to fill. */
function textsOf(words: unknown): string[] {
  if (typeof words === 'string') return words.includes('{') ? [] : [words];
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(textsOf) : [];
}
const readTexts = (file: string): string[] => textsOf(parse(readFileSync(file, 'utf8')));

/** What a chapter calls a name on the screen and neither the lesson's simulations nor the interface has. */
function unknownNames(chapter: string, language: Language, lesson: string): string[] {
  const known = new Set([
    ...readTexts(`content/interface/${language}.yaml`),
    ...[...lesson.matchAll(/<Simulation id="([^"]+)"/g)].flatMap(([, id]) =>
      readTexts(`simulations/scenarios/${id}/words.${language}.yaml`),
    ),
  ]);
  return [...chapter.matchAll(guides[language].screen)].map(([, name]) => name!).filter((name) => !known.has(name));
}

describe.each(['en', 'ko'] as const)("the teacher's guide in %s", (language) => {
  const { file, points, address } = guides[language];
  const chapters = chaptersOf(readFileSync(file, 'utf8'));

  it('has the written lessons under their own titles, in the order of the course, and no others', () => {
    expect([...chapters.keys()]).toEqual(written.map((id) => titleOf(lessonText(id, language))));
  });

  describe.each(written)('on %s', (id) => {
    const lesson = lessonText(id, language);
    const chapter = chapters.get(titleOf(lesson)) ?? '';

    it('leads to the lesson and to its slides, and has all its points', () => {
      expect(chapter).toContain(`](../content/lessons/${id}/${language}.mdx)`);
      expect(chapter).toContain(`\`${address}${id}/slides/\``);
      for (const point of points) expect(chapter, point).toMatch(new RegExp(`^- \\*\\*${point}:\\*\\* \\S`, 'm'));
    });

    it('names sections that exist, with the minutes of their notes, and fits them into the class', () => {
      expect(wrongRows(chapter, language, sectionsOf(lesson))).toEqual([]);
    });

    it('plans the classes that the teacher’s window keeps time by', () => {
      const { classes } = parse(readFileSync(`content/lessons/${id}/lesson.yaml`, 'utf8')) as Facts;
      expect(classesOf(chapter, language, sectionsOf(lesson))).toEqual(classes);
    });

    it('calls names of the screen only what is one', () => {
      expect(unknownNames(chapter, language, lesson)).toEqual([]);
    });

    it('may say that slide 3 is the simulation and slide 5 the prediction', () => {
      const [opening = '', guess = ''] = lesson.split(/^## /m);
      expect([opening.match(/<Simulation /g)?.length, opening.match(/<Slide>/g)?.length ?? 1]).toEqual([1, 1]);
      expect([guess.match(/<Predict /g)?.length, guess.match(/<Slide>/g)?.length ?? 1]).toEqual([1, 1]);
    });
  });
});

describe('the two guides', () => {
  it('plan the same sections for the same class', () => {
    const plans = (['en', 'ko'] as const).map((language) => {
      const chapters = chaptersOf(readFileSync(guides[language].file, 'utf8'));
      return written.map((id) => {
        const lesson = lessonText(id, language);
        const ids = new Map(sectionsOf(lesson).map((section) => [section.name, section.id]));
        const chapter = chapters.get(titleOf(lesson)) ?? '';
        return Object.values(guides[language].rows).map((label) =>
          rowOf(chapter, label)?.entries.map(
            ({ name, minutes }) => `${ids.get(name) ?? (name === guides[language].all ? 'all' : 'pairs')} ${minutes}`,
          ),
        );
      });
    });
    expect(plans[0]).toEqual(plans[1]);
  });
});

describe('this law', () => {
  const sections = [
    { id: 'predict', name: 'Guess', minutes: 6 },
    { id: 'last', name: 'The last, then', minutes: 15 },
    { id: 'quiz', name: 'Check yourself', minutes: 0 },
  ];
  const rows = (...lines: string[]): string => lines.map((line) => `| ${line} |`).join('\n');

  it('sees a section that is gone, other minutes, a wrong sum and a row that does not fit', () => {
    const chapter = rows(
      '20 min | Guess (6) · The last, then (15) | 21',
      '45 min | Gone (4) · Guess (5) | 10',
      '90 min | All sections (21) · In pairs (60) · Check yourself (20) | 101',
      'late | The last, then (15) | −15',
    );
    expect(wrongRows(chapter, 'en', sections)).toEqual([
      '20 min: 21 minutes do not fit',
      '45 min: there is no section “Gone”',
      '45 min: “Guess” has 6 minutes in its notes, not 5',
      '45 min: the minutes add up to 9, not 10',
      '90 min: 101 minutes do not fit',
      'late: “The last, then” is not in the 45 minutes',
    ]);
    expect(wrongRows('', 'en', sections)).toHaveLength(4);
  });

  it('sees a name that is not on the screen', () => {
    const lesson = '<Simulation id="one-server" />';
    expect(unknownNames('Press *A rush*, then *A crush*.', 'en', lesson)).toEqual(['A crush']);
  });
});
