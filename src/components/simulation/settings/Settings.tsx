/** What the reader may turn, choose and break. Each change asks for the whole run anew. */
import { useId, useState } from 'react';
import type { Dial } from '../../../../simulations/index.ts';
import { turnedOf } from '../../../core/playback/boards.ts';
import { stepsOf, stepsTo, valueAfter } from '../../../core/playback/dial-values.ts';
import { dialAt, MOST_DEEDS } from '../../../core/playback/deeds.ts';
import { whyDialIdle, type Nothing } from '../../../core/playback/no-effect.ts';
import { besides, MOST_COMPARED, withDesign, type StageSetting } from '../../../core/playback/setting.ts';
import { useMoment, useStage } from '../context.ts';
import { Icon } from '../parts/icons.tsx';
import type { Reading } from '../prepared.ts';
import { faultName, nothingInWords, reasonInWords, signOf } from './deed-words.ts';
import { TypedNumber } from './TypedNumber.tsx';

interface Changing {
  setting: StageSetting;
  change(setting: StageSetting): void;
  isReady: boolean;
}

/** Since when a turn of a dial holds: from the beginning of the run, or from this moment on. */
type Since = 'start' | 'now';

interface Turning extends Changing {
  reading: Reading;
  /** What was done last and changed nothing. */
  nothing: Nothing | null;
  /** Dials that can also be turned while a run goes on. */
  turnable: readonly string[];
}

function DialView({
  dial,
  setting,
  change,
  isReady,
  reading,
  nothing,
  turnable,
  since,
}: Turning & { dial: Dial; since: Since }) {
  const { scenario, speech, player, acts } = useStage();
  const id = useId();
  const isNow = since === 'now';
  // Once it was turned on the way it stands elsewhere at another moment, and shows where.
  const here = useMoment(() => dialAt(scenario, setting, dial.id, player.clock().at / player.clock().unit));
  const isOver = useMoment(() => player.clock().at >= player.clock().end);
  const value = isNow ? here : (setting.dials[dial.id] ?? dial.start);
  const words = speech.words.dials[dial.id];
  const name = words?.name ?? dial.id;
  const cannot = isNow && !turnable.includes(dial.id);
  const canTurn = isReady && !cannot && !(isNow && isOver);
  const take = (next: number): void => {
    if (isNow) acts.turn(dial.id, next);
    else change({ ...setting, dials: { ...setting.dials, [dial.id]: next } });
  };
  const unit =
    dial.unit === 'rate' || dial.unit === 'time' ? speech.say(`dials.unit.${dial.unit}.${speech.timeUnit}`) : '';
  const isDoubling = dial.scale === 'doubling';
  const idle = whyDialIdle(scenario, setting, dial, reading.run);
  const hint = cannot
    ? speech.say('dials.onlyWhole')
    : idle !== null
      ? reasonInWords(speech, idle)
      : nothing?.what === 'dial' && nothing.dial === dial.id
        ? nothingInWords(speech, scenario, nothing)
        : '';
  return (
    <div className="dial">
      <label htmlFor={id}>{name}</label>
      {words?.values === undefined ? (
        <span className="dial-value">
          <TypedNumber
            value={value}
            label={speech.say('dials.type', { dial: name })}
            min={dial.min}
            max={dial.max}
            take={take}
            isReady={canTurn}
          />
          <span className="dial-unit">{unit}</span>
        </span>
      ) : (
        <select
          id={id}
          className="dial-names"
          aria-describedby={words.help ? `${id}-help` : undefined}
          value={value}
          disabled={!canTurn}
          onChange={(event) => take(Number(event.currentTarget.value))}
        >
          {Object.entries(words.values).map(([key, what]) => (
            <option key={key} value={key.slice(1)}>
              {what}
            </option>
          ))}
        </select>
      )}
      {words?.values === undefined ? (
        <input
          id={id}
          type="range"
          min={isDoubling ? 0 : dial.min}
          max={isDoubling ? stepsOf(dial) : dial.max}
          step={isDoubling ? 1 : dial.step}
          value={isDoubling ? stepsTo(dial, value) : value}
          disabled={!canTurn}
          aria-valuetext={speech.quantity(value, dial.unit)}
          aria-describedby={words?.help ? `${id}-help` : undefined}
          onChange={(event) => {
            const at = Number(event.currentTarget.value);
            take(isDoubling ? valueAfter(dial, at) : at);
          }}
        />
      ) : null}
      <output className="dial-idle">{hint}</output>
      {words?.help ? (
        <details className="dial-help">
          <summary
            aria-label={speech.say('dials.about', { dial: name })}
            onKeyDown={(event) => {
              if (event.key === 'Escape') event.currentTarget.closest('details')!.open = false;
            }}
          >
            <span aria-hidden="true">?</span>
          </summary>
          <p id={`${id}-help`}>{words.help}</p>
        </details>
      ) : null}
    </div>
  );
}

