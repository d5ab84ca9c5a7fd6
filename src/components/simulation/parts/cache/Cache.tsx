/** A cache: a short stack of sheets, and how many of the reads found what they asked for. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';

export function Cache({ facts }: { facts: PartFacts }) {
  const { width: w, height: h } = facts.shape;
  return (
    <Block
      facts={facts}
      outline={`M10 0H${w - 10}Q${w} 0 ${w} 10V${h - 10}Q${w} ${h} ${w - 10} ${h}H10Q0 ${h} 0 ${h - 10}V10Q0 0 10 0Z`}
      seams={`M8 ${h + 4}H${w - 8}M14 ${h + 8}H${w - 14}`}
      emblem={<path d="M8 1L15 4.5L8 8L1 4.5ZM1.5 8L8 11.2L14.5 8V10L8 13.2L1.5 10Z" />}
    />
  );
}
