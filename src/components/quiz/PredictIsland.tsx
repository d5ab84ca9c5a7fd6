/** One question of the quiz standing in the prose, before the run that answers it. Its answer counts in the quiz, too. */
import { useEffect, useMemo, type ReactNode } from 'react';
import { progressOf } from '../../core/quiz/progress.ts';
import type { Question } from '../../core/quiz/question.ts';
import type { LearnerRecord } from '../../storage/index.ts';
import { KeepingBanner } from './Keeping.tsx';
import type { FeedbackLinks } from './links.ts';
import { QuestionCard } from './QuestionCard.tsx';
import { useRecord } from './use-record.ts';
import { sayer, Speaking, type Messages } from './words.tsx';

export interface PredictIslandProps {
  lesson: string;
  language: string;
  question: Question;
  links: Record<string, FeedbackLinks>;
  messages: Messages;
  /** For tests: another record than the browser's. */
  open?: () => LearnerRecord;
}

export default function PredictIsland({
  lesson,
  language,
  question,
  links,
  messages,
  open,
}: PredictIslandProps): ReactNode {
  const say = useMemo(() => sayer(messages, language), [messages, language]);
  const record = useRecord(lesson, open);
  const progress = useMemo(() => progressOf([question.facts], record.events), [question, record.events]);
  const standing = progress.questions[0];
  const isAnswered = standing !== undefined && standing.first !== null;
  // What would give the answer away waits for this: a curve on the stage.
  useEffect(() => {
    if (isAnswered)
      document.dispatchEvent(new CustomEvent('seams:answered', { detail: { question: question.facts.id } }));
  }, [isAnswered, question.facts.id]);
  if (standing === undefined) return null;
  return (
    <Speaking say={say} language={language}>
      <section className="quiz-frame quiz-predict" aria-label={say('predict')} data-read={record.isRead || undefined}>
        <KeepingBanner keeping={record.keeping} open={open} />
        <QuestionCard
          key={String(record.isRead)}
          question={question}
          progress={standing}
          record={record}
          links={links}
          title={say('predict')}
        />
      </section>
    </Speaking>
  );
}
