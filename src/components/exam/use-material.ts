/** The outline of the course and the questions of some lessons, fetched when they are needed. It knows no record. */
import { useCallback, useEffect, useState } from 'react';
import { own, type Question } from '../../core/quiz/question.ts';
import { fetchCourse, fetchQuestions, type CourseMaterial, type QuestionMaterial } from '../review/material.ts';

/** The outline; null until it is there. */
export function useCourse(address: string): { course: CourseMaterial | 'failed' | null; retry(): void } {
  const [course, setCourse] = useState<CourseMaterial | 'failed' | null>(null);
  useEffect(() => {
    if (course !== null) return undefined;
    let isGone = false;
    const load = async (): Promise<void> => {
      const found = await fetchCourse(address).catch(() => 'failed' as const);
      if (!isGone) setCourse(found);
    };
    void load();
    return () => {
      isGone = true;
    };
  }, [address, course]);
  return { course, retry: useCallback(() => setCourse(null), []) };
}

export interface Fetched {
  state: 'looking' | 'there' | 'failed';
  /** A question; undefined where its lesson does not have it any more. */
  question(lesson: string, id: string): Question | undefined;
  links(lesson: string): QuestionMaterial['links'];
  retry(): void;
}

/** The questions of these lessons. `prefix` begins the address of each file. */
export function useQuestions(lessons: readonly string[], prefix: string): Fetched {
  const [files, setFiles] = useState<Readonly<Record<string, QuestionMaterial | null>>>({});
  const wanted = [...new Set(lessons)].sort().join(' ');
  useEffect(() => {
    const missing = wanted.split(' ').filter((id) => id !== '' && own(files, id) === undefined);
    if (missing.length === 0) return undefined;
    let isGone = false;
    const load = async (): Promise<void> => {
      const found = await Promise.all(
        missing.map(async (id) => [id, await fetchQuestions(`${prefix}${id}.json`).catch(() => null)] as const),
      );
      if (!isGone) setFiles((before) => ({ ...before, ...Object.fromEntries(found) }));
    };
    void load();
    return () => {
      isGone = true;
    };
  }, [wanted, files, prefix]);
  const ids = wanted === '' ? [] : wanted.split(' ');
  return {
    state: ids.some((id) => own(files, id) === undefined)
      ? 'looking'
      : ids.some((id) => files[id] === null)
        ? 'failed'
        : 'there',
    question: (lesson, id) => own(files, lesson)?.questions.find(({ facts }) => facts.id === id),
    links: (lesson) => own(files, lesson)?.links ?? {},
    retry: () => setFiles((before) => Object.fromEntries(Object.entries(before).filter(([, file]) => file !== null))),
  };
}
