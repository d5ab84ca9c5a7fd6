/** A memory: its body at once, and what is in it as soon as that has been loaded. */
import { lazy, Suspense } from 'react';
import type { PartFacts } from '../facts.ts';

const Inside = lazy(() => import('./MemoryInside.tsx'));

export function Memory({ facts }: { facts: PartFacts }) {
  const { width, height } = facts.shape;
  return (
    <g className={`part part-memory is-${facts.mood}`}>
      <rect className="part-body" width={width} height={height} rx="4" />
      <Suspense fallback={null}>
        <Inside facts={facts} />
      </Suspense>
    </g>
  );
}
