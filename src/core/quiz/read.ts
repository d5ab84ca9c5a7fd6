/**
 * Reads the quiz of a lesson from the text of its files and joins facts and words by id.
 * Every fault it finds names file, line, question, what is wrong and what would be right. It knows no disk: texts are handed in.
 */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { z } from 'zod';
import type { QuestionType } from './facts.ts';
import { isRecord, type CommonFacts, type CommonWords, type Question } from './question.ts';
import { questionTypes, typeNamed } from './types/index.ts';

/** A file as it was found. */
export interface SourceFile {
  /** How messages name it. */
  file: string;
  text: string;
}

export interface QuizSource {
  facts: SourceFile;
  /** One per language, by its tag. */
  words: Record<string, SourceFile>;
}

/** A quiz in every language. Measured keys are not in it yet. */
export interface Quiz {
  questions: CommonFacts[];
  /** The questions in one language, in order. */
  in: Record<string, Question[]>;
}

export interface Problem {
  file: string;
  line: number | null;
  question: string | null;
  path: string;
  message: string;
  expected: string | null;
}

/** All that is wrong with a quiz, at once. */
export class QuizError extends Error {
  override name = 'QuizError';
  problems: Problem[];

  constructor(problems: Problem[]) {
    super(problems.map(sentence).join('\n'));
    this.problems = problems;
  }
}

function sentence({ file, line, question, path, message, expected }: Problem): string {
  const place = line === null ? file : `${file}:${line}`;
  const where = [question === null ? '' : `question "${question}"`, path].filter(Boolean).join(', ');
  return `${place}: ${where === '' ? '' : `${where}: `}${message}${expected === null ? '' : `; right would be ${expected}`}`;
}

type Path = readonly PropertyKey[];

/** One YAML file, its value, and where in it a path is. */
interface Parsed {
  file: string;
  value: unknown;
  problems: Problem[];
  lineOf(path: Path): number | null;
}

function parse({ file, text }: SourceFile): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const problems = document.errors.map((error) => ({
    file,
    line: error.linePos?.[0].line ?? null,
    question: null,
    path: '',
    message: (error.message.split('\n')[0] ?? '').replace(/ at line \d+.*$/, ''),
    expected: /nested mapping/i.test(error.message) ? 'quotes around a text with a colon in it' : 'well-formed YAML',
  }));
  return {
    file,
    value: problems.length > 0 ? null : document.toJS(),
    problems,
    lineOf(path) {
      const at = nearest(document, path)?.range?.[0];
      return at === undefined ? null : lines.linePos(at).line;
    },
  };
}

/** The innermost node on the way along a path: of an entry its key, since that is the line an author looks for. */
function nearest(document: Document, path: Path): Node | null {
  let node: unknown = document.contents;
  let shown = node;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
      if (pair === undefined) break;
      [node, shown] = [pair.value, pair.key];
    } else if (isSeq(node)) {
      const item: unknown = node.get(Number(step), true);
      if (item === undefined) break;
      [node, shown] = [item, item];
    } else break;
  }
  return shown as Node | null;
}

const factsFile = z.strictObject({ questions: z.array(z.unknown()).min(1) });
const wordsFile = z.strictObject({ questions: z.record(z.string(), z.unknown()) });

/** What a value has to be, for a reader who does not program. */
function kindOf(expected: string): string {
  const kinds: Record<string, string> = {
    string: 'a text',
    array: 'a list',
    record: 'fields by their ids',
    object: 'fields',
  };
  return kinds[expected] ?? `a ${expected}`;
}

