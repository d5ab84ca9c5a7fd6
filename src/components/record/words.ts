/** What an entry of the record says in words. It knows the interface's messages and no view. */
import { summaryPlace } from '../../core/quiz/progress.ts';
import { isRecord, own, type Question } from '../../core/quiz/question.ts';
import { stepsShown, type Tracing } from '../../core/quiz/types/tracing/grading.ts';
import type { Entry } from '../../storage/index.ts';
import type { LessonMaterial } from '../review/material.ts';
import { plain, type Say } from '../quiz/words.tsx';

/** What is known of a lesson when its entries are told. */
export interface Telling {
  say: Say;
  language: string;
  lesson: LessonMaterial | undefined;
  /** Its questions; empty until they are fetched, and where they cannot be. */
  questions: readonly Question[];
  /** The words for true and false. */
  judgements: { true: string; false: string };
}

/** The prompt of a question, or how a question is called that is not asked any more. */
export function promptOf(question: string, { questions, say }: Telling): string {
  const found = questions.find(({ facts }) => facts.id === question);
  return found === undefined ? say('entry.goneQuestion', { question }) : plain(found.words.prompt);
}

/** The text of an option, item, statement, group or unit of a question by its id; the id where there is none. */
export function textOf(id: string, { words }: Question): string {
  for (const field of ['options', 'statements', 'items', 'groups', 'units']) {
    const found: unknown = own((words as unknown as Record<string, Record<string, unknown>>)[field] ?? {}, id);
    if (typeof found === 'string') return plain(found);
    if (isRecord(found) && typeof found['text'] === 'string') return plain(found['text']);
  }
  return id;
}

/** An answer in words, whatever the type of question: its ids are replaced by what they stand for. */
export function answerInWords(answer: unknown, question: Question | undefined, { judgements }: Telling): string {
  const name = (value: unknown): string => {
    if (typeof value === 'boolean') return judgements[`${value}`];
    if (typeof value === 'string') return question === undefined ? value : textOf(value, question);
    if (typeof value === 'number') return String(value);
    return JSON.stringify(value) ?? '';
  };
  if (question?.facts.type === 'tracing' && isRecord(answer))
    return stepsShown(question as Tracing)
      .flatMap(({ id, prompt, options }) => {
        const chosen = options.find((option) => option.id === own(answer, id));
        return chosen === undefined ? [] : [`${plain(prompt)} ${plain(chosen.text)}`];
      })
      .join('; ');
  if (Array.isArray(answer)) return answer.map(name).join('; ');
  if (isRecord(answer))
    return Object.entries(answer)
      .map(([key, value]) => `${name(key)}: ${name(value)}`)
      .join('; ');
  return answer === null || answer === undefined ? '' : name(answer);
}

/** One entry in words. `isFirst`: it is the first try at its question as it was then asked, in its lesson. */
export function inWords(entry: Entry, isFirst: boolean, telling: Telling): string[] {
  const { say, lesson } = telling;
  switch (entry.kind) {
    case 'reading': {
      const section = lesson?.sections.find(({ id }) => id === entry.place);
      return [say('entry.reading', { place: section?.title ?? entry.place })];
    }
    case 'arrival':
      return entry.question === summaryPlace
        ? [say('entry.atSummary')]
        : [say('entry.arrival', { prompt: promptOf(entry.question, telling) })];
    case 'revealed':
      return [say('entry.revealed', { prompt: promptOf(entry.question, telling) })];
    case 'exam':
      return [say('entry.exam', { count: entry.questions.length })];
    case 'given': {
      const question = telling.questions.find(({ facts }) => facts.id === entry.question);
      const answer = answerInWords(entry.answer, question?.facts.rev === entry.rev ? question : undefined, telling);
      return [
        promptOf(entry.question, telling),
        say('entry.given', { confidence: entry.confidence ?? 'none' }),
        ...(answer === '' ? [] : [say('entry.answer', { answer })]),
      ];
    }
    case 'ended':
      return [say('entry.ended', { how: entry.handedIn ? 'handed' : 'left' })];
    case 'again':
      return [say('entry.again', { count: entry.questions.length })];
    case 'attempt': {
      const asked = lesson?.questions.find(({ id }) => id === entry.question);
      const question = telling.questions.find(({ facts }) => facts.id === entry.question);
      const answer = answerInWords(entry.answer, asked?.rev === entry.rev ? question : undefined, telling);
      return [
        promptOf(entry.question, telling),
        say('entry.tried', {
          occasion: entry.occasion,
          first: isFirst ? 'yes' : 'no',
          right: entry.right ? 'yes' : 'no',
          confidence: entry.confidence ?? 'none',
          hints: entry.hints,
        }),
        ...(answer === '' ? [] : [say('entry.answer', { answer })]),
        ...(asked !== undefined && asked.rev !== entry.rev ? [say('entry.earlier')] : []),
      ];
    }
    default:
      return [];
  }
}

/** The ids of those attempts that are first tries: in the lesson, at a question as it was then asked. */
export function firstTries(entries: readonly Entry[]): Set<string> {
  const seen = new Set<string>();
  const first = new Set<string>();
  for (const entry of entries) {
    if (entry.kind !== 'attempt' || entry.occasion !== 'lesson') continue;
    const key = JSON.stringify([entry.lesson, entry.question, entry.rev]);
    if (!seen.has(key)) first.add(entry.id);
    seen.add(key);
  }
  return first;
}
