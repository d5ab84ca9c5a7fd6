/** Says what the thin broken line of the charts is, and puts it away. */
import { useStage } from '../context.ts';

/** @param from when the reader acted, in the scenario's unit of time. */
export function GhostNote({ from, dismiss }: { from: number; dismiss(): void }) {
  const { speech } = useStage();
  return (
    <p className="ghost-note">
      <svg className="key-ghost" viewBox="0 0 32 4" aria-hidden="true">
        <path className="ghost-line" d="M0 2H32" />
      </svg>
      <span>{speech.say('ghost.note', { at: speech.moment(from) })}</span>{' '}
      <button type="button" className="plain" onClick={dismiss}>
        {speech.say('ghost.dismiss')}
      </button>
    </p>
  );
}