/** What one schema issue says, in words that an author can act on. */
function explained(issue: z.core.$ZodIssue): Pick<Problem, 'message' | 'expected'> {
  switch (issue.code) {
    case 'unrecognized_keys':
      // The commonest slip of all: between braces a comma ends a text.
      if (issue.keys.some((key) => key.includes(' ')))
        return {
          message: `${issue.keys.map((key) => `"${key}"`).join(', ')} was read as a field, since a comma or a colon ends a text here`,
          expected: 'quotes around the whole text',
        };
      return {
        message: `there is no field ${issue.keys.map((key) => `"${key}"`).join(', ')}`,
        expected: 'one of the fields of this type',
      };
    case 'invalid_type':
      return issue.input === undefined
        ? { message: 'it is missing', expected: kindOf(issue.expected) }
        : { message: `it is ${JSON.stringify(issue.input)}`, expected: kindOf(issue.expected) };
    case 'invalid_value':
      return { message: 'it has another value', expected: issue.values.map(String).join(' or ') };
    case 'too_small':
      return { message: 'it is too small or too short', expected: `at least ${issue.minimum}` };
    case 'too_big':
      return { message: 'it is too large or too long', expected: `at most ${issue.maximum}` };
    case 'invalid_union': {
      const forms = issue.errors.flatMap(([first]) => (first === undefined ? [] : [explained(first).expected]));
      return {
        message: 'it has none of the forms that it may have',
        expected: [...new Set(forms)].join(', or ') || null,
      };
    }
    case 'invalid_key':
      return { message: 'it is not an id', expected: 'small letters, digits and single hyphens' };
    default:
      return { message: issue.message, expected: null };
  }
}

/** Reads a quiz, or throws a `QuizError` with everything that is wrong with it. */
export function readQuiz(source: QuizSource): Quiz {
  const factsAt = parse(source.facts);
  const wordsAt = Object.entries(source.words).map(([language, file]) => ({ language, ...parse(file) }));
  const problems: Problem[] = [factsAt, ...wordsAt].flatMap((parsed) => parsed.problems);
  if (problems.length > 0) throw new QuizError(problems);

  const check = (parsed: Parsed, schema: z.ZodType, value: unknown, at: Path, question: string | null): unknown => {
    const result = schema.safeParse(value, { reportInput: true });
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      const path = [...at, ...issue.path];
      problems.push({
        file: parsed.file,
        line: parsed.lineOf(path),
        question,
        path: issue.path.map(String).join('.'),
        ...explained(issue),
      });
    }
    return undefined;
  };

  const factsRoot = check(factsAt, factsFile, factsAt.value, [], null) as z.infer<typeof factsFile> | undefined;
  const wordsRoots = wordsAt.map((parsed) => ({
    parsed,
    root: check(parsed, wordsFile, parsed.value, [], null) as z.infer<typeof wordsFile> | undefined,
  }));
  if (problems.length > 0 || factsRoot === undefined) throw new QuizError(problems);

  const seen = new Set<string>();
  const joined: { facts: CommonFacts; words: Record<string, CommonWords> }[] = [];
  for (const [index, value] of factsRoot.questions.entries()) {
    const at = ['questions', index];
    const name = isRecord(value) && typeof value['id'] === 'string' ? value['id'] : `number ${index + 1}`;
    const inFacts = (path: Path, message: string, expected: string): void => {
      problems.push({
        file: factsAt.file,
        line: factsAt.lineOf([...at, ...path]),
        question: name,
        path: path.map(String).join('.'),
        message,
        expected,
      });
    };
    const type = isRecord(value) ? typeNamed(String(value['type'])) : undefined;
    if (type === undefined) {
      seen.add(name);
      const given = isRecord(value) ? `"${String(value['type'])}" is no type of question` : 'it is not a question';
      inFacts(['type'], given, questionTypes.map(({ type }) => type).join(', '));
      continue;
    }
    if (seen.has(name)) inFacts(['id'], `the id "${name}" is taken by an earlier question`, 'an id of its own');
    seen.add(name);
    const facts = check(factsAt, type.facts, value, at, name) as CommonFacts | undefined;
    const words: Record<string, CommonWords> = {};
    for (const { parsed, root } of wordsRoots) {
      const own = root !== undefined && Object.hasOwn(root.questions, name) ? root.questions[name] : undefined;
      if (own === undefined) {
        problems.push({
          file: parsed.file,
          line: null,
          question: name,
          path: '',
          message: 'it has no words here',
          expected: `an entry "${name}" under questions`,
        });
        continue;
      }
      const checked = check(parsed, type.words, own, ['questions', name], name) as CommonWords | undefined;
      if (checked === undefined || facts === undefined) continue;
      words[parsed.language] = checked;
      missingWords(type, facts, checked, parsed, name, problems);
      for (const { path, message, expected } of type.wordMisfits?.(facts, checked) ?? [])
        problems.push({
          file: parsed.file,
          line: parsed.lineOf(['questions', name, ...path]),
          question: name,
          path: path.map(String).join('.'),
          message,
          expected,
        });
    }
    unevenHints(words, wordsAt, name, problems);
    if (facts === undefined) continue;
    for (const misfit of type.misfits(facts)) inFacts(misfit.path, misfit.message, misfit.expected);
    const pointers = type.pointers(facts);
    for (const key of Object.keys(facts.see))
      if (!pointers.includes(key))
        inFacts(['see', key], `there is nothing called "${key}" to point from`, pointers.join(', '));
    joined.push({ facts, words });
  }

  for (const { parsed, root } of wordsRoots)
    for (const name of Object.keys(root?.questions ?? {}))
      if (!seen.has(name))
        problems.push({
          file: parsed.file,
          line: parsed.lineOf(['questions', name]),
          question: name,
          path: '',
          message: `there is no such question in ${factsAt.file}`,
          expected: [...seen].join(', '),
        });
  if (problems.length > 0) throw new QuizError(problems);

  return {
    questions: joined.map(({ facts }) => facts),
    in: Object.fromEntries(
      wordsAt.map(({ language }) => [
        language,
        joined.map(({ facts, words }) => {
          const mine = words[language] as CommonWords;
          const gathered = typeNamed(facts.type)?.gather?.(mine, Object.values(words)) ?? mine;
          return { facts, words: gathered, measured: [] };
        }),
      ]),
    ),
  };
}

