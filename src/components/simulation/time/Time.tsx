/** Going through the run: play, pause, step, scrub, speed. Everything moves one clock. */
import { memo, useMemo, useState, type ReactNode } from 'react';
import type { Mark } from '../../../../simulations/index.ts';
import { changeSpeed, seek, speeds, toggle, type Speed } from '../../../core/playback/clock.ts';
import { markSentence } from '../../../core/playback/marks.ts';
import { useClock, useMoment, useStage } from '../context.ts';
import { Icon } from '../parts/icons.tsx';
import type { Reading } from '../prepared.ts';
import type { Speech } from '../speech.ts';
import { signOf } from '../settings/deed-words.ts';
import { tell } from '../why/telling.ts';
import { LoopSpan } from './Loop.tsx';
import type { Steps } from './steps.ts';

const shapes: Record<string, ReactNode> = {
  play: <path d="M4 2 L14 8 L4 14 Z" />,
  pause: <path d="M3 2h4v12h-4zM9 2h4v12h-4z" />,
  forward: <path d="M3 2 L10 8 L3 14 Z M11 2h2.4v12h-2.4z" />,
  back: <path d="M13 2 L6 8 L13 14 Z M2.6 2h2.4v12h-2.4z" />,
  nextMark: <path d="M2 3 L8 8 L2 13 Z M9 2h5l-2 3 2 3h-3v6h-2z" />,
  previousMark: <path d="M14 3 L8 8 L14 13 Z M7 2h-5l2 3-2 3h3v6h2z" />,
};

export function Shape({ name }: { name: string }) {
  return (
    <svg className="stage-icon" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
      {shapes[name]}
    </svg>
  );
}

/** Units in which nobody takes a speed for so many times real time: there it is told how much passes in a second. */
const SLOW = ['min', 'h', 'day', 'week'];

function speedName(speed: Speed, { say, timeUnit }: Speech): string {
  if (speed === 'fastest') return say('time.fastest');
  // As it is chosen, digit for digit.
  return SLOW.includes(timeUnit)
    ? say('time.pace', { time: say(`units.${timeUnit}`, { value: String(speed) }) })
    : say('time.times', { speed: String(speed) });
}

function TimeNow() {
  const { speech } = useStage();
  const clock = useClock();
  return (
    <span className="time-now">
      <output>{speech.moment(clock.at / clock.unit)}</output>
      <span className="time-end">
        {speech.say(clock.at >= clock.end ? 'time.over' : 'time.of', {
          end: speech.quantity(clock.end / clock.unit, 'time'),
        })}
      </span>
    </span>
  );
}

function TrueSpeed() {
  const { speech, player } = useStage();
  // Two figures: more would never stand still.
  const speed = useMoment(() => {
    const reached = player.clock().playing ? player.trueSpeed() : null;
    return reached === null ? null : Number(reached.toPrecision(2));
  });
  return (
    <span className="true-speed">
      {speed === null
        ? ''
        : SLOW.includes(speech.timeUnit)
          ? speech.say('time.paceNow', { time: speech.quantity(speed, 'time') })
          : speech.say('time.reached', { speed: speech.number(speed) })}
    </span>
  );
}

