/** What the reader may turn, choose and break. Each change asks for the whole run anew. */
import { useId, useState } from 'react';
import type { Dial } from '../../../../simulations/index.ts';
import type { StageSetting } from '../../../core/playback/setting.ts';
import { useMoment, useStage } from '../context.ts';
import { Icon } from '../parts/icons.tsx';

interface Changing {
  setting: StageSetting;
  change(setting: StageSetting): void;
  isReady: boolean;
}

/** Typed values are taken when the reader is done typing, so that "0.12" is not refused at "0". */
function Typed({
  dial,
  value,
  label,
  take,
  isReady,
}: {
  dial: Dial;
  value: number;
  label: string;
  take: (value: number) => void;
  isReady: boolean;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const done = (): void => {
    const typed = Number(draft);
    if (draft !== null && draft.trim() !== '' && Number.isFinite(typed))
      take(Math.min(dial.max, Math.max(dial.min, typed)));
    setDraft(null);
  };
  return (
    <input
      type="number"
      className="dial-typed"
      aria-label={label}
      min={dial.min}
      max={dial.max}
      step="any"
      disabled={!isReady}
      value={draft ?? String(value)}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key === 'Enter') done();
      }}
    />
  );
}

function DialView({ dial, setting, change, isReady }: Changing & { dial: Dial }) {
  const { speech } = useStage();
  const id = useId();
  const value = setting.dials[dial.id] ?? dial.start;
  const words = speech.words.dials[dial.id];
  const name = words?.name ?? dial.id;
  const take = (next: number): void => change({ ...setting, dials: { ...setting.dials, [dial.id]: next } });
  const unit =
    dial.unit === 'rate' || dial.unit === 'time' ? speech.say(`dials.unit.${dial.unit}.${speech.timeUnit}`) : '';
  return (
    <div className="dial">
      <label htmlFor={id}>{name}</label>
      <span className="dial-value">
        <Typed
          dial={dial}
          value={value}
          label={speech.say('dials.type', { dial: name })}
          take={take}
          isReady={isReady}
        />
        <span className="dial-unit">{unit}</span>
      </span>
      <input
        id={id}
        type="range"
        min={dial.min}
        max={dial.max}
        step={dial.step}
        value={value}
        disabled={!isReady}
        aria-valuetext={speech.quantity(value, dial.unit)}
        aria-describedby={words?.help ? `${id}-help` : undefined}
        onChange={(event) => take(Number(event.currentTarget.value))}
      />
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

export function Dials(props: Changing) {
  const { scenario, speech } = useStage();
  const { setting, change, isReady } = props;
  const isMoved = scenario.dials.some((dial) => setting.dials[dial.id] !== dial.start);
  return (
    <fieldset className="dials">
      <legend>{speech.say('dials.title')}</legend>
      {scenario.dials.map((dial) => (
        <DialView key={dial.id} dial={dial} {...props} />
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

export function Designs({ setting, change, isReady }: Changing) {
  const { scenario, speech, prefix } = useStage();
  if (scenario.designs.length < 2) return null;
  return (
    <fieldset className="designs" disabled={!isReady}>
      <legend>{speech.say('designs.title')}</legend>
      <div className="design-choices">
        {scenario.designs.map((design) => (
          <label key={design.id} className="design">
            <input
              type="radio"
              name={`${prefix}-design`}
              value={design.id}
              checked={setting.design === design.id}
              onChange={() => change({ ...setting, design: design.id })}
            />
            <span>{speech.words.designs[design.id]?.name ?? design.id}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function Faults({ setting, change, isReady }: Changing) {
  const { scenario, speech, player } = useStage();
  // A fault at the very end would change nothing that can be seen.
  const isOver = useMoment(() => player.clock().at >= player.clock().end);
  if (scenario.faults.length === 0) return null;
  // To the tick, and never after this moment: then what is seen changes at once, and nothing before it does.
  const now = (): number => Math.floor(player.clock().at) / player.clock().unit;
  const duration = (id: string): number => scenario.faults.find((fault) => fault.id === id)?.duration ?? 0;
  return (
    <fieldset className="faults">
      <legend>{speech.say('faults.title')}</legend>
      <div className="fault-buttons">
        {scenario.faults.map((fault) => (
          <button
            key={fault.id}
            type="button"
            className="fault"
            disabled={!isReady || isOver || setting.inputs.length >= 100}
            title={speech.words.faults[fault.id]?.help}
            onClick={() => change({ ...setting, inputs: [...setting.inputs, { at: now(), fault: fault.id }] })}
          >
            <Icon name={fault.action === 'pause' ? 'stopped' : 'surge'} />
            <span>{speech.words.faults[fault.id]?.name ?? fault.id}</span>
            <span className="fault-length">{speech.quantity(fault.duration, 'time')}</span>
          </button>
        ))}
      </div>
      {isOver ? <p className="hint">{speech.say('faults.tooLate')}</p> : null}
      {setting.inputs.length === 0 ? null : (
        <ol className="deeds" aria-label={speech.say('faults.done')}>
          {setting.inputs.map((input, index) => (
            <li key={`${input.fault} ${input.at} ${index}`}>
              <span>
                {speech.say('faults.deed', {
                  at: speech.moment(input.at),
                  fault: speech.words.faults[input.fault]?.name ?? input.fault,
                  duration: speech.quantity(input.duration ?? duration(input.fault), 'time'),
                })}
              </span>
              <button
                type="button"
                className="plain"
                disabled={!isReady}
                aria-label={speech.say('faults.undoOne', {
                  at: speech.moment(input.at),
                  fault: speech.words.faults[input.fault]?.name ?? input.fault,
                })}
                onClick={() => change({ ...setting, inputs: setting.inputs.filter((_, each) => each !== index) })}
              >
                {speech.say('faults.undo')}
              </button>
            </li>
          ))}
        </ol>
      )}
    </fieldset>
  );
}
