/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- a table that is wider than its room must be reached by keys to be scrolled */
/** Behind the charts: which of them are drawn, and the same numbers as a table. Loaded when asked for. */
import { useState } from 'react';
import {
  chartNamed,
  chartOf,
  chartsOf,
  FAILURES,
  firstCharts,
  leadOf,
  MOST_CHARTS,
} from '../../../core/playback/charts.ts';
import { valueAt, type Curve } from '../../../core/playback/curves.ts';
import { useStage } from '../context.ts';
import type { Reading } from '../prepared.ts';
import { runBehind } from '../reading.ts';
import { chartTitle, curveName, designName } from './names.ts';
import type { ChartChoice, ShownChart } from './OverTime.tsx';

interface RoomProps {
  reading: Reading;
  shown: readonly ShownChart[];
}

/** One part at a time, and of it the charts there are; those of other parts stay as they are. */
function Choose({ reading, shown, choice }: RoomProps & { choice: ChartChoice }) {
  const { scenario, speech } = useStage();
  const series = scenario.show?.series ?? [];
  const run = runBehind(reading);
  const now = shown.map(({ chart }) => chart.id);
  const [part, setPart] = useState(() => shown.find(({ chart }) => chart.part !== null)?.chart.part ?? '');
  if (run === null) return null;
  const parts = reading.parts.filter((each) => chartsOf(run, each, series).length > 0);
  const about = parts.includes(part) ? part : (parts[0] ?? '');
  const ids = [...chartsOf(run, about, series), ...(run.ledger.failed > 0 ? [FAILURES] : [])];
  const turn = (id: string, isOn: boolean): void => {
    const next = isOn ? [...now, id] : now.filter((each) => each !== id);
    const first = firstCharts(run, series).filter((each) => chartOf(run, each) !== null);
    choice.choose(next.join(' ') === first.join(' ') ? null : next);
  };
  return (
    <fieldset className="chart-choice">
      <legend className="only-read-aloud">{speech.say('charts.choose')}</legend>
      <label className="chart-part">
        {speech.say('charts.part')}{' '}
        <select value={about} onChange={(event) => setPart(event.currentTarget.value)}>
          {parts.map((each) => (
            <option key={each} value={each}>
              {speech.words.parts[each] ?? each}
            </option>
          ))}
        </select>
      </label>
      <div className="chart-kinds">
        {ids.map((id) => {
          const named = chartNamed(id);
          if (named === null) return null;
          const isOn = now.includes(id);
          return (
            <label key={id}>
              <input
                type="checkbox"
                checked={isOn}
                disabled={(!isOn && now.length >= MOST_CHARTS) || (isOn && now.length === 1)}
                onChange={(event) => turn(id, event.currentTarget.checked)}
              />
              <span>{chartTitle(speech, named, false, scenario.parts)}</span>
            </label>
          );
        })}
      </div>
      <button type="button" className="plain" disabled={choice.chosen === null} onClick={() => choice.choose(null)}>
        {speech.say('charts.asSuggested')}
      </button>
    </fieldset>
  );
}

/** So many moments are enough to read a run by. */
const ROWS = 20;

function Table({ reading, shown }: RoomProps) {
  const { scenario, speech } = useStage();
  const { endedAt: end, time } = reading.run;
  const columns = shown.flatMap(
    ({ chart, designs }): { key: string; title: string; curve: Curve; unit: typeof chart.unit }[] => {
      const title = chartTitle(speech, chart, designs.length > 0, scenario.parts);
      if (designs.length > 0)
        return designs.flatMap(({ design, chart: its }) => {
          const curve = its === null ? null : leadOf(its);
          const what = chart.kind === 'latency' ? ` (${speech.say('charts.line.p95')})` : '';
          return curve === null
            ? []
            : [
                {
                  key: `${chart.id} ${design}`,
                  title: `${title}${what}, ${designName(speech, design)}`,
                  curve,
                  unit: chart.unit,
                },
              ];
        });
      return chart.curves.map((curve) => ({
        key: `${chart.id} ${curve.id}`,
        title:
          chart.curves.length === 1 && chart.kind !== 'failures'
            ? title
            : `${title}, ${curveName(speech, chart, curve.id)}`,
        curve,
        unit: chart.unit,
      }));
    },
  );
  const moments = Array.from({ length: ROWS }, (_, row) => ((row + 0.5) * end) / ROWS);
  return (
    <section className="chart-table" tabIndex={0} aria-label={speech.say('charts.tableCaption')}>
      <table>
        <caption>{speech.say('charts.tableCaption')}</caption>
        <thead>
          <tr>
            <th scope="col">{speech.say('charts.at')}</th>
            {columns.map(({ key, title }) => (
              <th key={key} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {moments.map((at) => (
            <tr key={at}>
              <th scope="row" className="digits">
                {speech.moment(at / time.ticks)}
              </th>
              {columns.map(({ key, curve, unit }) => {
                const value = valueAt(curve, at);
                return (
                  <td key={key} className="digits">
                    {value === null ? '–' : speech.quantity(value, unit)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export default function ChartRoom({
  panel,
  choice,
  ...props
}: RoomProps & { panel: 'choose' | 'table'; choice: ChartChoice | undefined }) {
  if (panel === 'table') return <Table {...props} />;
  return choice === undefined ? null : <Choose {...props} choice={choice} />;
}