/** The buttons. */
export function TimeControls({ steps, isReady }: { steps: Steps; isReady: boolean }) {
  const { speech, player } = useStage();
  const { say } = speech;
  // These change at a press, not with every picture.
  const clock = useMoment(() => ({ playing: player.clock().playing, speed: player.clock().speed }));
  const button = (name: string, shape: string, act: () => void, key: string, isMain = false): ReactNode => (
    <button
      type="button"
      className={isMain ? 'control is-main' : 'control'}
      aria-label={say(`time.${name}`)}
      title={`${say(`time.${name}`)} (${key})`}
      onClick={act}
      disabled={!isReady}
    >
      <Shape name={shape} />
    </button>
  );
  return (
    <fieldset className="time-controls" aria-label={say('time.controls')}>
      {button('back', 'back', steps.back, ',')}
      {button(
        clock.playing ? 'pause' : 'play',
        clock.playing ? 'pause' : 'play',
        () => player.change(toggle),
        '␣',
        true,
      )}
      {button('forward', 'forward', steps.forward, '.')}
      <TimeNow />
      <span className="speed">
        <button
          type="button"
          className="control is-small"
          aria-label={say('time.slower')}
          disabled={!isReady}
          onClick={() => player.change((now) => ({ ...now, speed: changeSpeed(now.speed, -1) }))}
        >
          −
        </button>
        <select
          aria-label={say('time.speed')}
          value={String(clock.speed)}
          disabled={!isReady}
          onChange={(event) => {
            const { value } = event.currentTarget;
            player.change((now) => ({ ...now, speed: value === 'fastest' ? 'fastest' : Number(value) }));
          }}
        >
          {[...speeds, 'fastest' as const].map((speed) => (
            <option key={speed} value={speed}>
              {speedName(speed, speech)}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="control is-small"
          aria-label={say('time.faster')}
          disabled={!isReady}
          onClick={() => player.change((now) => ({ ...now, speed: changeSpeed(now.speed, 1) }))}
        >
          +
        </button>
        <TrueSpeed />
      </span>
      {steps.hasMarks ? (
        <span className="mark-steps">
          {button('previousMark', 'previousMark', steps.previousMark, '[')}
          {button('nextMark', 'nextMark', steps.nextMark, ']')}
        </span>
      ) : null}
    </fieldset>
  );
}

/** The whole run as a line to slide along, with what happened marked on it. */
export function Scrubber({ reading, isReady }: { reading: Reading; isReady: boolean }) {
  const { speech, player } = useStage();
  const clock = useClock();
  const [isHeld, setHeld] = useState(false);
  return (
    <div className="scrubber">
      <Spans reading={reading} />
      <LoopSpan />
      <input
        type="range"
        min={0}
        max={clock.end}
        step={clock.unit / 10}
        value={clock.at}
        disabled={!isReady}
        aria-label={speech.say('time.position')}
        aria-valuetext={`${speech.moment(clock.at / clock.unit)} ${speech.say('time.of', { end: speech.quantity(clock.end / clock.unit, 'time') })}`}
        data-held={isHeld}
        onPointerDown={() => setHeld(true)}
        onPointerUp={() => setHeld(false)}
        onChange={(event) => {
          const at = Number(event.currentTarget.value);
          player.change((now) => ({ ...seek(now, at), playing: false }));
        }}
      />
    </div>
  );
}

/** The share of the line that a sign takes. */
const SIGN_WIDTH = 0.015;
const SIGNS: Partial<Record<Mark['kind'], string>> = {
  'first-refusal': 'refusal',
  dial: 'surge',
  scale: 'surge',
  event: 'idle',
};

/** Marks far enough from each other to be seen one by one, beginnings of faults before all else; the list has them all. */
function apart(marks: readonly Mark[], distance: number): Mark[] {
  const isFault = (mark: Mark): boolean => mark.kind === 'fault-begins';
  const shown: Mark[] = [];
  for (const mark of [...marks.filter(isFault), ...marks.filter((each) => !isFault(each))]) {
    if (mark.kind === 'fault-ends' || shown.some((each) => Math.abs(each.at - mark.at) < distance)) continue;
    shown.push(mark);
  }
  return shown;
}

/** What happened in the run, along its line. */
const Spans = memo(function Spans({ reading }: { reading: Reading }) {
  const { speech, scenario } = useStage();
  const { run, marks, faults } = reading;
  const signs = useMemo(() => apart(marks, run.endedAt * SIGN_WIDTH), [marks, run]);
  const signFor = (mark: Mark): string => {
    if (mark.kind === 'fault-begins') return signOf(scenario.faults.find((fault) => fault.id === mark.detail));
    return SIGNS[mark.kind] ?? 'waiting';
  };
  const place = (at: number): string => `${(Math.min(at, run.endedAt) / Math.max(1, run.endedAt)) * 100}%`;
  return (
    <div className="scrubber-spans" aria-hidden="true">
      {faults.map((fault) => (
        <span
          key={`${fault.part} ${fault.instance ?? ''} ${fault.fault} ${fault.from}`}
          className="fault-span"
          style={{ left: place(fault.from), width: `calc(${place(fault.to ?? run.endedAt)} - ${place(fault.from)})` }}
        />
      ))}
      {signs.map((mark) => (
        <span
          key={`${mark.kind} ${mark.part} ${mark.detail} ${mark.at}`}
          className={`mark is-${mark.kind}`}
          style={{ left: place(mark.at) }}
          title={tell(speech, markSentence(run, mark))}
        >
          <Icon name={signFor(mark)} />
        </span>
      ))}
    </div>
  );
});
