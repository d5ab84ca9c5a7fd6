/** Paints requests on a canvas, all of one look at once. It knows colours and shapes, not where requests come from. */
import { figureOf } from './figures.ts';
import { RADIUS, type Dot, type Look } from './requests.ts';

export type Palette = Record<Look | 'served-fill' | 'followed' | 'paper', string>;

/** The colours of the page as it is now, by day or by night. */
export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(name).trim() || '#888';
  return {
    out: colour('--ink'),
    waiting: colour('--waiting'),
    served: colour('--busy'),
    answered: colour('--healthy'),
    retried: colour('--waiting'),
    late: colour('--ink-faint'),
    refused: colour('--failing'),
    'timed-out': colour('--failing'),
    failed: colour('--failing'),
    'served-fill': colour('--busy-soft'),
    followed: colour('--thread'),
    paper: colour('--paper-raised'),
  };
}

const FULL = Math.PI * 2;

/** @param followed rows of hops that the reader follows. */
export function paint(
  context: CanvasRenderingContext2D,
  dots: readonly Dot[],
  palette: Palette,
  followed: ReadonlySet<number>,
): void {
  context.fillStyle = palette['served-fill'];
  for (const dot of dots) {
    if (dot.slot === 0) continue;
    const side = dot.slot - 4;
    context.fillRect(dot.x - side / 2, dot.y + side / 2 - side * dot.done, side, side * dot.done);
  }
  for (const look of ['out', 'waiting', 'served'] as const) {
    context.fillStyle = palette[look];
    context.beginPath();
    for (const { look: its, x, y, radius } of dots) {
      if (its !== look) continue;
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, FULL);
    }
    context.fill();
  }
  context.lineWidth = 2.4;
  context.strokeStyle = palette.answered;
  context.fillStyle = palette.paper;
  context.beginPath();
  for (const { look, x, y } of dots) {
    if (look !== 'answered') continue;
    context.moveTo(x + RADIUS - 1, y);
    context.arc(x, y, RADIUS - 1, 0, FULL);
  }
  context.fill();
  context.stroke();
  for (const look of ['retried', 'late', 'refused', 'timed-out', 'failed'] as const) {
    context.strokeStyle = palette[look];
    context.fillStyle = look === 'retried' ? palette.retried : palette.paper;
    const { outline, isOpen } = figureOf[look];
    context.beginPath();
    for (const { look: its, x, y } of dots) {
      if (its !== look) continue;
      for (const stroke of outline) {
        for (const [place, [dx, dy]] of stroke.entries()) {
          if (place === 0) context.moveTo(x + dx, y + dy);
          else context.lineTo(x + dx, y + dy);
        }
      }
    }
    if (!isOpen) context.fill();
    context.stroke();
  }
  if (followed.size === 0) return;
  context.strokeStyle = palette.followed;
  context.lineWidth = 3;
  context.beginPath();
  for (const { hop, x, y } of dots) {
    if (!followed.has(hop)) continue;
    context.moveTo(x + RADIUS + 5, y);
    context.arc(x, y, RADIUS + 5, 0, FULL);
  }
  context.stroke();
}
