/** The measures of the run with how sure they are, theory beside them where there is one, and Little's law as two accountings. */
import { useStage } from '../context.ts';
import type { Reading } from '../prepared.ts';

export function Numbers({ reading }: { reading: Reading }) {
  const { scenario, speech } = useStage();
  const { run, theory } = reading;
  const names = (scenario.show?.measures ?? Object.keys(run.measures)).filter(
    (name) => run.measures[name] !== undefined,
  );
  return (
    <table className="numbers">
      <caption>{speech.say('numbers.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{speech.say('numbers.measure')}</th>
          <th scope="col">{speech.say('numbers.value')}</th>
          <th scope="col">{speech.say('numbers.interval')}</th>
          <th scope="col">{speech.say('numbers.theory')}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => {
          const { value, halfWidth, enough } = run.measures[name]!;
          const unit = run.units[name] ?? 'number';
          const expected = theory[name];
          const isSteady = expected !== undefined && !(unit === 'share' && expected >= 1);
          return (
            <tr key={name} className={enough ? undefined : 'is-unsure'} data-measure={name}>
              <th scope="row">{speech.words.measures[name] ?? name}</th>
              <td className="digits">{value === null ? speech.say('numbers.none') : speech.quantity(value, unit)}</td>
              <td className="digits">
                {enough
                  ? halfWidth === null
                    ? ''
                    : speech.say('numbers.plusMinus', { value: speech.quantity(halfWidth, unit) })
                  : speech.say('numbers.notEnough')}
              </td>
              <td className="digits">{isSteady ? speech.quantity(expected, unit) : '–'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

export function Little({ reading }: { reading: Reading }) {
  const { speech } = useStage();
  const { run } = reading;
  const span = run.endedAt;
  return (
    <div className="little">
      {Object.entries(run.ledger.little).map(([part, books]) => {
        if (span === 0) return null;
        const arrivals = run.measures[`${part}.arrivals`]?.value ?? 0;
        if (arrivals === 0) return null;
        return (
          <p key={part} data-holds={books.holds}>
            {speech.say(books.holds ? 'numbers.little' : 'numbers.littleBroken', {
              part: speech.words.parts[part] ?? part,
              watched: speech.number(books.byState / span),
              added: speech.number(books.byRequest / span),
              total: speech.quantity(books.byRequest / run.time.ticks, 'number'),
            })}
          </p>
        );
      })}
    </div>
  );
}
