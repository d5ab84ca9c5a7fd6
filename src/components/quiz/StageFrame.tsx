/**
 * The stage that stands beside a question: the ordinary one, in a frame of its own, so that its keys, its address and its script
 * are its own too. The browser fetches it when the reader comes near; its first picture was drawn when the site was built.
 */
import type { ReactNode } from 'react';
import { useSpeech } from './words.tsx';

export function StageFrame({ address }: { address: string }): ReactNode {
  const { say } = useSpeech();
  return (
    <figure className="quiz-stage">
      {/* oxlint-disable-next-line react/iframe-missing-sandbox -- a page of this site, which needs its worker and its script */}
      <iframe src={address} title={say('stage.title')} loading="lazy" />
      <figcaption className="quiz-hint">{say('stage.how')}</figcaption>
    </figure>
  );
}
