/** A prober: a plate with a pulse, and how many it has restarted. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';

export function Prober({ facts }: { facts: PartFacts }) {
  const { width: w, height: h } = facts.shape;
  return (
    <Block
      facts={facts}
      outline={`M16 0H${w - 16}Q${w} 0 ${w} 16V${h - 16}Q${w} ${h} ${w - 16} ${h}H16Q0 ${h} 0 ${h - 16}V16Q0 0 16 0Z`}
      emblem={<path d="M0 8H4L6 2.5L9.4 13.5L11.6 8H16" fill="none" stroke="currentColor" strokeWidth="2" />}
    />
  );
}
