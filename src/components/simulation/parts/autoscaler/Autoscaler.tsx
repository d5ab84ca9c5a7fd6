/** An autoscaler: a plate that says how many instances it wants, and how many there are. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';

export function Autoscaler({ facts }: { facts: PartFacts }) {
  const { width: w, height: h } = facts.shape;
  return (
    <Block
      facts={facts}
      outline={`M16 0H${w - 16}Q${w} 0 ${w} 16V${h - 16}Q${w} ${h} ${w - 16} ${h}H16Q0 ${h} 0 ${h - 16}V16Q0 0 16 0Z`}
      emblem={<path d="M8 0L12 4.4H9V11.6H12L8 16L4 11.6H7V4.4H4Z" />}
    />
  );
}
