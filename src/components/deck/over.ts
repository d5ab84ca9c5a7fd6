/** What lies over a slide: the teacher's pointer, lines drawn with a pen, and a closer look at one place. Places are shares of the wall. */
import { MOST_LINES, MOST_POINTS } from '../../core/deck/messages.ts';

export type Spot = [x: number, y: number];
export type Tool = 'none' | 'pointer' | 'pen';

export interface Over {
  readonly tool: Tool;
  take(tool: Tool): void;
  /** The slide that lies under it now. */
  under(slide: string): void;
  point(at: Spot | null): void;
  draw(slide: string, lines: Spot[][]): void;
  /** Wipes the slide that lies under it. */
  wipe(): void;
  /** Looks closer at a place, or at all again. */
  zoom(at: Spot | null): void;
  readonly zoomed: Spot | null;
}

interface Told {
  pointer(at: Spot | null): void;
  ink(slide: string, lines: Spot[][]): void;
}

/** How much nearer a closer look is. */
const NEARER = 2;
const SELDOM = 30;

export function lieOver(wall: HTMLElement, told: Told): Over {
  const ink = wall.querySelector<SVGElement>('.deck-ink')!;
  const dot = wall.querySelector<HTMLElement>('.deck-pointer')!;
  const seen = wall.querySelector<HTMLElement>('.reveal .slides')!;
  const drawn = new Map<string, Spot[][]>();
  let tool: Tool = 'none';
  let slide = '';
  let line: Spot[] | null = null;
  let zoomed: Spot | null = null;
  let sent = 0;

  const spot = (event: PointerEvent): Spot => {
    const box = wall.getBoundingClientRect();
    const share = (at: number, from: number, length: number): number =>
      Number(Math.min(1, Math.max(0, (at - from) / length)).toFixed(4));
    return [share(event.clientX, box.left, box.width), share(event.clientY, box.top, box.height)];
  };
  const show = (): void => {
    ink.replaceChildren(
      ...(drawn.get(slide) ?? []).map((points) => {
        const path = document.createElementNS('http://www.w3.org/2000/svg', 'polyline');
        path.setAttribute('points', points.map((point) => point.join(',')).join(' '));
        return path;
      }),
    );
  };
  const place = (at: Spot | null): void => {
    dot.hidden = at === null;
    if (at === null) return;
    dot.style.left = `${at[0] * 100}%`;
    dot.style.top = `${at[1] * 100}%`;
  };

  wall.addEventListener('pointermove', (event) => {
    if (tool === 'none') return;
    const at = spot(event);
    if (tool === 'pen') {
      if (line === null || line.length >= MOST_POINTS) return;
      line.push(at);
      show();
    }
    place(at);
    if (performance.now() - sent < SELDOM) return;
    sent = performance.now();
    told.pointer(at);
  });
  wall.addEventListener('pointerleave', () => {
    if (tool === 'none') return;
    place(null);
    told.pointer(null);
  });
  wall.addEventListener(
    'pointerdown',
    (event) => {
      if (tool !== 'pen') return;
      event.preventDefault();
      event.stopPropagation();
      wall.setPointerCapture(event.pointerId);
      const lines = drawn.get(slide) ?? [];
      if (lines.length >= MOST_LINES) lines.shift();
      line = [spot(event)];
      drawn.set(slide, [...lines, line]);
    },
    { capture: true },
  );
  wall.addEventListener('pointerup', () => {
    if (line === null) return;
    line = null;
    told.ink(slide, drawn.get(slide) ?? []);
  });

  return {
    get tool() {
      return tool;
    },
    get zoomed() {
      return zoomed;
    },
    take(next) {
      tool = next;
      wall.dataset['tool'] = next;
      if (next === 'none') {
        place(null);
        told.pointer(null);
      }
    },
    under(id) {
      slide = id;
      line = null;
      show();
    },
    point: place,
    draw(id, lines) {
      drawn.set(id, lines);
      if (id === slide) show();
    },
    wipe() {
      drawn.delete(slide);
      show();
      told.ink(slide, []);
    },
    zoom(at) {
      zoomed = at;
      seen.style.transformOrigin = at === null ? '' : `${at[0] * 100}% ${at[1] * 100}%`;
      seen.style.scale = at === null ? '' : String(NEARER);
    },
  };
}
