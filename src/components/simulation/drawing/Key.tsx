/** What the figures on the drawing mean, for whoever meets them for the first time: folded away until it is asked for. */
import { arguing } from '../../../core/course/arguments.ts';
import { useStage } from '../context.ts';
import { Instance } from '../parts/basis/Instance.tsx';
import { figureOf, pathOf } from './figures.ts';
import { Hourglass } from './LinkLines.tsx';
import { RADIUS, type Look } from './requests.ts';

const looks: readonly Look[] = [
  'out',
  'retried',
  'waiting',
  'served',
  'answered',
  'late',
  'refused',
  'timed-out',
  'failed',
];
const states = ['ready', 'sick', 'out', 'starting', 'stopping', 'stopped', 'dead'] as const;

function Figure({ look }: { look: Look }) {
  if (look !== 'out' && look !== 'waiting' && look !== 'served' && look !== 'answered')
    return <path className={`dot is-${look}`} d={pathOf(figureOf[look], 9, 9)} />;
  return (
    <>
      {look === 'served' ? <rect className="slot is-busy" x="1" y="1" width="16" height="16" rx="3" /> : null}
      <circle className={`dot is-${look}`} cx="9" cy="9" r={look === 'answered' ? RADIUS - 1 : RADIUS} />
    </>
  );
}

export function Key() {
  const { speech, scenario } = useStage();
  return (
    <details className="drawing-key">
      <summary>{speech.say('drawing.key.title')}</summary>
      <ul>
        {looks.map((look) => (
          <li key={look}>
            <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
              <Figure look={look} />
            </svg>
            {speech.say(`drawing.key.${look}`)}
          </li>
        ))}
        {scenario.family === arguing ? (
          <li>
            <svg className="awaited" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
              <Hourglass x={9} y={9} />
            </svg>
            {speech.say('drawing.key.awaited')}
          </li>
        ) : null}
        {states.map((state) => (
          <li key={state}>
            <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
              <Instance state={state} x={1.5} y={1.5} size={15} />
            </svg>
            {speech.say(`drawing.key.state.${state}`)}
          </li>
        ))}
      </ul>
    </details>
  );
}
