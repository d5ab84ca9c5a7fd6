/** A pool of workers: those at work, those who tell the others, those who stand by, and those who wait for the lock beside them. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';
import { CELL_PITCH, FEW_CELLS, MOST_CELLS } from './shape.ts';

/** What a worker is at, from the left to the lock on the right; each a figure in a square of eight. */
const figures = [
  ['busy', 'h8v8h-8z'],
  ['exchanging', 'm3.4 0v8l-3.4-4zm1.2 0v8l3.4-4z'],
  ['idle', 'm1 1h6v6h-6z'],
  ['waiting', 'm4 0a4 4 0 1 1-.01 0z'],
] as const;

/** The cells from one place to another, four to a column. */
function cellsOf(from: number, to: number, figure: string): string {
  let path = '';
  for (let cell = from; cell < to; cell += 1)
    path += `M${Math.floor(cell / 4) * CELL_PITCH} ${(cell % 4) * CELL_PITCH}${figure}`;
  return path;
}

export function Workers({ facts }: { facts: PartFacts }) {
  const { shape, levels, instances } = facts;
  const top = shape.strip;
  const at = (name: string): number => levels[name] ?? 0;
  const waiting = at('lockQueue');
  const counts = [at('busy'), at('exchanging'), instances - at('busy') - at('exchanging') - waiting, waiting];
  const isHeld = at('lock') >= 0.5;
  // Whoever holds the lock stands in it, and not among the others, where each is drawn.
  const holder = counts[1]! > counts[0]! ? 1 : 0;
  const inLock = isHeld && instances <= MOST_CELLS ? Math.min(1, counts[holder]!) : 0;
  counts[holder]! -= inLock;
  const others = instances - inLock;
  const cells = Math.min(Math.round(others), MOST_CELLS);
  const ends = counts.map((_, state) => {
    const sum = counts.slice(0, state + 1).reduce((all, each) => all + each);
    return Math.round((sum * cells) / Math.max(1, others));
  });
  return (
    <>
      <Block facts={facts} emblem={<path d="M1 1H7V7H1ZM9 1H15V7H9ZM1 9H7V15H1ZM9 9H15V15H9Z" />} />
      {top === undefined ? null : (
        <g className="workers">
          <g transform={`translate(16 ${top}) scale(${cells > FEW_CELLS ? 1 : 1.4})`}>
            {figures.map(([state, figure], index) => (
              <path
                key={state}
                className={`worker is-${state}`}
                d={cellsOf(ends[index - 1] ?? 0, ends[index]!, figure)}
              />
            ))}
          </g>
          <path
            className={`lock${isHeld ? ' is-held' : ''}`}
            d={`M196 ${top + 18}h24v20h-24zm4 0v-${isHeld ? 6 : 10}a8 8 0 0 1 16 0${isHeld ? 'v6' : ''}`}
          />
          {isHeld ? (
            <path className={`worker is-${figures[holder]![0]}`} d={`M204 ${top + 24}${figures[holder]![1]}`} />
          ) : null}
        </g>
      )}
    </>
  );
}
