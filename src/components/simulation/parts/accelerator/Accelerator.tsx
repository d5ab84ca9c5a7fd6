/** An accelerator: the batch on the device in its frame, and the next batch framed in the line while it fills. */
import { Block } from '../basis/Block.tsx';
import type { PartFacts } from '../facts.ts';
import { lineFor, type Box } from '../shape.ts';

/** A frame round some places. */
function frame(boxes: readonly Box[], by: number): string {
  const left = Math.min(...boxes.map(({ x }) => x)) - by;
  const top = Math.min(...boxes.map(({ y }) => y)) - by;
  const right = Math.max(...boxes.map(({ x, width }) => x + width)) + by;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + by;
  return `M${left} ${top}H${right}V${bottom}H${left}Z`;
}

export function Accelerator({ facts }: { facts: PartFacts }) {
  const { shape, queue, slots, instances } = facts;
  const line = lineFor(shape, queue);
  const batch = Math.round(slots / Math.max(1, instances));
  const spots = (line?.spots.slice(0, batch) ?? []).map(({ x, y }) => ({ x, y, width: 0, height: 0 }));
  return (
    <>
      <Block
        facts={facts}
        emblem={
          <path d="M3 3H13V13H3ZM5 0H6.5V3H5ZM9.5 0H11V3H9.5ZM5 13H6.5V16H5ZM9.5 13H11V16H9.5ZM0 5H3V6.5H0ZM0 9.5H3V11H0ZM13 5H16V6.5H13ZM13 9.5H16V11H13Z" />
        }
      />
      {shape.slots.length === 0 || batch < 2 ? null : (
        <>
          {instances === 1 ? <path className="batch" d={frame(shape.slots, 4)} /> : null}
          <path className={queue >= batch ? 'batch' : 'batch is-filling'} d={frame(spots, (line?.radius ?? 0) + 2)} />
        </>
      )}
    </>
  );
}
