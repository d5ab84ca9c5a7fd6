/** Why requests failed, as tables: what customers were told, and who dropped calls; then some requests to look at. */
import type { Run } from '../../../../simulations/index.ts';
import { failedBy } from '../../../core/playback/failed.ts';
import { concerns, reasonsOf, type DropCount, type ReasonCount } from '../../../core/playback/reasons.ts';
import type { Subject } from '../../../core/playback/subject.ts';
import { useStage } from '../context.ts';
import { nameOf } from './telling.ts';

/** Rows shown of a table: what is rarer says little. */
const MOST = 8;

function Counts({
  caption,
  note,
  rows,
}: {
  caption: string;
  note: string;
  rows: readonly (ReasonCount | DropCount)[];
}) {
  const { speech } = useStage();
  const hasBy = rows.some((row) => 'by' in row);
  return (
    <table className="why-counts">
      <caption>
        {caption} <span className="why-note">{note}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">{speech.say('why.reason')}</th>
          {hasBy ? <th scope="col">{speech.say('why.by')}</th> : null}
          <th scope="col">{speech.say('why.soFar')}</th>
          <th scope="col">{speech.say('why.whole')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, MOST).map((row) => (
          <tr key={`${'by' in row ? row.by : ''} ${row.reason}`}>
            <th scope="row">{speech.say(`why.reasons.${row.reason}`)}</th>
            {'by' in row ? <td>{nameOf(speech, row.by)}</td> : null}
            <td className="digits">{speech.number(row.soFar)}</td>
            <td className="digits">{speech.number(row.whole)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** @param part only what this part has to do with. */
export function Failures({ run, at, part, ask }: { run: Run; at: number; part?: string; ask(subject: Subject): void }) {
  const { speech } = useStage();
  const { until, failed, dropped } = reasonsOf(run, at);
  const drops = part === undefined ? dropped : dropped.filter((drop) => concerns(drop, part));
  const told = part === undefined ? failed : [];
  const some = failedBy(run, at, part);
  const moment = { until: speech.moment(until / run.time.ticks) };
  return (
    <fieldset className="why-part why-failures">
      <legend className="why-head">{speech.say('why.failures')}</legend>
      {told.length === 0 && drops.length === 0 ? (
        <p>{speech.say(part === undefined ? 'why.failuresNone' : 'why.dropsNone')}</p>
      ) : null}
      {told.length > 0 ? (
        <Counts caption={speech.say('why.told')} note={speech.say('why.toldNote', moment)} rows={told} />
      ) : null}
      {drops.length > 0 ? (
        <Counts caption={speech.say('why.dropped')} note={speech.say('why.droppedNote', moment)} rows={drops} />
      ) : null}
      {some.length > 0 ? (
        <>
          <p className="why-sub">{speech.say('why.some')}</p>
          <ul className="why-list">
            {some.map(({ request, cls, at: ended, reason }) => (
              <li key={`${cls} ${request}`}>
                <button type="button" className="plain" onClick={() => ask({ kind: 'request', request, cls })}>
                  {speech.say('why.someOne', {
                    number: request + 1,
                    at: speech.moment(ended / run.time.ticks),
                    reason: speech.say(`why.reasons.${reason}`),
                  })}
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </fieldset>
  );
}
