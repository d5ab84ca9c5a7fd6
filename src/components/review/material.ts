/**
 * What the record and the review must know of the course: which lessons, sections and questions there are. It is made with the
 * site, one file for the course and one for the questions of each lesson, fetched when it is needed, and checked when it comes.
 */
import type { Question } from '../../core/quiz/question.ts';
import { isRecord } from '../../core/quiz/question.ts';
import type { QuizLinks } from '../quiz/links.ts';

/** Version of both files. A page that finds another one is older or newer than the files. */
export const materialVersion = 2;

export interface LessonMaterial {
  id: string;
  title: string;
  /** Id of the part of the course that it belongs to. */
  part: string;
  /** Whether it is no lesson but a set of the pool, which is asked on the page of a simulation. */
  isPool?: boolean;
  address: string;
  /** The headings of the prose, of the second and third level, in order. */
  sections: { id: string; title: string }[];
  questions: { id: string; rev: number; type: string; topic: string; reread: string }[];
}

/** A part of the course of which something is written. */
export interface PartMaterial {
  id: string;
  title: string;
  /** Where the self-quiz of the part is. */
  address: string;
}

export interface CourseMaterial {
  version: typeof materialVersion;
  parts: PartMaterial[];
  lessons: LessonMaterial[];
  /** What the topics are called that questions ask about, by their ids. */
  topics: Record<string, string>;
}

/** The course as far as it is known where its outline cannot be fetched. */
export const nothingKnown: CourseMaterial = { version: materialVersion, parts: [], lessons: [], topics: {} };

export interface QuestionMaterial {
  version: typeof materialVersion;
  lesson: string;
  questions: Question[];
  links: QuizLinks;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isListOf = <T>(value: unknown, holds: (one: unknown) => one is T): value is T[] =>
  Array.isArray(value) && value.every(holds);

const isSection = (value: unknown): value is LessonMaterial['sections'][number] =>
  isRecord(value) && isText(value['id']) && typeof value['title'] === 'string';
const isAsked = (value: unknown): value is LessonMaterial['questions'][number] =>
  isRecord(value) &&
  isText(value['id']) &&
  typeof value['rev'] === 'number' &&
  isText(value['type']) &&
  isText(value['topic']) &&
  isText(value['reread']);
const isLesson = (value: unknown): value is LessonMaterial =>
  isRecord(value) &&
  isText(value['id']) &&
  isText(value['title']) &&
  isText(value['part']) &&
  isText(value['address']) &&
  isListOf(value['sections'], isSection) &&
  isListOf(value['questions'], isAsked);
const isPart = (value: unknown): value is PartMaterial =>
  isRecord(value) && isText(value['id']) && isText(value['title']) && isText(value['address']);
const isQuestion = (value: unknown): value is Question =>
  isRecord(value) &&
  isRecord(value['facts']) &&
  isText(value['facts']['id']) &&
  isText(value['facts']['type']) &&
  typeof value['facts']['rev'] === 'number' &&
  isRecord(value['words']) &&
  isText(value['words']['prompt']) &&
  isText(value['words']['because']) &&
  Array.isArray(value['measured']);

async function fetched(address: string): Promise<Record<string, unknown>> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  const value: unknown = await answer.json();
  if (!isRecord(value) || value['version'] !== materialVersion) throw new Error(`${address} is of another version`);
  return value;
}

/** The outline of the course. Throws when it cannot be fetched or is not what it should be. */
export async function fetchCourse(address: string): Promise<CourseMaterial> {
  const { parts, lessons, topics } = await fetched(address);
  if (!isListOf(lessons, isLesson)) throw new Error(`${address} holds no list of lessons`);
  if (!isListOf(parts, isPart)) throw new Error(`${address} holds no list of parts`);
  if (!isRecord(topics) || !Object.values(topics).every(isText)) throw new Error(`${address} names no topics`);
  return { version: materialVersion, parts, lessons, topics: topics as Record<string, string> };
}

/** The questions of one lesson. Throws when they cannot be fetched or are not what they should be. */
export async function fetchQuestions(address: string): Promise<QuestionMaterial> {
  const { lesson, questions, links } = await fetched(address);
  if (!isText(lesson) || !isListOf(questions, isQuestion) || !isRecord(links))
    throw new Error(`${address} holds no questions`);
  return { version: materialVersion, lesson, questions, links: links as QuizLinks };
}
