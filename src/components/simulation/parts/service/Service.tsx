/** A service: a solid block, a line standing in front of its slots. The requests themselves are drawn over it. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';

export function Service({ facts }: { facts: PartFacts }) {
  return <Block facts={facts} emblem={<path d="M1 2H15V14H1ZM3.4 4.6V11.6H12.6V4.6Z" fillRule="evenodd" />} />;
}
