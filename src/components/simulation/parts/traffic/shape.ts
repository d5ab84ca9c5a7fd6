/** The room of those who ask: people side by side; nothing waits here. */
import type { Orientation, Shape } from '../shape.ts';

export function trafficShape(orientation: Orientation): Shape {
  const size = orientation === 'wide' ? { width: 136, height: 139 } : { width: 290, height: 74 };
  return { ...size, slots: [], lines: [], rest: { x: 0, y: 0 } };
}
