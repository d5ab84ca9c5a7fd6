/** An organisation: its body and what it is at, and the people and their code as soon as the drawing of those has been loaded. */
import { later } from '../basis/Later.tsx';
import { Fitted } from '../basis/Fitted.tsx';
import type { PartFacts } from '../facts.ts';
import { Sign } from '../icons.tsx';

const Inside = later(() => import('./OrganisationInside.tsx'));

export function Organisation({ facts }: { facts: PartFacts }) {
  const { width, height } = facts.shape;
  return (
    <g className={`part part-organisation is-${facts.mood}`}>
      <rect className="part-body" width={width} height={height} rx="10" />
      <svg className="emblem" x="15" y="12" width="18" height="18" viewBox="0 0 16 16" fill="currentColor">
        <path d="M6 0H10V4H6ZM7 4H9V7H14V11H12V9H9V11H7V9H4V11H2V7H7ZM1 11H5V15H1ZM6 11H10V15H6ZM11 11H15V15H11Z" />
      </svg>
      <Fitted className="part-name" x={40} y={26} room={width - 54} size={17}>
        {facts.name}
      </Fitted>
      <Sign name={facts.mood} x={16} y={36} />
      <Fitted className="part-status" x={36} y={48} room={width - 50}>
        {facts.status}
      </Fitted>
      <Inside facts={facts} />
    </g>
  );
}
