/** A landscape of choices: its body and what it is at, and the teams with their choices as soon as the drawing of those has been loaded. */
import { later } from '../basis/Later.tsx';
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';

const Inside = later(() => import('./LandscapeInside.tsx'));

export function Landscape({ facts }: { facts: PartFacts }) {
  return (
    <>
      <Block
        facts={facts}
        emblem={<path d="M0 14L5 5L8 9L11 2L16 14ZM4 11.5H12L10.8 8.2L8.4 11.2L5.4 7.6Z" fillRule="evenodd" />}
      />
      {/* Among many parts there is room for a name and what it is at. */}
      {facts.shape.isCompact === true ? null : <Inside facts={facts} />}
    </>
  );
}