/** Hints are counted in the record, so a question must have as many of them in every language. */
function unevenHints(
  words: Record<string, CommonWords>,
  wordsAt: readonly (Parsed & { language: string })[],
  question: string,
  problems: Problem[],
): void {
  const counts = Object.entries(words).map(([language, { hints = [] }]) => ({ language, count: hints.length }));
  const most = Math.max(0, ...counts.map(({ count }) => count));
  for (const { language, count } of counts) {
    const parsed = wordsAt.find((one) => one.language === language);
    if (count === most || parsed === undefined) continue;
    problems.push({
      file: parsed.file,
      line: parsed.lineOf(['questions', question, 'hints']),
      question,
      path: 'hints',
      message: `it has ${count} hints, and another language has ${most}`,
      expected: `${most} hints in every language`,
    });
  }
}

/** Compares the ids that the facts name with those that have words, both ways. */
function missingWords(
  type: QuestionType,
  facts: CommonFacts,
  words: CommonWords,
  parsed: Parsed,
  question: string,
  problems: Problem[],
): void {
  for (const [field, ids] of Object.entries(type.wordsNeeded(facts))) {
    const value: unknown = (words as unknown as Record<string, unknown>)[field];
    const found = isRecord(value) ? Object.keys(value) : [];
    const problem = (id: string, message: string, expected: string): void => {
      const path = ['questions', question, field, id];
      problems.push({
        file: parsed.file,
        line: parsed.lineOf(path),
        question,
        path: `${field}.${id}`,
        message,
        expected,
      });
    };
    for (const id of ids) if (!found.includes(id)) problem(id, 'it has no words', 'a text and a because under this id');
    for (const id of found)
      if (!ids.includes(id)) problem(id, 'the facts know no such id', ids.join(', ') || 'nothing');
  }
}
