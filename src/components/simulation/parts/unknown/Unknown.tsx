/** A part of a kind that has no drawing of its own yet: its name, its state, and its slots and line where it has them. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';

export function Unknown({ facts }: { facts: PartFacts }) {
  return <Block facts={facts} />;
}
