/** Whoever knows who somebody is: a block that ends in a point, like a badge, and a key. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';

export function Identity({ facts }: { facts: PartFacts }) {
  const { width: w, height: h } = facts.shape;
  return (
    <Block
      facts={facts}
      outline={`M10 0H${w - 10}Q${w} 0 ${w} 10V${h - 16}L${w - 16} ${h}H16L0 ${h - 16}V10Q0 0 10 0Z`}
      emblem={
        <path d="M5 1A5 5 0 1 1 4.9 1ZM5 4A2 2 0 1 0 5.1 4ZM8.5 7.5H15.5V12H13V10H11V11.4H8.8Z" fillRule="evenodd" />
      }
    />
  );
}
