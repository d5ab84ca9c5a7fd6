/** An instance as a small square: what state it is in is told by a figure in it as well as by colour and line. */
import type { InstanceState } from '../../../../core/playback/parts/instances.ts';
import type { Box } from '../shape.ts';

/** Figures in a square of ten. */
const figures: Record<InstanceState, string> = {
  ready: '',
  // a stroke and a dot
  sick: 'M5 1.5V6M5 7.6V8.8',
  // a bar, as on a sign that says no entry
  out: 'M2 5H8',
  // an arrow up, and down
  starting: 'M5 8.6V1.8M2.2 4.6L5 1.8L7.8 4.6',
  stopping: 'M5 1.4V8.2M2.2 5.4L5 8.2L7.8 5.4',
  stopped: 'M3.4 2V8M6.6 2V8',
  dead: 'M2 2L8 8M8 2L2 8',
  absent: '',
};

/** The figure of a state over a slot; none where the slot works. */
export function SlotMark({ state, box }: { state: InstanceState; box: Box }) {
  if (figures[state] === '') return null;
  const size = Math.min(box.width, 22) * 0.7;
  return (
    <path
      className={`state-mark is-${state}`}
      d={figures[state]}
      transform={`translate(${box.x + (box.width - size) / 2} ${box.y + (box.height - size) / 2}) scale(${size / 10})`}
    />
  );
}

export function Instance({ state, x, y, size }: { state: InstanceState; x: number; y: number; size: number }) {
  return (
    <g className="instance">
      <rect className={`instance-box is-${state}`} x={x} y={y} width={size} height={size} rx="3" />
      <SlotMark state={state} box={{ x, y, width: size, height: size }} />
    </g>
  );
}
