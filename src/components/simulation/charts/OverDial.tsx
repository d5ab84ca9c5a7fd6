/** What would happen at every setting of a dial: measured with its interval, theory dashed beside it, the present setting marked. */
import { area, line } from 'd3-shape';
import { memo } from 'react';
import type { SweepPoint } from '../../../../simulations/index.ts';
import { turnedOf } from '../../../core/playback/boards.ts';
import { stepsOf, stepsTo, valueAfter, type Values } from '../../../core/playback/dial-values.ts';
import type { StageSetting } from '../../../core/playback/setting.ts';
import { useStage } from '../context.ts';
import type { Reading } from '../prepared.ts';
import { Plot } from './Plot.tsx';
import { linear, upTo, type Scale } from './scale.ts';

/** Which dial the curve runs over, and what is measured at each of its settings. */
export interface SweptPlan {
  dial: string;
  measure: string;
  /** The closed form that the scenario wants beside it. */
  theory?: string | undefined;
}

interface OverDialProps {
  /** Null while nothing has been chosen, where the scenario has no curve of its own. */
  plan: SweptPlan | null;
  choose(plan: SweptPlan): void;
  points: readonly SweepPoint[];
  /** How many points are still to come. */
  left: number;
  setting: StageSetting;
  reading: Reading;
  change(setting: StageSetting): void;
  isReady: boolean;
}

/** As high as the curve where it can be relied on, and the present setting; what goes beyond leaves the chart. */
function ceiling(points: readonly SweepPoint[], now: number | null): number {
  const relied = points.filter((point) => point.estimate.enough && point.estimate.value !== null);
  const top = Math.max(0, ...relied.map((point) => point.estimate.value! + (point.estimate.halfWidth ?? 0)));
  const least = Math.min(...points.map((point) => point.estimate.value ?? Number.POSITIVE_INFINITY));
  const lowest = Number.isFinite(least) ? least : 1;
  return Math.max(top * 1.25, Math.min(now ?? 0, lowest * 40) * 1.1, lowest * 4);
}

