/** What is kept of one lesson: how far it was read, what was answered, and every single entry in words. */
import { useEffect, useId, useMemo, useState, type ReactNode } from 'react';
import { progressOf } from '../../core/quiz/progress.ts';
import type { Question } from '../../core/quiz/question.ts';
import { sectionsRead } from '../../core/review/reached.ts';
import { examsPlace, type Draft, type Entry } from '../../storage/index.ts';
import type { Say } from '../quiz/words.tsx';
import { hintedQuestion } from '../quiz/use-record.ts';
import { fetchQuestions, type LessonMaterial } from '../review/material.ts';
import { Deleting } from './Deleting.tsx';
import { answerInWords, firstTries, inWords, promptOf, type Telling } from './words.ts';

interface LessonKeptProps {
  say: Say;
  language: string;
  id: string;
  lesson: LessonMaterial | undefined;
  entries: readonly Entry[];
  drafts: readonly Draft[];
  judgements: Telling['judgements'];
  /** Where the lesson's questions can be fetched. */
  address: string;
  onSave(): Promise<string>;
  onDelete(): void;
}

/** So many entries are shown at first: a list of a thousand is no list. */
const fewEntries = 30;

export function LessonKept(props: LessonKeptProps): ReactNode {
  const { say, language, id, lesson, entries, drafts, judgements, address, onSave, onDelete } = props;
  const titleId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [isWhole, setIsWhole] = useState(false);
  const [questions, setQuestions] = useState<readonly Question[]>([]);
  useEffect(() => {
    if (!isOpen || lesson === undefined || lesson.questions.length === 0) return undefined;
    let isGone = false;
    const load = async (): Promise<void> => {
      // Without the network the entries are told with the ids of their questions.
      const found = await fetchQuestions(address).catch(() => null);
      if (!isGone && found !== null) setQuestions(found.questions);
    };
    void load();
    return () => {
      isGone = true;
    };
  }, [isOpen, lesson, address]);

  const title = lesson?.title ?? id;
  const telling: Telling = { say, language, lesson, questions, judgements };
  const first = useMemo(() => firstTries(entries), [entries]);
  const newest = useMemo(() => entries.toReversed(), [entries]);
  const shown = isWhole ? newest : newest.slice(0, fewEntries);
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const count = entries.length + drafts.length;

  return (
    <section className="kept-lesson" aria-labelledby={titleId}>
      <h2 id={titleId}>
        {lesson === undefined ? say('gone', { lesson: id }) : <a href={lesson.address}>{lesson.title}</a>}
      </h2>
      {lesson !== undefined && lesson.sections.length > 0 && <Reached say={say} lesson={lesson} entries={entries} />}
      <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
        <summary>{say(id === examsPlace ? 'exams.all' : 'all', { count })}</summary>
        {isOpen && (
          <>
            {drafts.length > 0 && (
              <>
                <h3>{say('drafts')}</h3>
                <ul className="kept-list">
                  {drafts.map(({ question, answer }) => {
                    const hinted = hintedQuestion(question);
                    if (hinted !== null)
                      return (
                        <li key={question}>
                          {say('entry.hintsSeen', { count: Number(answer), prompt: promptOf(hinted, telling) })}
                        </li>
                      );
                    const asked = questions.find(({ facts }) => facts.id === question);
                    const told = answerInWords(answer, asked, telling);
                    return (
                      <li key={question}>
                        {say('entry.draft', { prompt: promptOf(question, telling) })}
                        {told !== '' && <span className="kept-more">{say('entry.answer', { answer: told })}</span>}
                      </li>
                    );
                  })}
                </ul>
              </>
            )}
            <table className="kept-table">
              <thead>
                <tr>
                  <th scope="col">{say('when')}</th>
                  <th scope="col">{say('what')}</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((entry) => {
                  const [what, ...more] = inWords(entry, first.has(entry.id), telling);
                  return (
                    <tr key={entry.id}>
                      <td className="numbers">
                        <time dateTime={new Date(entry.at).toISOString()}>{when.format(entry.at)}</time>
                      </td>
                      <td>
                        {what}
                        {more.map((line) => (
                          <span key={line} className="kept-more">
                            {line}
                          </span>
                        ))}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
            {shown.length < newest.length && (
              <button type="button" className="quiz-plain" onClick={() => setIsWhole(true)}>
                {say('more', { count: newest.length })}
              </button>
            )}
            <Deleting
              say={say}
              label={say(id === examsPlace ? 'exams.delete' : 'delete.one')}
              question={id === examsPlace ? say('exams.ask') : say('delete.askOne', { lesson: title })}
              count={count}
              onSave={onSave}
              onDelete={onDelete}
            />
          </>
        )}
      </details>
    </section>
  );
}

function Reached({ say, lesson, entries }: { say: Say; lesson: LessonMaterial; entries: readonly Entry[] }): ReactNode {
  const read = sectionsRead(entries, lesson.sections);
  const ofQuiz = entries.flatMap((entry) => (entry.kind === 'attempt' && entry.occasion === 'lesson' ? [entry] : []));
  const progress = progressOf(lesson.questions, ofQuiz);
  const answered = progress.questions.filter(({ attempts }) => attempts.length > 0).length;
  const share = lesson.sections.length === 0 ? 0 : read / lesson.sections.length;
  const told = say('answered', { answered, questions: lesson.questions.length, first: progress.firstRight });
  // The page of a simulation is not read from top to bottom.
  if (lesson.isPool === true) return <p className="numbers">{told}</p>;
  return (
    <>
      <div className="kept-seam" aria-hidden="true">
        <div className="stitched" />
        <div className="stitched is-read" style={{ clipPath: `inset(0 ${(1 - share) * 100}% 0 0)` }} />
      </div>
      <p className="numbers">
        {say('read', { read, sections: lesson.sections.length })}
        {lesson.questions.length > 0 && <span className="kept-more">{told}</span>}
      </p>
    </>
  );
}
