/** One request followed through the system: where it is at the stage's moment, and all that was called for it. */
import { lazy, Suspense, useMemo } from 'react';
import { isFailure } from '../../core/playback/fates.ts';
import { stretchAt, waterfallOf } from '../../core/playback/waterfall.ts';
import { useClock, useStage } from './context.ts';

const FollowedTree = lazy(() => import('./why/FollowedTree.tsx'));

export function Waterfall() {
  const { player, speech, followed, follow, openWhy } = useStage();
  const clock = useClock();
  const run = player.reader()?.run;
  // Found once for each request, not with every picture: a run has many hops.
  const calls = useMemo(
    () => (run === undefined || followed === null ? [] : waterfallOf(run, followed)),
    [run, followed],
  );
  if (followed === null || run === undefined) return null;
  const first = calls[0];
  const { ticks } = run.time;
  const say = speech.say;
  const begin = first?.stretches[0]?.from ?? 0;
  const end = Math.max(begin, ...calls.map((call) => call.stretches.at(-1)?.to ?? run.endedAt));
  // What it waits for is farthest from where it began.
  const current = calls.map((call) => stretchAt(call, clock.at)).findLast((stretch) => stretch !== null);
  return (
    <section className="waterfall" aria-label={say('follow.title', { number: followed + 1 })}>
      <p className="waterfall-head">
        <strong>{say('follow.title', { number: followed + 1 })}</strong>{' '}
        <span>
          {calls.length === 0
            ? say('follow.gone')
            : clock.at < begin
              ? say('follow.before')
              : current
                ? say(`follow.now.${current.kind}`)
                : say(first !== undefined && isFailure(first.fate) ? 'follow.failed' : 'follow.after')}
        </span>
        <span className="waterfall-buttons">
          <button type="button" className="plain" onClick={() => follow(Math.max(0, followed - 1))}>
            {say('follow.previous')}
          </button>
          <button type="button" className="plain" onClick={() => follow(followed + 1)}>
            {say('follow.next')}
          </button>
          <button
            type="button"
            className="plain"
            disabled={calls.length === 0}
            onClick={() => openWhy({ kind: 'request', request: followed })}
          >
            {say('why.ask')}
          </button>
          <button type="button" className="plain" onClick={() => follow(null)}>
            {say('follow.stop')}
          </button>
        </span>
      </p>
      {calls.length === 0 ? null : (
        <Suspense fallback={null}>
          <FollowedTree run={run} request={followed} />
        </Suspense>
      )}
      {clock.at >= begin && clock.at <= end && calls.length > 0 ? (
        <span className="only-read-aloud">
          {say('follow.since', { time: speech.quantity((clock.at - begin) / ticks, 'time') })}
        </span>
      ) : null}
    </section>
  );
}
