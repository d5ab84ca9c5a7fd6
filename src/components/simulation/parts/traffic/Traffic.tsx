/** Those who ask: people, drawn plainly, and how many ask now. */
import type { PartFacts } from '../facts.ts';
import { Sign } from '../icons.tsx';

function Person({ x, y }: { x: number; y: number }) {
  return (
    <g className="person" transform={`translate(${x} ${y})`}>
      <circle cx="11" cy="7" r="6" />
      <path d="M0 30 V25 A11 10 0 0 1 22 25 V30 Z" />
    </g>
  );
}

export function Traffic({ facts }: { facts: PartFacts }) {
  const { shape, orientation, mood } = facts;
  const isWide = orientation === 'wide';
  return (
    <g className={`part part-traffic is-${mood}`}>
      <rect className="part-body" width={shape.width} height={shape.height} rx="10" />
      <text className="part-name" x="16" y={isWide ? 26 : 30}>
        {facts.name}
      </text>
      {[0, 1, 2].map((each) => (
        <Person key={each} x={(isWide ? 16 : 186) + each * 30} y={isWide ? 50 : 20} />
      ))}
      {mood === 'surge' ? <Sign name="surge" x={shape.width - 28} y={isWide ? 14 : 2} /> : null}
      <text className="part-count" x="16" y={isWide ? 105 : 52}>
        {facts.waiting}
      </text>
      <text className="part-status" x={isWide ? 16 : 112} y={isWide ? 124 : 30}>
        {facts.status}
      </text>
    </g>
  );
}
