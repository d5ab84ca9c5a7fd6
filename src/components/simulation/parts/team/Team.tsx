/** A team: a figure for each person, full at work, open when free, under a roof in a meeting; below, pieces that wait and pieces handed over. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';
import { MOST_FIGURES, MOST_PIECES } from './shape.ts';

const PITCH = 17;
/** Head and shoulders in a room of 14 by 18. */
const PERSON = 'm7 0a4 4 0 1 1-.01 0zm-7 18c0-6 3-8.5 7-8.5s7 2.5 7 8.5z';
const STEP = 12;

function people(from: number, to: number): string {
  let path = '';
  for (let place = from; place < to; place += 1) path += `M${place * PITCH} 0${PERSON}`;
  return path;
}

/** A circle waits; an arrow has gone to somebody else. */
const pieces = { waiting: 'm4 0a4 4 0 1 1-.01 0z', away: 'v2.5h4v-2.5l4 4-4 4v-2.5h-4z' } as const;
function row(kind: keyof typeof pieces, count: number): string {
  let path = '';
  for (let place = 0; place < Math.min(MOST_PIECES, Math.round(count)); place += 1)
    path += `M${place * STEP} 0${pieces[kind]}`;
  return path;
}

export function Team({ facts }: { facts: PartFacts }) {
  const { shape, levels, instances } = facts;
  const top = shape.strip;
  const at = (name: string): number => levels[name] ?? 0;
  const all = Math.max(instances, Math.round(at('capacity')), 1);
  const each = Math.max(1, Math.ceil(all / MOST_FIGURES));
  const figures = Math.ceil(all / each);
  // At this moment; where pieces are handed over, who has one in hand need not be at work, and the last window has to do.
  const atWork = at('handedOver') >= 0.5 ? at('busy') : facts.working;
  const busy = Math.min(figures, Math.round(atWork / each));
  const there = Math.min(figures, Math.round(at('capacity') / each));
  const isMeeting = at('inMeeting') >= all / 2;
  return (
    <>
      <Block
        facts={facts}
        emblem={
          <path d="M5 1a2.6 2.6 0 1 1-.01 0zM0 12c0-4 2-5.4 5-5.4S10 8 10 12zM11 3a2.2 2.2 0 1 1-.01 0zM11.3 12c0-2.4-.5-3.9-1.4-5 3.300-.5 6.100.7 6.100 5z" />
        }
      />
      {top === undefined || facts.mood === 'left-out' ? null : (
        <g className="workers" transform={`translate(16 ${top})`}>
          {isMeeting ? <path className="lock is-held" d={`M-4 23V-3H${figures * PITCH + 1}V23`} /> : null}
          <path className="worker is-busy" d={people(0, busy)} />
          <path className="worker is-idle" d={people(busy, there)} />
          <path className="worker is-away" d={people(there, figures)} />
          <path className="worker is-waiting" transform="translate(0 28)" d={row('waiting', facts.queue)} />
          <path className="worker is-exchanging" transform="translate(110 28)" d={row('away', at('handedOver'))} />
        </g>
      )}
    </>
  );
}
