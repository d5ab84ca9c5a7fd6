/** A memory: its body at once, and what is in it as soon as that has been loaded. */
import { later } from '../basis/Later.tsx';
import type { PartFacts } from '../facts.ts';

const Inside = later(() => import('./MemoryInside.tsx'));

export function Memory({ facts }: { facts: PartFacts }) {
  const { width, height } = facts.shape;
  return (
    <g className={`part part-memory is-${facts.mood}`}>
      <rect className="part-body" width={width} height={height} rx="4" />
      <Inside facts={facts} />
    </g>
  );
}
