/** A gateway: a wall that requests pass through, with a line and slots like a service. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';

export function Gateway({ facts }: { facts: PartFacts }) {
  const { width: w, height: h } = facts.shape;
  return (
    <Block
      facts={facts}
      outline={`M10 0H${w - 10}Q${w} 0 ${w} 10V${h - 10}Q${w} ${h} ${w - 10} ${h}H10Q0 ${h} 0 ${h - 10}V10Q0 0 10 0Z`}
      seams={`M5 8V${h - 8}M${w - 5} 8V${h - 8}`}
      emblem={<path d="M1 15V7A7 6 0 0 1 15 7V15H11V8A3 3 0 0 0 5 8V15Z" />}
    />
  );
}
