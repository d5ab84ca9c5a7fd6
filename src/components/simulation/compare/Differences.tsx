/** How designs differ, in words and numbers, as sure as pairs of runs under the same luck can say. */
import { STATISTICS } from '../../../core/playback/compared-measures.ts';
import { isChanged } from '../../../core/playback/sentences.ts';
import { useStage } from '../context.ts';
import { designName } from '../charts/names.ts';
import type { Reading } from '../prepared.ts';
import { MORE_PAIRS, type Comparing } from './comparing.ts';
import { isSure, measureName, phraseOf, sentenceOf } from './says.ts';

export default function Differences({ comparing, reading }: { comparing: Comparing; reading: Reading }) {
  const { speech } = useStage();
  const { say } = speech;
  const { beside, pairs } = comparing;
  const a = designName(speech, reading.run.design);
  const differences = pairs?.differences ?? null;
  const isAtWork = pairs !== null && differences === null;
  return (
    <section className="differences" aria-label={say('compare.title')}>
      <p className="differences-head">
        <strong>{say('compare.title')}</strong>{' '}
        <output>
          {pairs === null
            ? ''
            : isAtWork
              ? say('compare.making', { done: pairs.done, count: pairs.of })
              : say('compare.pairs', { count: pairs.of })}
        </output>
      </p>
      <label className="differences-statistic">
        {say('compare.statistic')}{' '}
        <select
          value={comparing.statistic ?? ''}
          onChange={({ target }) => comparing.choose(STATISTICS.find((each) => each === target.value) ?? null)}
        >
          <option value="">{say('compare.asShown')}</option>
          {STATISTICS.map((each) => (
            <option key={each} value={each}>
              {say(`compare.statistics.${each}`)}
            </option>
          ))}
        </select>
      </label>
      {differences === null
        ? null
        : beside.map((run, index) => {
            const found = differences[index] ?? {};
            const rows = Object.entries(found);
            const unitOf = (measure: string) => run.units[measure] ?? reading.run.units[measure] ?? 'number';
            const names = { a, b: designName(speech, run.design) };
            const sure = rows.find(([measure, each]) => isSure(each, unitOf(measure)));
            const isShort = rows.some(([, each]) => !each.enough);
            const mean = (value: number | null, measure: string): string =>
              value === null ? say('numbers.none') : speech.quantity(value, unitOf(measure));
            const sentence =
              sure === undefined
                ? say('compare.noneSure', names)
                : sentenceOf(speech, sure[0], sure[1], unitOf(sure[0]), names);
            const short = isShort ? (
              <p className="chart-note">
                * {say(isChanged(reading.run, reading.marks) ? 'compare.shortChanged' : 'compare.short')}
              </p>
            ) : null;
            const table = (
              <div className="difference-table">
                <table>
                  <caption className="only-read-aloud">{say('compare.caption', names)}</caption>
                  <thead>
                    <tr>
                      <th scope="col">{say('numbers.measure')}</th>
                      <th scope="col">{names.a}</th>
                      <th scope="col">{names.b}</th>
                      <th scope="col">{say('compare.difference')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map(([measure, each]) => {
                      const unit = unitOf(measure);
                      return (
                        <tr
                          key={measure}
                          data-measure={measure}
                          className={isSure(each, unit) ? 'is-sure' : 'is-unsure'}
                        >
                          <th scope="row">{measureName(speech, measure)}</th>
                          <td className="digits">{mean(each.a, measure)}</td>
                          <td className="digits">{mean(each.b, measure)}</td>
                          <td className="digits is-said">
                            {phraseOf(speech, each, unit)}
                            {each.enough ? '' : ' *'}
                          </td>
                        </tr>
                      );
                    })}
                  </tbody>
                </table>
              </div>
            );
            // One table is read at once; of several, each is folded away under what it says first.
            return beside.length === 1 ? (
              <div key={run.design} className="difference">
                <p>{sentence}</p>
                {table}
                {short}
              </div>
            ) : (
              <details key={run.design} className="difference">
                <summary>{sentence}</summary>
                {table}
                {short}
              </details>
            );
          })}
      {differences !== null && pairs!.of < MORE_PAIRS ? (
        <button type="button" className="plain" onClick={comparing.more}>
          {say('compare.more', { count: MORE_PAIRS })}
        </button>
      ) : null}
    </section>
  );
}
