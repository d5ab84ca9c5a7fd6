/** A bill: a sheet with a torn foot, what the machines cost now, and how much of that has something to do. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';
import { TEAR, TOOTH } from './shape.ts';

/** The torn foot, from right to left. */
function foot(width: number, height: number): string {
  const teeth = Math.floor(width / TOOTH);
  const wide = width / teeth;
  let path = '';
  for (let tooth = 0; tooth < teeth; tooth += 1)
    path += `L${width - (tooth + 0.5) * wide} ${height - TEAR}L${width - (tooth + 1) * wide} ${height}`;
  return path;
}

export function Bill({ facts }: { facts: PartFacts }) {
  const { width, height } = facts.shape;
  // what is written stands above the tear
  const written = { ...facts, shape: { ...facts.shape, height: height - TEAR } };
  return (
    <Block
      facts={written}
      outline={`M0 0H${width}V${height}${foot(width, height)}Z`}
      emblem={<path d="M2 0H14V16L11 13.6L8 16L5 13.6L2 16ZM5 4V5.6H11V4ZM5 8V9.6H11V8Z" fillRule="evenodd" />}
    />
  );
}
