/** A part of a kind that has no drawing of its own yet: its name, its state, and its slots and line where it has them. */
import type { PartFacts } from '../facts.ts';
import { Service } from '../service/Service.tsx';

export function Unknown({ facts }: { facts: PartFacts }) {
  if (facts.slots > 0) return <Service facts={facts} />;
  return (
    <g className={`part part-unknown is-${facts.mood}`}>
      <rect className="part-body" width={facts.shape.width} height={facts.shape.height} rx="10" />
      <text className="part-name" x="16" y="30">
        {facts.name}
      </text>
      <text className="part-status" x="16" y="52">
        {facts.status}
      </text>
    </g>
  );
}
