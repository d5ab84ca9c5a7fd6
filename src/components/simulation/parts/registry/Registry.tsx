/** A registry: a list, bound at its side. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';

export function Registry({ facts }: { facts: PartFacts }) {
  const { height: h } = facts.shape;
  return (
    <Block
      facts={facts}
      seams={`M8 14V${h - 14}`}
      emblem={<path d="M1 1H4V4H1ZM6 1H15V4H6ZM1 6.5H4V9.5H1ZM6 6.5H15V9.5H6ZM1 12H4V15H1ZM6 12H15V15H6Z" />}
    />
  );
}
