/** A balancer: a block that points to where requests go, and the instances that it chooses from. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';

export function Balancer({ facts }: { facts: PartFacts }) {
  const { width: w, height: h } = facts.shape;
  return (
    <Block
      facts={facts}
      outline={`M10 0H${w - 16}L${w} ${h / 2}L${w - 16} ${h}H10Q0 ${h} 0 ${h - 10}V10Q0 0 10 0Z`}
      emblem={<path d="M0 7H5L10 2.2H16V4.2H11L8 7H16V9H8L11 11.8H16V13.8H10L5 9H0Z" />}
    />
  );
}
