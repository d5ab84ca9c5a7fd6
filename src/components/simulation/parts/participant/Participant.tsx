/** Somebody who takes part in transactions: a block with a lock, and what is locked or in doubt in it. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';

export function Participant({ facts }: { facts: PartFacts }) {
  return (
    <Block
      facts={facts}
      emblem={
        <path d="M3.5 7V5A4.5 4.4 0 0 1 12.5 5V7H14V15H2V7ZM5.6 7H10.4V5.2A2.4 2.3 0 0 0 5.6 5.2Z" fillRule="evenodd" />
      }
    />
  );
}
