/** The measures of the run with how sure they are, theory beside them where there is one, and Little's law as two accountings. */
import { memo } from 'react';
import type { Estimate, MeasureUnit } from '../../../../simulations/index.ts';
import type { StageSetting } from '../../../core/playback/setting.ts';
import type { Together } from '../../../worker/protocol.ts';
import { isChanged } from '../../../core/playback/sentences.ts';
import { useStage } from '../context.ts';
import type { Reading } from '../prepared.ts';

/** How many runs are read together when the reader asks for more than one. */
export const REPEATS = 20;

/** How far repeating is, and what came of it. */
export interface Repeated {
  done: number;
  together: Together | null;
}

interface NumbersProps {
  reading: Reading;
  setting: StageSetting;
  repeated: Repeated | null;
  change(setting: StageSetting): void;
  repeat(): void;
  isReady: boolean;
}

/** How sure a value is: a half-width of its interval, or that there is not enough data for one; nothing where there is no value. */
function Sureness({ estimate, unit }: { estimate: Estimate; unit: MeasureUnit }) {
  const { speech } = useStage();
  if (estimate.value === null) return '–';
  if (!estimate.enough) return <span className="unsure">{speech.say('numbers.notEnough')}</span>;
  if (estimate.halfWidth === null) return null;
  return speech.say('numbers.plusMinus', { value: speech.quantity(estimate.halfWidth, unit) });
}

export const Numbers = memo(function Numbers({ reading, setting, repeated, change, repeat, isReady }: NumbersProps) {
  const { scenario, speech } = useStage();
  const { say } = speech;
  const { run, theory } = reading;
  const names = (scenario.show?.measures ?? Object.keys(run.measures)).filter(
    (name) => run.measures[name] !== undefined,
  );
  const together = repeated?.together ?? null;
  const changed = isChanged(run, reading.marks);
  const isUnsure = (measures: Record<string, Estimate>): boolean =>
    names.some((name) => measures[name]?.enough === false && measures[name].value !== null);
  const quantity = (estimate: Estimate, unit: MeasureUnit): string =>
    estimate.value === null ? say('numbers.none') : speech.quantity(estimate.value, unit);
  return (
    <div className="numbers">
      <table>
        <caption>{say('numbers.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('numbers.measure')}</th>
            <th scope="col">{say('numbers.value')}</th>
            <th scope="col">{say('numbers.interval')}</th>
            {together === null ? null : <th scope="col">{say('numbers.together', { count: together.runs })}</th>}
            <th scope="col">{say('numbers.theory')}</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const estimate = run.measures[name]!;
            const unit = run.units[name] ?? 'number';
            const expected = theory[name];
            const isSteady = expected !== undefined && !(unit === 'share' && expected >= 1);
            const pooled = together?.measures[name];
            return (
              <tr key={name} className={estimate.enough ? undefined : 'is-unsure'} data-measure={name}>
                <th scope="row">{speech.words.measures[name] ?? name}</th>
                <td className="digits is-value">{quantity(estimate, unit)}</td>
                <td className="digits">
                  <Sureness estimate={estimate} unit={unit} />
                </td>
                {pooled === undefined ? null : (
                  <td className="digits is-pooled">
                    <span className={pooled.enough ? 'is-value' : undefined}>{quantity(pooled, unit)}</span>{' '}
                    <Sureness estimate={pooled} unit={unit} />
                  </td>
                )}
                <td className="digits">{isSteady ? speech.quantity(expected, unit) : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {isUnsure(run.measures) ? (
        <p className="why">
          {say(`numbers.${reading.overloaded.length > 0 ? 'whyOverload' : changed ? 'whyChanged' : 'why'}`, {
            end: speech.quantity(run.endedAt / run.time.ticks, 'time'),
          })}
        </p>
      ) : null}
      <p className="numbers-more">
        <button
          type="button"
          className="plain"
          disabled={!isReady || (repeated !== null && together === null)}
          onClick={repeat}
        >
          {say('numbers.repeat', { count: REPEATS })}
        </button>
        <button
          type="button"
          className="plain"
          disabled={!isReady}
          onClick={() => change({ ...setting, seed: (setting.seed + 1) % 2 ** 32 })}
        >
          {say('numbers.luck')}
        </button>
        <span className="seed digits">{say('numbers.seed', { seed: String(setting.seed) })}</span>
        <output className="verdict-together">
          {repeated === null
            ? ''
            : together === null
              ? say('numbers.repeating', { done: repeated.done, count: REPEATS })
              : say(
                  `numbers.${isUnsure(together.measures) ? (changed ? 'togetherNotChanged' : 'togetherNot') : 'togetherEnough'}`,
                  {
                    count: together.runs,
                  },
                )}
        </output>
      </p>
    </div>
  );
});

export const Little = memo(function Little({ reading }: { reading: Reading }) {
  const { scenario, speech } = useStage();
  const { run } = reading;
  const span = run.endedAt;
  // What does not hold must not be folded away. Inside a computer nobody asks how many are inside.
  const isComputer = (part: string): boolean => ['processor', 'memory'].includes(scenario.parts[part]?.kind ?? '');
  const kept = Object.entries(run.ledger.little)
    .filter(([part, { holds }]) => !holds || !isComputer(part))
    .filter(([part]) => span > 0 && (run.measures[`${part}.arrivals`]?.value ?? 0) > 0)
    .toSorted((one, other) => Number(one[1].holds) - Number(other[1].holds));
  const [first, ...others] = kept.map(([part, books]) => (
    <p key={part} data-holds={books.holds}>
      {speech.say(books.holds ? 'numbers.little' : 'numbers.littleBroken', {
        part: speech.words.parts[part] ?? part,
        watched: speech.number(books.byState / span),
        added: speech.number(books.byRequest / span),
        total: speech.quantity(books.byRequest / run.time.ticks, 'number'),
      })}
    </p>
  ));
  return (
    <div className="little">
      {first}
      {others.length === 0 ? null : (
        <details>
          <summary>{speech.say('numbers.littleMore', { count: others.length })}</summary>
          {others}
        </details>
      )}
    </div>
  );
});
