/** A function that is there only while it is called: cut corners, places that come and go. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';

export function CloudFunction({ facts }: { facts: PartFacts }) {
  const { width: w, height: h } = facts.shape;
  return (
    <Block
      facts={facts}
      outline={`M14 0H${w - 14}L${w} 14V${h - 14}L${w - 14} ${h}H14L0 ${h - 14}V14Z`}
      emblem={<path d="M3 1H7L13 15H10L7.6 9.2L4.6 15H1.6L6.3 6.2L5.2 3.4H3Z" />}
    />
  );
}
