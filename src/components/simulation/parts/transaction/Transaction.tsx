/** The coordinator of transactions: a sheet with a folded corner. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';

export function Transaction({ facts }: { facts: PartFacts }) {
  const { width: w, height: h } = facts.shape;
  return (
    <Block
      facts={facts}
      outline={`M10 0H${w - 22}L${w} 22V${h - 10}Q${w} ${h} ${w - 10} ${h}H10Q0 ${h} 0 ${h - 10}V10Q0 0 10 0Z`}
      seams={`M${w - 22} 0V22H${w}`}
      emblem={<path d="M2 1H10L14 5V15H2ZM4.2 7.4V9H11.8V7.4ZM4.2 11V12.6H9V11Z" fillRule="evenodd" />}
    />
  );
}
