/** What became of an answer: the verdict in words, what to say about each choice, and where to look. */
import type { MouseEvent, ReactNode } from 'react';
import { own, type Feedback } from '../../core/quiz/question.ts';
import { showOnStage, tracePointer, type FeedbackLinks } from './links.ts';
import { Mark } from './Mark.tsx';
import { Prose, useSpeech } from './words.tsx';

export function Links({ links }: { links: FeedbackLinks | undefined }): ReactNode {
  const { say } = useSpeech();
  if (links === undefined) return null;
  const { heading, run } = links;
  const look = (event: MouseEvent): void => {
    if (run?.look === undefined || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (showOnStage(run.look)) event.preventDefault();
  };
  return (
    <span className="quiz-links">
      {heading && <a href={heading.href}>{say('readAgain', { heading: heading.text })}</a>}
      {run && (
        <a href={run.href} onClick={look}>
          {say('seeRun')}
        </a>
      )}
    </span>
  );
}

interface ExplanationProps {
  verdict: string;
  isRight: boolean;
  feedback: Feedback[];
  links: Record<string, FeedbackLinks>;
  /** Why the answer is the answer; null while it is still to be found. */
  because: string | null;
  children?: ReactNode;
}

export function Explanation({ verdict, isRight, feedback, links, because, children }: ExplanationProps): ReactNode {
  const { say } = useSpeech();
  const traced = own(links, tracePointer)?.run;
  return (
    <>
      <p className="quiz-verdict">
        <Mark right={isRight} />
        {verdict}
      </p>
      {feedback.map(({ key, about, right, because: why }) => (
        <div key={key} className="quiz-why" data-judged={right}>
          {about !== null && (
            <p className="quiz-about">
              <Prose text={about} />
            </p>
          )}
          <p>
            <Prose text={why} />
          </p>
          <Links links={own(links, key)} />
        </div>
      ))}
      {because !== null && (
        <div className="quiz-because">
          <p>
            <Prose text={because} />
          </p>
          <Links links={own(links, 'reread')} />
          {traced !== undefined && (
            <span className="quiz-links">
              <a href={traced.href}>{say('tracing.followIt')}</a>
            </span>
          )}
        </div>
      )}
      {children}
    </>
  );
}
