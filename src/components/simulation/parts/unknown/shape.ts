/** The room of a part that nobody has drawn yet: a plain box, with slots and a line where it has them. */
import type { Shape } from '../shape.ts';
import { serviceShape } from '../service/shape.ts';

export function unknownShape(slots: readonly { instance: number }[]): Shape {
  if (slots.length > 0) return serviceShape(slots);
  return { width: 150, height: 72, slots: [], lines: [], rest: { x: 0, y: 0 } };
}
