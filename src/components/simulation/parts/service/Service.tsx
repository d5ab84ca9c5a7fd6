/** A service: a solid block, a line standing in front of its slots. The requests themselves are drawn over it. */
import type { PartFacts } from '../facts.ts';
import { Sign } from '../icons.tsx';
import { BODY_TOP, LINE_WIDTH } from './shape.ts';

export function Service({ facts }: { facts: PartFacts }) {
  const { shape, mood, slots } = facts;
  const floor = shape.height - 40;
  const right = shape.width - 16;
  return (
    <g className={`part part-service is-${mood}`}>
      <rect className="part-body" width={shape.width} height={shape.height} rx="10" />
      <text className="part-name" x="16" y="26">
        {facts.name}
      </text>
      <text className="part-status" x={right - 20} y="26" textAnchor="end">
        {facts.status}
      </text>
      <Sign name={mood} x={right - 14} y={14} />
      <line className="part-floor" x1="16" x2={16 + LINE_WIDTH} y1={floor} y2={floor} />
      {shape.slots.map((slot, index) => (
        <rect
          key={index}
          className={`slot${facts.busy[index] === true ? ' is-busy' : ''}${facts.stopped[index] === true ? ' is-stopped' : ''}`}
          x={slot.x}
          y={slot.y}
          width={slot.width}
          height={slot.height}
          rx={slot.width > 20 ? 6 : 2}
        />
      ))}
      {slots > shape.slots.length ? (
        <text className="part-note" x={right} y={BODY_TOP - 4} textAnchor="end">
          +{slots - shape.slots.length}
        </text>
      ) : null}
      <text className="part-count" x={shape.rest.x} y={shape.rest.y}>
        <tspan className="digits">{facts.waiting}</tspan>
      </text>
      {facts.hidden > 0 ? (
        <text className="part-hidden" x={16 + LINE_WIDTH} y={shape.rest.y} textAnchor="end">
          +{facts.hidden}
        </text>
      ) : null}
      <text className="part-count" x={right} y={shape.rest.y} textAnchor="end">
        {facts.slotsBusy}
      </text>
    </g>
  );
}
