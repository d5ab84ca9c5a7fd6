/** How often the reader was right when they said how sure they were: in words, and as a strip with a field for each answer. */
import type { ReactNode } from 'react';
import { confidences, type QuizProgress } from '../../core/quiz/progress.ts';
import { useSpeech } from './words.tsx';

/** More fields than this are too small to be told apart: then the strip shows the same share with so many. */
const most = 24;
/** So many answers, at least, before anything is said about the reader's judgement. */
const telling = 4;

function Strip({ tries, right }: { tries: number; right: number }): ReactNode {
  const fields = Math.min(most, tries);
  const filled = Math.round((right / tries) * fields);
  return (
    <span className="quiz-strip" aria-hidden="true">
      {Array.from({ length: fields }, (_, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- fields have no other name
        <span key={at} data-right={at < filled} />
      ))}
    </span>
  );
}

export function Calibration({ calibration }: { calibration: QuizProgress['calibration'] }): ReactNode {
  const { say } = useSpeech();
  const { sure, guess } = calibration;
  const stated = confidences.filter((confidence) => calibration[confidence].tries > 0).toReversed();
  const remark =
    sure.tries >= telling && sure.right / sure.tries < 0.75
      ? 'over'
      : guess.tries >= telling && guess.right / guess.tries > 0.75
        ? 'under'
        : null;
  if (stated.length === 0) return null;
  return (
    <>
      <ul className="quiz-calibration">
        {stated.map((confidence) => (
          <li key={confidence}>
            <span>{say(`summary.${confidence}`, { ...calibration[confidence] })}</span>
            <Strip {...calibration[confidence]} />
          </li>
        ))}
      </ul>
      {remark !== null && <p>{say(`summary.${remark}`)}</p>}
    </>
  );
}
