/** The end of a quiz: what was found at the first try, how well one knew what one knew, and what to read again. */
import type { ReactNode, Ref } from 'react';
import type { QuizProgress } from '../../core/quiz/progress.ts';
import { own, type Question } from '../../core/quiz/question.ts';
import { Calibration } from './Calibration.tsx';
import { Links } from './Explanation.tsx';
import type { FeedbackLinks, QuizLinks } from './links.ts';
import { Prose, useSpeech } from './words.tsx';

interface SummaryProps {
  questions: Question[];
  progress: QuizProgress;
  links: QuizLinks;
  titleRef: Ref<HTMLHeadingElement>;
  onAgain(questions: string[]): void;
  onGo(question: string): void;
  /** What stands below, at the very end. */
  children?: ReactNode;
}

export function Summary({ questions, progress, links, titleRef, onAgain, onGo, children }: SummaryProps): ReactNode {
  const { say } = useSpeech();
  const rereadOf = (id: string): FeedbackLinks | undefined => own(own(links, id) ?? {}, 'reread');
  const missed = progress.questions.filter(({ first }) => first !== null && !first.right);
  const open = progress.questions.filter(({ state }) => state === 'new' || state === 'wrong');
  const later = missed.filter(({ state }) => state === 'right').length;
  const shown = progress.questions.filter(({ state }) => state === 'revealed').length;
  const helped = progress.firstHelped;
  const isStated = Object.values(progress.calibration).some(({ tries }) => tries > 0);
  /** What was missed, by the heading under which it is explained, in the order of the quiz. */
  const toReread = new Map<string, { text: string; missed: string[] }>();
  for (const { question } of missed) {
    const heading = rereadOf(question)?.heading;
    const { href, text } = heading ?? { href: '', text: '' };
    toReread.set(href, { text, missed: [...(toReread.get(href)?.missed ?? []), question] });
  }
  const promptOf = (id: string): string => questions.find(({ facts }) => facts.id === id)?.words.prompt ?? id;
  return (
    <div className="quiz-summary">
      <h3 className="quiz-title" tabIndex={-1} ref={titleRef}>
        {say('summary.title')}
      </h3>
      <p className="quiz-prompt">{say('summary.first', { right: progress.firstRight, of: questions.length })}</p>
      {(helped > 0 || later > 0 || shown > 0) && (
        <p>
          {helped > 0 && say('summary.helped', { count: helped })} {later > 0 && say('summary.later', { count: later })}{' '}
          {shown > 0 && say('summary.shown', { count: shown })}
        </p>
      )}
      {open.length > 0 && (
        <p>
          {say('summary.open', { count: open.length })}{' '}
          <button type="button" className="quiz-plain" onClick={() => onGo(open[0]?.question ?? '')}>
            {say('summary.goOn')}
          </button>
        </p>
      )}
      {isStated && (
        <section>
          <h4>{say('summary.calibration')}</h4>
          <Calibration calibration={progress.calibration} />
        </section>
      )}
      {missed.length > 0 && (
        <section>
          <h4>{say('summary.reread')}</h4>
          <ul className="quiz-reread">
            {[...toReread].map(([href, { text, missed: prompts }]) => (
              <li key={href}>
                {href !== '' && (
                  <p>
                    <a href={href}>{text}</a>
                  </p>
                )}
                <ul>
                  {prompts.map((question) => (
                    <li key={question}>
                      <Prose text={promptOf(question)} />{' '}
                      <Links links={{ ...rereadOf(question), heading: undefined }} />
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className="quiz-buttons">
        {missed.length > 0 && open.length === 0 && (
          <button type="button" className="button" onClick={() => onAgain(missed.map(({ question }) => question))}>
            {say('summary.againMissed', { count: missed.length })}
          </button>
        )}
        {open.length === 0 && (
          <button type="button" className="quiz-plain" onClick={() => onAgain(questions.map(({ facts }) => facts.id))}>
            {say('summary.againAll')}
          </button>
        )}
      </div>
      {children}
    </div>
  );
}
