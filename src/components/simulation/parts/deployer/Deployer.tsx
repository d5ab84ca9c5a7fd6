/** A deployer: a plate that says how far the release is. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';

export function Deployer({ facts }: { facts: PartFacts }) {
  const { width: w, height: h } = facts.shape;
  return (
    <Block
      facts={facts}
      outline={`M16 0H${w - 16}Q${w} 0 ${w} 16V${h - 16}Q${w} ${h} ${w - 16} ${h}H16Q0 ${h} 0 ${h - 16}V16Q0 0 16 0Z`}
      emblem={<path d="M8 0L14 6H10.2V11H5.8V6H2ZM1 13H15V15.4H1Z" />}
    />
  );
}
