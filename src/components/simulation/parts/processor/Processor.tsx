/** A processor: its body with legs at once, and what it is at as soon as that has been loaded. */
import { later } from '../basis/Later.tsx';
import type { PartFacts } from '../facts.ts';

const Inside = later(() => import('./ProcessorInside.tsx'));

export function Processor({ facts }: { facts: PartFacts }) {
  const { width, height } = facts.shape;
  const legs = Array.from({ length: 9 }, (_, each) => 34 + ((height - 68) * each) / 8);
  return (
    <g className={`part part-processor is-${facts.mood}`}>
      <path className="part-seams" d={legs.map((y) => `M-7 ${y}H0M${width} ${y}H${width + 7}`).join('')} />
      <rect className="part-body" width={width} height={height} rx="10" />
      <Inside facts={facts} />
    </g>
  );
}
