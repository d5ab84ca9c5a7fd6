/** One request followed through the system: what it spends its time on, with the stage's moment as a line across. */
import { isFailure } from '../../core/playback/fates.ts';
import { stretchAt, waterfallOf } from '../../core/playback/waterfall.ts';
import { useClock, useStage } from './context.ts';

export function Waterfall() {
  const { player, speech, followed, follow } = useStage();
  const clock = useClock();
  const reader = player.reader();
  if (followed === null || reader === null) return null;
  const calls = waterfallOf(reader.run, followed);
  const first = calls[0];
  const { ticks } = reader.run.time;
  const say = speech.say;
  const last = calls.flatMap((call) => call.stretches).at(-1);
  const begin = first?.stretches[0]?.from ?? 0;
  const end = last?.to ?? reader.run.endedAt;
  const width = Math.max(1, end - begin);
  const place = (at: number): number => ((Math.min(Math.max(at, begin), end) - begin) / width) * 100;
  const current = calls.map((call) => stretchAt(call, clock.at)).find((stretch) => stretch !== null);
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
          <button type="button" className="plain" onClick={() => follow(null)}>
            {say('follow.stop')}
          </button>
        </span>
      </p>
      {calls.map((call) => (
        <ol key={call.hop} className="stretches">
          {call.stretches.map((stretch) => {
            const to = stretch.to ?? end;
            return (
              <li key={stretch.kind} className={`stretch is-${stretch.kind}`}>
                <span className="stretch-name">{say(`follow.${stretch.kind}`)}</span>
                <span className="stretch-track" aria-hidden="true">
                  <span
                    className="stretch-bar"
                    style={{
                      left: `${place(stretch.from)}%`,
                      width: `${Math.max(0.4, place(to) - place(stretch.from))}%`,
                    }}
                  />
                </span>
                <span className="stretch-time digits">
                  {stretch.to === null
                    ? say('follow.open')
                    : speech.quantity((stretch.to - stretch.from) / ticks, 'time')}
                </span>
              </li>
            );
          })}
        </ol>
      ))}
      {clock.at >= begin && clock.at <= end && calls.length > 0 ? (
        <span className="only-read-aloud">
          {say('follow.since', { time: speech.quantity((clock.at - begin) / ticks, 'time') })}
        </span>
      ) : null}
    </section>
  );
}
