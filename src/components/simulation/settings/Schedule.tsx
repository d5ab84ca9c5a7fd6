/* oxlint-disable jsx-a11y/no-noninteractive-element-interactions -- the list watches where the focus in it is, so that a change does not lose it */
/** All that was done to a run, as a list one can edit: what, where, when and for how long. It asks for the run anew. */
import { useLayoutEffect, useRef } from 'react';
import { scheduleOf, withDuration, withTime, withoutDeed, withValue, type Deed } from '../../../core/playback/deeds.ts';
import { seek } from '../../../core/playback/clock.ts';
import { whyIdle } from '../../../core/playback/no-effect.ts';
import type { StageSetting } from '../../../core/playback/setting.ts';
import { useStage } from '../context.ts';
import type { Reading } from '../prepared.ts';
import type { Acting } from './acting.ts';
import { deedName, deedPlace, reasonInWords } from './deed-words.ts';
import { TypedNumber } from './TypedNumber.tsx';

interface ScheduleProps {
  setting: StageSetting;
  reading: Reading;
  acting: Acting;
  isReady: boolean;
}

function Row({ deed, setting, reading, acting, isReady }: ScheduleProps & { deed: Deed }) {
  const { scenario, speech, player } = useStage();
  const { say } = speech;
  const { input, place } = deed;
  const { acts } = acting;
  const { inputs } = setting;
  const unit = say(`dials.unit.time.${speech.timeUnit}`);
  const fault = 'fault' in input ? scenario.faults.find((each) => each.id === input.fault) : undefined;
  const dial = 'dial' in input ? scenario.dials.find((each) => each.id === input.dial) : undefined;
  const what = deedName(speech, input);
  const where = deedPlace(speech, scenario, input);
  const idle = place < 0 ? null : whyIdle(scenario, setting, place, reading.run);
  const isOwn = place >= 0;
  const duration = 'fault' in input ? (input.duration ?? fault?.duration ?? 0) : 0;
  const named = { what, at: speech.moment(input.at) };
  // Five figures of a time within the run: a moment that was pressed has more than one wants to read.
  const decimals = Math.max(0, Math.ceil(5 - Math.log10(scenario.horizon)));
  const move = (at: number): void => acts.put(withTime(inputs, place, at, scenario.horizon));
  return (
    <li className={isOwn ? 'deed' : 'deed is-planned'}>
      <span className="deed-what">
        {what}
        {where === '' ? null : <span className="deed-where"> {where}</span>}
      </span>
      <span className="deed-fields">
        <span className="deed-field">
          <span aria-hidden="true">{say('schedule.at')}</span>
          {isOwn ? (
            <TypedNumber
              value={input.at}
              label={say('schedule.when', named)}
              min={0}
              max={scenario.horizon}
              take={move}
              isReady={isReady}
              field={`${place} at`}
              decimals={decimals}
            />
          ) : (
            <span className="digits">{speech.number(input.at)}</span>
          )}
          <span aria-hidden="true">{unit}</span>
        </span>
        {'fault' in input ? (
          <span className="deed-field">
            <span aria-hidden="true">{say('schedule.for')}</span>
            {isOwn ? (
              <TypedNumber
                value={duration}
                label={say('schedule.howLong', named)}
                min={1 / scenario.time.ticks}
                max={scenario.horizon}
                take={(next) => acts.put(withDuration(inputs, place, next, scenario.horizon))}
                isReady={isReady}
                field={`${place} for`}
                decimals={decimals}
              />
            ) : (
              <span className="digits">{speech.number(duration)}</span>
            )}
            <span aria-hidden="true">{unit}</span>
          </span>
        ) : null}
        {'dial' in input && dial !== undefined ? (
          <span className="deed-field">
            <span aria-hidden="true">{say('schedule.to')}</span>
            {isOwn ? (
              <TypedNumber
                value={input.value}
                label={say('schedule.value', named)}
                min={dial.min}
                max={dial.max}
                take={(next) => acts.put(withValue(inputs, place, next))}
                isReady={isReady}
                field={`${place} to`}
              />
            ) : (
              <span className="digits">{speech.quantity(input.value, dial.unit)}</span>
            )}
          </span>
        ) : null}
      </span>
      <span className="deed-buttons">
        <button
          type="button"
          className="plain"
          disabled={!isReady}
          aria-label={say('schedule.goTo', named)}
          onClick={() =>
            player.change((clock) => ({ ...seek(clock, Math.round(input.at * clock.unit)), playing: false }))
          }
        >
          {say('schedule.go')}
        </button>
        {isOwn ? (
          <button
            type="button"
            className="plain"
            disabled={!isReady}
            aria-label={say('faults.undoOne', { at: named.at, fault: what })}
            onClick={() => acts.put(withoutDeed(inputs, place))}
          >
            {say('faults.undo')}
          </button>
        ) : (
          <span className="hint">{say('schedule.planned')}</span>
        )}
      </span>
      {idle === null ? null : <span className="deed-idle">{reasonInWords(speech, idle)}</span>}
    </li>
  );
}

export function Schedule(props: ScheduleProps) {
  const { scenario, speech } = useStage();
  const { say } = speech;
  const { setting, acting, isReady } = props;
  const { acts, canUndo, canRedo } = acting;
  const rows = scheduleOf(scenario, setting.inputs);
  const holder = useRef<HTMLFieldSetElement>(null);
  const undoButton = useRef<HTMLButtonElement>(null);
  const held = useRef<string | null>(null);

  // A row that moves in the list, or goes out of it, must not take the reader's place on the page with it.
  useLayoutEffect(() => {
    const at = held.current;
    if (at === null || (document.activeElement !== document.body && document.activeElement !== null)) return;
    const fields = holder.current?.querySelectorAll<HTMLElement>('[data-field]') ?? [];
    const again = [...fields].find((each) => each.dataset['field'] === at);
    (again ?? undoButton.current)?.focus();
  });

  if (rows.length === 0 && !canUndo && !canRedo) return null;
  return (
    <fieldset
      ref={holder}
      className="schedule"
      aria-label={say('schedule.title')}
      onFocus={(event) => {
        held.current = event.target.dataset['field'] ?? '';
      }}
      onBlur={(event) => {
        // Focus that goes elsewhere is the reader's own doing; what a change took away has been given back by then.
        if (event.relatedTarget !== null) held.current = null;
        else
          setTimeout(() => {
            if (document.activeElement === document.body) held.current = null;
          });
      }}
    >
      <div className="schedule-bar">
        <span className="schedule-title" aria-hidden="true">
          {say('schedule.title')}
        </span>
        <span className="deed-buttons">
          <button
            type="button"
            className="plain"
            ref={undoButton}
            aria-disabled={!isReady || !canUndo}
            aria-keyshortcuts="Control+Z"
            onClick={acts.undo}
          >
            {say('schedule.undo')}
          </button>
          <button
            type="button"
            className="plain"
            aria-disabled={!isReady || !canRedo}
            aria-keyshortcuts="Control+Shift+Z"
            onClick={acts.redo}
          >
            {say('schedule.redo')}
          </button>
        </span>
      </div>
      {rows.length === 0 ? (
        <p className="hint">{say('schedule.empty')}</p>
      ) : (
        <ol className="deeds" aria-label={say('faults.done')}>
          {rows.map((deed, row) => (
            <Row key={deed.place < 0 ? `planned ${row}` : deed.place} deed={deed} {...props} />
          ))}
        </ol>
      )}
    </fieldset>
  );
}
