/**
 * Which slide, and how much of it, as the end of an address: `#last-tenth`, or `#last-tenth/2` with two of its steps shown.
 * A slide is named after its heading, so that an address survives a new order. It knows no browser.
 */

/** A slide as far as an address knows it. */
export interface Named {
  id: string;
  /** How many steps it has. */
  steps: number;
}

export interface Place {
  /** Number of the slide, from 0. */
  slide: number;
  /** How many of its steps are shown, from 0. */
  step: number;
}

/** A place read off an address, and what was wrong with it. */
export interface Found extends Place {
  /** The name of the slide that is not there any more; null where all is well. */
  gone: string | null;
}

const shape = /^#?([A-Za-z0-9][A-Za-z0-9._-]{0,119})(?:\/(\d{1,3}))?$/;

/** The end of the address of a place, with its `#`. */
export function addressOfPlace(slides: readonly Named[], { slide, step }: Place): string {
  const named = slides[slide];
  if (named === undefined) return '';
  return `#${named.id}${step > 0 ? `/${step}` : ''}`;
}

/** How much two names have in common, in words between hyphens, counted from the front. */
function common(one: string, other: string): number {
  const [a, b] = [one.split('-'), other.split('-')];
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  return same;
}

/**
 * The place that the end of an address names. A slide that is gone gives the nearest: the one whose name has the most in common
 * with it from the front, or else the first. Nothing, or a number from 1, is understood too.
 */
export function placeIn(slides: readonly Named[], hash: string): Found {
  const text = hash.replace(/^#/, '');
  if (text === '' || slides.length === 0) return { slide: 0, step: 0, gone: null };
  const read = shape.exec(text);
  const name = read?.[1] ?? text.slice(0, 120);
  const step = Number(read?.[2] ?? 0);
  const at = slides.findIndex(({ id }) => id === name);
  if (at >= 0) return { slide: at, step: Math.min(step, slides[at]!.steps), gone: null };
  if (/^\d{1,3}$/.test(name) && Number(name) >= 1 && Number(name) <= slides.length)
    return { slide: Number(name) - 1, step: 0, gone: null };
  let nearest = 0;
  let most = 0;
  for (const [slide, { id }] of slides.entries()) {
    const same = common(name, id);
    if (same > most) [nearest, most] = [slide, same];
  }
  return { slide: nearest, step: 0, gone: name };
}

/** Slides whose number or heading somebody means by what they typed, best first. */
export function slidesMeant(slides: readonly { id: string; heading: string }[], typed: string): number[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return [];
  if (/^\d+$/.test(wanted)) {
    const number = Number(wanted);
    return number >= 1 && number <= slides.length ? [number - 1] : [];
  }
  const rank = ({ id, heading }: { id: string; heading: string }): number => {
    const text = heading.toLowerCase();
    if (text.startsWith(wanted) || id === wanted) return 0;
    if (text.split(/\s+/).some((word) => word.startsWith(wanted))) return 1;
    return text.includes(wanted) || id.includes(wanted) ? 2 : 3;
  };
  return slides
    .map((slide, at) => ({ at, rank: rank(slide) }))
    .filter((each) => each.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map(({ at }) => at);
}
