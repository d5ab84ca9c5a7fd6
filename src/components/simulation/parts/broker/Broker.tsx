/** A broker: a long drum lying down, whose lags are bars that grow. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';

export function Broker({ facts }: { facts: PartFacts }) {
  const { width: w, height: h } = facts.shape;
  return (
    <Block
      facts={facts}
      outline={`M22 0H${w - 22}Q${w} 0 ${w} ${h / 2}Q${w} ${h} ${w - 22} ${h}H22Q0 ${h} 0 ${h / 2}Q0 0 22 0Z`}
      emblem={<path d="M1 2H12V4.6H1ZM1 6.7H15V9.3H1ZM1 11.4H9V14H1Z" />}
    />
  );
}
