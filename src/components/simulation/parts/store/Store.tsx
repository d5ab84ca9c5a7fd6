/** A database: a drum, with its pool of connections, its threads, its locks and how far its copies are behind. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';

export function Store({ facts }: { facts: PartFacts }) {
  const { width: w, height: h } = facts.shape;
  return (
    <Block
      facts={facts}
      outline={`M0 5A${w / 2} 5 0 0 1 ${w} 5V${h - 5}A${w / 2} 5 0 0 1 0 ${h - 5}Z`}
      seams={`M0 5A${w / 2} 5 0 0 0 ${w} 5`}
      emblem={
        <path
          d="M1 4A7 3 0 0 1 15 4V12A7 3 0 0 1 1 12ZM2.5 4.4A5.5 1.9 0 0 0 13.5 4.4A5.5 1.9 0 0 0 2.5 4.4Z"
          fillRule="evenodd"
        />
      }
    />
  );
}