export function Dials(props: Turning) {
  const { scenario, speech, prefix, player } = useStage();
  const { setting, change, isReady, turnable } = props;
  const [since, setSince] = useState<Since>('start');
  const isOver = useMoment(() => player.clock().at >= player.clock().end);
  const isMoved = scenario.dials.some((dial) => setting.dials[dial.id] !== dial.start);
  const turned = turnedOf(scenario);
  if (turned.length === 0 && scenario.boards.length > 0) return null;
  return (
    <fieldset className="dials">
      <legend>{speech.say('dials.title')}</legend>
      {turnable.length === 0 ? null : (
        <span className="dials-since" role="radiogroup" aria-label={speech.say('dials.since.title')}>
          {(['start', 'now'] as const).map((each) => (
            <label key={each}>
              <input
                type="radio"
                name={`${prefix}-since`}
                checked={since === each}
                disabled={!isReady}
                onChange={() => setSince(each)}
              />
              <span>{speech.say(`dials.since.${each}`)}</span>
            </label>
          ))}
        </span>
      )}
      {since === 'now' && isOver ? <p className="hint">{speech.say('dials.tooLate')}</p> : null}
      {turned.map((dial) => (
        <DialView key={dial.id} dial={dial} since={since} {...props} />
      ))}
      <button
        type="button"
        className="plain"
        disabled={!isReady || !isMoved}
        onClick={() =>
          change({ ...setting, dials: Object.fromEntries(scenario.dials.map((dial) => [dial.id, dial.start])) })
        }
      >
        {speech.say('dials.reset')}
      </button>
    </fieldset>
  );
}

/** The design on the stage, and which others are looked at beside it. */
export function Designs({ setting, change, isReady }: Changing) {
  const { scenario, speech, prefix } = useStage();
  if (scenario.designs.length < 2) return null;
  const compared = setting.compared ?? [];
  const name = (design: string): string => speech.words.designs[design]?.name ?? design;
  const compare = (design: string, isOn: boolean): void => {
    const wanted = isOn ? [...compared, design] : compared.filter((each) => each !== design);
    change({ ...setting, compared: besides(setting.design, wanted) });
  };
  return (
    <fieldset className="designs" disabled={!isReady}>
      <legend>{speech.say('designs.title')}</legend>
      <div className="design-choices">
        {scenario.designs.map(({ id }) => (
          <span key={id} className="design-choice">
            <label className="design">
              <input
                type="radio"
                name={`${prefix}-design`}
                value={id}
                checked={setting.design === id}
                onChange={() => change(withDesign(setting, id))}
              />
              <span>{name(id)}</span>
            </label>
          </span>
        ))}
      </div>
      <details className="designs-beside" open={compared.length > 0 ? true : undefined}>
        <summary>{speech.say('compare.with')}</summary>
        <div className="design-choices">
          {scenario.designs.map(({ id }) => {
            const isCompared = compared.includes(id);
            return setting.design === id ? null : (
              <label key={id} className="design-beside">
                <input
                  type="checkbox"
                  aria-label={speech.say('compare.addOne', { design: name(id) })}
                  checked={isCompared}
                  disabled={!isCompared && compared.length >= MOST_COMPARED}
                  onChange={(event) => compare(id, event.currentTarget.checked)}
                />
                <span aria-hidden="true">{name(id)}</span>
              </label>
            );
          })}
        </div>
      </details>
    </fieldset>
  );
}

/** What can be broken at this moment, and what is broken can be mended. What was done stands in the schedule. */
export function Faults({ setting, isReady }: Changing) {
  const { scenario, speech, player, acts } = useStage();
  // A fault at the very end would change nothing that can be seen.
  const isOver = useMoment(() => player.clock().at >= player.clock().end);
  const on = useMoment(() => player.frame().faults.map((fault) => fault.fault));
  if (scenario.faults.length === 0) return null;
  const isFull = setting.inputs.length >= MOST_DEEDS;
  const canAct = isReady && !isOver && !isFull;
  return (
    <fieldset className="faults">
      <legend>{speech.say('faults.title')}</legend>
      <div className="fault-buttons">
        {scenario.faults.map((fault) => {
          const name = faultName(speech, fault.id);
          return (
            <span key={fault.id} className="fault-pair">
              <button
                type="button"
                className="fault"
                disabled={!canAct}
                title={speech.words.faults[fault.id]?.help}
                onClick={() => acts.add({ at: acts.now(), fault: fault.id })}
              >
                <Icon name={signOf(fault)} />
                <span>{name}</span>
                <span className="fault-length">{speech.quantity(fault.duration, 'time')}</span>
              </button>
              {on.includes(fault.id) ? (
                <button
                  type="button"
                  className="mend"
                  disabled={!canAct}
                  aria-label={speech.say('faults.mendOne', { fault: name })}
                  onClick={() => acts.add({ at: acts.now(), mend: fault.id })}
                >
                  {speech.say('faults.mend')}
                </button>
              ) : null}
            </span>
          );
        })}
      </div>
      {isOver ? <p className="hint">{speech.say('faults.tooLate')}</p> : null}
      {isFull ? <p className="hint">{speech.say('faults.tooMany', { most: MOST_DEEDS })}</p> : null}
    </fieldset>
  );
}
