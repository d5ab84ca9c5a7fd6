/** All that is kept of the reader: shown in words, saved as a file, taken over from one, deleted. */
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { examsPlace, learnerRecord, wholeCourse, type Entry, type LearnerRecord } from '../../storage/index.ts';
import { KeepingBanner } from '../quiz/Keeping.tsx';
import { sayer, Speaking, type Messages } from '../quiz/words.tsx';
import { fetchCourse, nothingKnown, type CourseMaterial, type LessonMaterial } from '../review/material.ts';
import { Deleting } from './Deleting.tsx';
import { LessonKept } from './LessonKept.tsx';
import { saveRecord } from './saving.ts';
import { TakeOver } from './TakeOver.tsx';
import { useWhole } from './use-whole.ts';

export interface RecordIslandProps {
  language: string;
  /** Messages below `record`. */
  messages: Messages;
  /** Messages below `quiz` that the banner and the answers need. */
  quizMessages: Messages;
  /** Where the outline of the course is. */
  course: string;
  /** Begins the address of each lesson's questions. */
  questions: string;
  contents: string;
  /** Where the final exam is. */
  exam: string;
  /** For tests: another record than the browser's. */
  open?: () => LearnerRecord;
}

export default function RecordIsland(props: RecordIslandProps): ReactNode {
  const { language, messages, quizMessages, course, questions, contents, exam, open = learnerRecord } = props;
  const say = useMemo(() => sayer(messages, language), [messages, language]);
  const sayQuiz = useMemo(() => sayer(quizMessages, language), [quizMessages, language]);
  const whole = useWhole(open);
  const [material, setMaterial] = useState<CourseMaterial | null>(null);
  /** An object, so that the same sentence is said again when it is true again. */
  const [said, setSaid] = useState({ text: '' });
  const [saved, setSaved] = useState('');
  const status = useRef<HTMLOutputElement>(null);
  useEffect(() => {
    const load = async (): Promise<void> => {
      // Without it lessons are told by their ids: what is kept can be seen and saved all the same.
      setMaterial(await fetchCourse(course).catch(() => nothingKnown));
    };
    void load();
  }, [course]);

  // Only once it is there can it be gone to.
  useEffect(() => {
    if (said.text !== '') status.current?.focus();
  }, [said]);

  const byLesson = useMemo(() => {
    const groups = new Map<string, Entry[]>();
    for (const entry of whole.entries) {
      const group = groups.get(entry.lesson) ?? [];
      group.push(entry);
      groups.set(entry.lesson, group);
    }
    return groups;
  }, [whole.entries]);
  const lessons = useMemo(() => {
    const kept = new Set([...byLesson.keys(), ...whole.drafts.map(({ lesson }) => lesson)]);
    kept.delete(wholeCourse);
    const order = (material?.lessons ?? []).map(({ id }) => id);
    const place = (id: string): number =>
      order.includes(id) ? order.indexOf(id) : order.length + (id === examsPlace ? 1 : 0);
    return [...kept].sort((a, b) => place(a) - place(b));
  }, [byLesson, whole.drafts, material]);

  /** What is kept of exams as a whole stands like a lesson among the others, and after them. */
  const exams: LessonMaterial = useMemo(
    () => ({ id: examsPlace, title: say('exams.title'), part: '', address: exam, sections: [], questions: [] }),
    [say, exam],
  );
  const lessonOf = (id: string): LessonMaterial | undefined =>
    id === examsPlace ? exams : material?.lessons.find((lesson) => lesson.id === id);
  const titleOf = (id: string): string => lessonOf(id)?.title ?? id;
  const save = async (): Promise<string> => {
    try {
      return say('save.done', { name: await saveRecord(open()) });
    } catch {
      return say('save.failed');
    }
  };
  const remove = async (lesson: string | null, done: string): Promise<void> => {
    setSaid({ text: (await open().forget(lesson)) ? done : say('delete.failed') });
  };

  const isLooking = !whole.isRead || material === null;
  const isDamaged = whole.keeping === 'damaged';
  const count = whole.entries.length + whole.drafts.length + whole.strange.length;
  const since = whole.entries.reduce((least, { at }: Entry) => Math.min(least, at), Number.POSITIVE_INFINITY);
  return (
    <Speaking say={sayQuiz} language={language}>
      <div className="quiz kept" data-read={!isLooking || undefined}>
        <KeepingBanner keeping={whole.keeping} open={open} />
        {isLooking && <p className="quiz-hint">{say('looking')}</p>}
        <output ref={status} tabIndex={-1} className="kept-said">
          {said.text}
        </output>
        {!isLooking && count === 0 && (
          <p>
            {say('empty')} <a href={contents}>{say('toContents')}</a>
          </p>
        )}
        {!isLooking && whole.entries.length > 0 && (
          <p className="numbers">
            {say('sum', {
              lessons: lessons.filter((id) => id !== examsPlace && lessonOf(id)?.isPool !== true).length,
              entries: whole.entries.length,
              since: new Date(since).toLocaleDateString(language, { dateStyle: 'long' }),
            })}
          </p>
        )}
        {!isLooking && whole.strange.length > 0 && <p>{say('strange', { count: whole.strange.length })}</p>}
        {!isLooking && (
          <div className="kept-lessons">
            {lessons.map((id) => (
              <LessonKept
                key={id}
                say={say}
                language={language}
                id={id}
                lesson={lessonOf(id)}
                entries={byLesson.get(id) ?? []}
                drafts={whole.drafts.filter(({ lesson }) => lesson === id)}
                judgements={{ true: sayQuiz('kprime.true'), false: sayQuiz('kprime.false') }}
                address={`${questions}${id}.json`}
                onSave={save}
                onDelete={() =>
                  void remove(
                    id,
                    id === examsPlace ? say('exams.done') : say('delete.doneOne', { lesson: titleOf(id) }),
                  )
                }
              />
            ))}
          </div>
        )}
        {!isLooking && count > 0 && (
          <section>
            <h2>{say('save.title')}</h2>
            <p>{say('save.text')}</p>
            <p>
              <button type="button" className="button" onClick={async () => setSaved(await save())}>
                {say('save.do')}
              </button>
            </p>
            <output className="quiz-hint">{saved}</output>
          </section>
        )}
        {!isLooking && <TakeOver say={say} language={language} open={open} titleOf={titleOf} />}
        {!isLooking && (count > 0 || isDamaged) && (
          <section>
            <h2>{say('delete.title')}</h2>
            <p>{say('delete.text')}</p>
            <Deleting
              say={say}
              label={say(isDamaged ? 'delete.damaged' : 'delete.all')}
              question={say('delete.askAll')}
              count={count}
              onSave={save}
              onDelete={() => void remove(null, say('delete.doneAll'))}
            />
          </section>
        )}
      </div>
    </Speaking>
  );
}