/** Which dial and which measure, where there is a choice. */
function Choice({ plan, choose, isReady, reading }: Pick<OverDialProps, 'plan' | 'choose' | 'isReady' | 'reading'>) {
  const { scenario, speech } = useStage();
  const { show } = scenario;
  // Columns have no order that a curve could run over.
  const dials = turnedOf(scenario);
  const measures = (show?.measures ?? []).filter((name) => reading.run.measures[name] !== undefined);
  const own = show?.sweep;
  const known = own === undefined || measures.includes(own.measure) ? measures : [own.measure, ...measures];
  if (dials.length * known.length < 2 && plan !== null) return null;
  const go = (dial: string, measure: string): void => {
    if (dial === '' || measure === '') return;
    choose(dial === own?.dial && measure === own.measure ? own : { dial, measure });
  };
  const field = (
    label: string,
    value: string,
    options: readonly (readonly [id: string, name: string])[],
    take: (id: string) => void,
  ) => (
    <label>
      <span>{label}</span>
      <select value={value} disabled={!isReady} onChange={(event) => take(event.currentTarget.value)}>
        {value === '' ? <option value="">{speech.say('charts.notChosen')}</option> : null}
        {options.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div className="dial-choice">
      {field(
        speech.say('charts.measure'),
        plan?.measure ?? known[0] ?? '',
        known.map((name) => [name, speech.words.measures[name] ?? name] as const),
        (measure) => go(plan?.dial ?? dials[0]?.id ?? '', measure),
      )}
      {field(
        speech.say('charts.dial'),
        plan?.dial ?? '',
        dials.map(({ id }) => [id, speech.words.dials[id]?.name ?? id] as const),
        (dial) => go(dial, plan?.measure ?? known[0] ?? ''),
      )}
    </div>
  );
}

export const OverDial = memo(function OverDial(props: OverDialProps) {
  const { plan, points, left, setting, reading, change, isReady } = props;
  const { scenario, speech } = useStage();
  const dial = scenario.dials.find((each) => each.id === plan?.dial);
  if (plan === null || dial === undefined) {
    if (turnedOf(scenario).length === 0 || (scenario.show?.measures ?? []).length === 0) return null;
    return (
      <figure className="over-dial is-unchosen" aria-label={speech.say('charts.overSome')}>
        <p className="chart-head">
          <span className="chart-title">{speech.say('charts.overSome')}</span>
        </p>
        <Choice {...props} />
      </figure>
    );
  }
  const unit = reading.run.units[plan.measure] ?? 'number';
  const estimate = reading.run.measures[plan.measure];
  const now = {
    x: setting.dials[dial.id] ?? dial.start,
    value: estimate?.value ?? null,
    enough: estimate?.enough ?? false,
  };
  const sorted = points.filter((point) => point.estimate.value !== null).toSorted((a, b) => a.x - b.x);

  const isDoubling = dial.scale === 'doubling';
  const x = isDoubling ? byDoubling(dial) : linear([0, dial.max], [0, 1000]);
  // No share is above the whole, however wide its interval.
  const highest = upTo(ceiling(sorted, now.value), 4)[1];
  const most = unit === 'share' ? Math.min(1, highest) : highest;
  const y = linear([0, most], [100, 0]);
  // Far beyond the chart one number is as good as another, and pictures have limits.
  const clip = (value: number): number => Math.min(value, most * 20);

  const withinWhole = (value: number): number => (unit === 'share' ? Math.min(1, value) : value);

  const band = area<SweepPoint>()
    .x((point) => x(point.x))
    .y0((point) => y(clip(Math.max(0, point.estimate.value! - (point.estimate.halfWidth ?? 0)))))
    .y1((point) => y(withinWhole(clip(point.estimate.value! + (point.estimate.halfWidth ?? 0)))))(sorted);
  const measured = line<SweepPoint>()
    .x((point) => x(point.x))
    .y((point) => y(clip(point.estimate.value!)))(sorted);
  const theory = line<SweepPoint>()
    .defined((point) => point.theory !== null)
    .x((point) => x(point.x))
    .y((point) => y(clip(point.theory!)))(sorted);
  const known = sorted.filter((point) => point.theory !== null);
  // Where theory ends because there is no steady state, more comes in than can be served.
  const full =
    known.length > 0 && known.length < sorted.length && sorted.at(-1)!.theory === null
      ? fullAt(sorted, reading, dial.id, setting)
      : null;
  const unsure = sorted.filter((point) => !point.estimate.enough).length;
  const inside = sorted.filter((point) => point.estimate.value! <= most);
  const name = speech.words.measures[plan.measure] ?? plan.measure;
  const dialName = speech.words.dials[dial.id]?.name ?? dial.id;

  const choose = (share: number): void => {
    const steps = isDoubling ? share * stepsOf(dial) : (share * dial.max - dial.min) / dial.step;
    const value = valueAfter(dial, Math.round(steps));
    change({ ...setting, dials: { ...setting.dials, [dial.id]: Math.min(dial.max, Math.max(dial.min, value)) } });
  };

  return (
    <figure
      className="over-dial"
      aria-label={speech.say('charts.overDial', { measure: name, dial: dialName })}
      data-left={left}
    >
      <p className="chart-head">
        <span className="chart-title">{speech.say('charts.overDial', { measure: name, dial: dialName })}</span>
      </p>
      <Choice {...props} />
      <div
        className="plot-room"
        onPointerDown={(event) => {
          if (!isReady || event.pointerType === 'touch') return;
          // The plot has margins within its room: they are not part of the scale.
          const { left: from, width } = event.currentTarget.firstElementChild!.getBoundingClientRect();
          choose((event.clientX - from) / width);
        }}
      >
        <Plot
          height="12rem"
          y={y.ticks(4).map((value) => ({ at: y(value), text: speech.quantity(value, unit) }))}
          x={x.ticks(6).map((value) => ({ at: x(value) / 10, text: speech.number(value) }))}
          over={
            <>
              {full === null ? null : (
                <span className="full-label" style={{ left: `${x(full) / 10}%`, width: `${100 - x(full) / 10}%` }}>
                  {speech.say('charts.full')}
                </span>
              )}
              <span
                className={now.value !== null && now.enough ? 'here' : 'here is-unsure'}
                style={{
                  left: `${x(now.x) / 10}%`,
                  top: `${now.value === null ? 100 : Math.min(100, Math.max(0, y(clip(now.value))))}%`,
                }}
              >
                <span
                  className={`here-label${x(now.x) > 600 ? ' is-left' : ''}${now.value !== null && now.value > most * 0.8 ? ' is-below' : ''}`}
                >
                  {now.value === null
                    ? speech.say('numbers.none')
                    : now.enough
                      ? speech.quantity(now.value, unit)
                      : speech.say('numbers.notEnough')}
                </span>
              </span>
            </>
          }
        >
          {full === null ? null : (
            <rect className="overload" x={x(full)} width={Math.max(0, 1000 - x(full))} y="0" height="100" />
          )}
          <path className="interval" d={band ?? ''} />
          <path className="line is-measured" d={measured ?? ''} />
          {inside.map((point) => (
            <path
              key={point.x}
              className={point.estimate.enough ? 'point' : 'point is-unsure'}
              d={`M${x(point.x)} ${y(point.estimate.value!)}h0.01`}
            />
          ))}
          {inside.map((point) =>
            point.estimate.enough ? null : (
              <path key={point.x} className="point is-hollow" d={`M${x(point.x)} ${y(point.estimate.value!)}h0.01`} />
            ),
          )}
          <path className="line is-theory" d={theory ?? ''} />
          <line className="here-line" x1={x(now.x)} x2={x(now.x)} y1="0" y2="100" />
        </Plot>
      </div>
      <p className="axis-name">
        {dialName}
        {dial.unit === 'rate' || dial.unit === 'time'
          ? `, ${speech.say(`dials.unit.${dial.unit}.${speech.timeUnit}`)}`
          : ''}
      </p>
      <p className="chart-note">
        <span className="key-line is-measured" /> {speech.say('charts.measured')}{' '}
        <span className="key-band is-interval" /> {speech.say('charts.interval')}{' '}
        {known.length > 0 ? (
          <>
            <span className="key-line is-theory" /> {speech.say('charts.theory')}{' '}
          </>
        ) : null}
        {unsure > 0 ? (
          <>
            <span className="key-hollow" /> {speech.say('charts.unsure', { count: unsure })}
          </>
        ) : null}
      </p>
      {setting.inputs.length > 0 ? <p className="chart-note">{speech.say('charts.withoutFaults')}</p> : null}
    </figure>
  );
});

/** The places of a dial whose values double: as far from one to the next everywhere. */
function byDoubling(dial: Values): Scale {
  const steps = stepsOf(dial);
  const marks = Array.from({ length: Math.floor(steps / 2) + 1 }, (_, each) => valueAfter(dial, each * 2));
  return Object.assign((value: number) => (1000 * stepsTo(dial, value)) / steps, { ticks: () => marks });
}

/** The setting at which the load reaches one, from the load at the present setting, which is proportional to the dial. */
function fullAt(points: readonly SweepPoint[], reading: Reading, dial: string, setting: StageSetting): number {
  const last = points.findLast((point) => point.theory !== null)!.x;
  const next = points.find((point) => point.x > last)!.x;
  const load = Object.entries(reading.theory).find(([measure]) => measure.endsWith('.utilisation'))?.[1];
  const value = setting.dials[dial];
  if (load === undefined || value === undefined || load <= 0) return next;
  const exact = value / load;
  return exact >= last && exact <= next ? exact : next;
}
