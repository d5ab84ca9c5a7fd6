/** A message bus: a bar along which everything passes, heavier at its top and foot. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';

export function Bus({ facts }: { facts: PartFacts }) {
  const { width: w, height: h } = facts.shape;
  return (
    <Block
      facts={facts}
      seams={`M10 4H${w - 10}M10 ${h - 4}H${w - 10}`}
      emblem={<path d="M1 6H15V10H1ZM3 1H5V5H3ZM11 1H13V5H11ZM7 11H9V15H7Z" />}
    />
  );
}
