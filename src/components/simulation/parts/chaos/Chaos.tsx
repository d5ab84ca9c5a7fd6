/** Chaos: a plate with a flash, and how much is broken now. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';

export function Chaos({ facts }: { facts: PartFacts }) {
  const { width: w, height: h } = facts.shape;
  return (
    <Block
      facts={facts}
      outline={`M16 0H${w - 16}Q${w} 0 ${w} 16V${h - 16}Q${w} ${h} ${w - 16} ${h}H16Q0 ${h} 0 ${h - 16}V16Q0 0 16 0Z`}
      emblem={<path d="M9.5 0L2 9H7L5.6 16L14 6.4H8.6Z" />}
    />
  );
}
