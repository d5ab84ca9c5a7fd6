/** A stream of changes: its body and what it is at, and the map of its components as soon as the drawing of that has been loaded. */
import { later } from '../basis/Later.tsx';
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';

const Inside = later(() => import('./ChangesInside.tsx'));

export function Changes({ facts }: { facts: PartFacts }) {
  return (
    <>
      <Block
        facts={facts}
        emblem={<path d="M1 1H7V7H1ZM9 1H15V7H9ZM1 9H7V15H1ZM10 8H11V11H14V12H11V15H10V12H7V11H10Z" />}
      />
      {/* Among many parts there is room for a name and what it is at. */}
      {facts.shape.isCompact === true ? null : <Inside facts={facts} />}
    </>
  );
}
