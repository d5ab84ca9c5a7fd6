/**
 * The drawing on the wall of a classroom, where nothing may be small: its letters are as large as the least text there, whatever
 * the scale of the drawing; parts stand closer, and say less the larger their letters are. It knows no part.
 */
import type { Connections, PartState } from '../../../../simulations/index.ts';
import { fit, layoutOf, type Arranged, type Layout } from './layout.ts';

/** The least text of a wall as a share of the page's own size; the slides' styles say the same. */
const LEAST = 0.82;

/** How high the least letters are on this page, in pixels: 0 where it is no wall. */
export function leastLetters(): number {
  const root = document.documentElement;
  if (root.dataset['deck'] === undefined) return 0;
  return Number.parseFloat(getComputedStyle(root).fontSize) * LEAST;
}

/** From which height on letters no longer fit where many stand close, as on a map. */
export const LARGE = 14;

/** What a part has room to say in letters so high. */
export const wordsFor = (letters: number): 'all' | 'few' | 'name' =>
  letters <= 20 ? 'all' : letters <= 27 ? 'few' : 'name';

/** Of the two ways to arrange a drawing, the one that comes out larger in its room. */
export function roomiest(
  scenario: Arranged,
  states: Record<string, Pick<PartState, 'slots'>>,
  connections: Connections,
  box: { width: number; height: number },
): Layout {
  const [wide, tall] = (['wide', 'tall'] as const).map((orientation) =>
    layoutOf(scenario, states, orientation, connections, true),
  ) as [Layout, Layout];
  return fit(tall, box).zoom > fit(wide, box).zoom * 1.1 ? tall : wide;
}
