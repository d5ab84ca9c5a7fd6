/** A stretch of the run that is played over and over: where it begins and ends is said where one stands. */
import { loopFrom, seek } from '../../../core/playback/clock.ts';
import { useMoment, useStage } from '../context.ts';
import type { Player } from '../player.ts';

/** What keys and buttons do with a loop. */
export const setLoop = (player: Player, end: 'from' | 'to'): void => player.change((clock) => loopFrom(clock, end));
export const dropLoop = (player: Player): void =>
  player.change((clock) => (clock.loop == null ? clock : { ...clock, loop: null }));

export function LoopControls({ isReady }: { isReady: boolean }) {
  const { speech, player } = useStage();
  const { say } = speech;
  const loop = useMoment(() => player.clock().loop ?? null);
  const unit = player.clock().unit;
  const goTo = (at: number): void => player.change((clock) => ({ ...seek(clock, at), playing: false }));
  return (
    <fieldset className="loop-controls" aria-label={say('loop.title')}>
      <button
        type="button"
        className="plain"
        title={`${say('loop.from')} (I)`}
        disabled={!isReady}
        onClick={() => setLoop(player, 'from')}
      >
        {say('loop.from')}
      </button>
      <button
        type="button"
        className="plain"
        title={`${say('loop.to')} (O)`}
        disabled={!isReady}
        onClick={() => setLoop(player, 'to')}
      >
        {say('loop.to')}
      </button>
      {loop === null ? null : (
        <>
          <button type="button" className="plain digits" disabled={!isReady} onClick={() => goTo(loop.from)}>
            {say('loop.span', { from: speech.moment(loop.from / unit), to: speech.moment(loop.to / unit) })}
          </button>
          <button
            type="button"
            className="plain"
            title={`${say('loop.off')} (L)`}
            disabled={!isReady}
            onClick={() => dropLoop(player)}
          >
            {say('loop.off')}
          </button>
        </>
      )}
    </fieldset>
  );
}

/** The loop on the line of the run. */
export function LoopSpan() {
  const { player } = useStage();
  const span = useMoment(() => {
    const { loop, end } = player.clock();
    return loop == null ? null : { left: loop.from / Math.max(1, end), right: 1 - loop.to / Math.max(1, end) };
  });
  if (span === null) return null;
  return (
    <span
      className="loop-span"
      aria-hidden="true"
      style={{ insetInlineStart: `${span.left * 100}%`, insetInlineEnd: `${span.right * 100}%` }}
    />
  );
}
