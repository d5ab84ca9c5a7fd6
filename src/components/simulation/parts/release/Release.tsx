/** A release: changes that wait before the gate, those in the pipeline behind it, and a cross for each release that is live and broken. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';
import { MOST_DRAWN } from './shape.ts';

const PITCH = 13;
/** A figure in a square of ten: a circle waits, a square is on its way, a cross is broken; so colour is never alone. */
const figures = {
  waiting: 'm5 0a5 5 0 1 1-.01 0z',
  busy: 'h10v10h-10z',
  broken: 'l2-2 3 3 3-3 2 2-3 3 3 3-2 2-3-3-3 3-2-2 3-3z',
} as const;

/** So many figures, six to a row, away from the gate. */
function row(figure: keyof typeof figures, count: number, toTheLeft: boolean): string {
  let path = '';
  for (let place = 0; place < Math.min(MOST_DRAWN, Math.round(count)); place += 1) {
    const step = (place % 6) * PITCH;
    path += `M${toTheLeft ? -step - 16 : step + 6} ${Math.floor(place / 6) * PITCH}${figures[figure]}`;
  }
  return path;
}

export function Release({ facts }: { facts: PartFacts }) {
  const { shape, levels } = facts;
  const top = shape.strip;
  const at = (name: string): number => levels[name] ?? 0;
  const gate = 106;
  return (
    <>
      <Block facts={facts} emblem={<path d="M1 4H9V1L15 6 9 11V8H1ZM1 13H15V15H1Z" />} />
      {top === undefined || facts.mood === 'left-out' ? null : (
        <g className="workers" transform={`translate(${gate} ${top + 2})`}>
          <path className={`lock${at('inPipeline') >= 0.5 ? ' is-held' : ''}`} d="M0-4V28M-4-4H4M-4 28H4" />
          <path className="worker is-waiting" d={row('waiting', at('queue'), true)} />
          <path className="worker is-busy" d={row('busy', at('inPipeline'), false)} />
          {at('broken') < 0.5 ? null : (
            <path
              className="worker is-broken"
              transform="translate(86 2)"
              d={`M6 0${figures.broken}${at('broken') < 1.5 ? '' : `M6 13${figures.broken}`}`}
            />
          )}
        </g>
      )}
    </>
  );
}
