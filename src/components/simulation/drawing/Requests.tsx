/** The requests on one canvas over the drawing, painted anew whenever the moment changes, at most once a picture. */
import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { useStage } from '../context.ts';
import type { Layout } from './layout.ts';
import { paint, paletteOf, type Palette } from './paint.ts';
import { placeRequests } from './requests.ts';

/** How long it takes to move up in the line, in milliseconds. */
const STEP = 70;

export function Requests({ layout, parts }: { layout: Layout; parts: string[] }) {
  const { player, followed } = useStage();
  const canvas = useRef<HTMLCanvasElement>(null);
  /** The colours of the page; null before they have been read, and once they are others. To read them costs as much as to paint. */
  const palette = useRef<Palette | null>(null);
  const store = useStoreApi();

  useEffect(() => {
    const element = canvas.current!;
    const context = element.getContext('2d');
    if (context === null) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)');
    let asked = 0;
    let before = 0;
    let places = new Map<number, { x: number; y: number }>();

    const draw = (now: number): void => {
      asked = 0;
      const passed = Math.min(100, now - before);
      before = now;
      const ratio = devicePixelRatio;
      const {
        width: w,
        height: h,
        transform: [tx, ty, zoom],
      } = store.getState();
      if (element.width !== Math.round(w * ratio) || element.height !== Math.round(h * ratio)) {
        element.width = Math.round(w * ratio);
        element.height = Math.round(h * ratio);
      }
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, w, h);
      context.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * tx, ratio * ty);
      const frame = player.frame();
      const rows = new Set<number>();
      const hops = player.reader()?.run.trace!.hops;
      if (followed !== null && hops !== undefined) {
        for (const { hop } of frame.travelling) if (hops.request[hop] === followed) rows.add(hop);
      }
      const dots = placeRequests(frame, layout, parts, player.done, rows);
      // Who moves up in the line is seen to walk; on the links the run itself says where everybody is.
      const next = new Map<number, { x: number; y: number }>();
      let moving = false;
      const share = 1 - Math.exp(-passed / STEP);
      for (const dot of dots) {
        const last = places.get(dot.hop);
        if (last !== undefined && !still.matches && (dot.look === 'waiting' || dot.look === 'served')) {
          const [dx, dy] = [dot.x - last.x, dot.y - last.y];
          if (Math.abs(dx) + Math.abs(dy) > 0.5) {
            moving = true;
            dot.x = last.x + dx * share;
            dot.y = last.y + dy * share;
          }
        }
        next.set(dot.hop, { x: dot.x, y: dot.y });
      }
      places = next;
      if (followed !== null && hops !== undefined) {
        for (const dot of dots) if (hops.request[dot.hop] === followed) rows.add(dot.hop);
      }
      palette.current ??= paletteOf(element);
      paint(context, dots, palette.current, rows);
      element.dataset['requests'] = String(dots.length);
      if (moving) ask();
    };
    function ask(): void {
      if (asked === 0) asked = requestAnimationFrame(draw);
    }
    const recolour = (): void => {
      palette.current = null;
      ask();
    };
    const theme = new MutationObserver(recolour);
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] });
    const night = matchMedia('(prefers-color-scheme: dark)');
    night.addEventListener('change', recolour);
    const leave = player.subscribe(ask);
    // A drawing that was moved, zoomed or given another size is painted anew.
    const leaveStore = store.subscribe(ask);
    ask();
    return () => {
      leave();
      leaveStore();
      theme.disconnect();
      night.removeEventListener('change', recolour);
      cancelAnimationFrame(asked);
    };
  }, [player, layout, parts, store, followed]);

  return <canvas ref={canvas} className="requests" aria-hidden="true" />;
}
