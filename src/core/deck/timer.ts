/**
 * The time of a class against the plan: how long the slides so far should have taken, and how long it really took.
 * Times are in milliseconds where nothing else is said. It knows no clock; whoever asks says what time it is.
 */

/** A watch that can be stopped: what it had counted when it was last started or stopped, and since when it runs. */
export interface Watch {
  counted: number;
  /** When it was started; null while it stands. */
  since: number | null;
}

export const stopped: Watch = { counted: 0, since: null };

/** What a watch shows at a moment. */
export const elapsed = (watch: Watch, now: number): number =>
  watch.counted + (watch.since === null ? 0 : Math.max(0, now - watch.since));

export const start = (watch: Watch, now: number): Watch => (watch.since === null ? { ...watch, since: now } : watch);

export const stop = (watch: Watch, now: number): Watch => ({ counted: elapsed(watch, now), since: null });

/** A slide's place in the plan. */
export interface Planned {
  /** The section that it belongs to. */
  section: string;
  /** Minutes planned for that section; null where the lesson says nothing. */
  minutes: number | null;
}

/**
 * When each slide should begin and the class end, in minutes, when a class is as long as is wished: the sections share the
 * time as the lesson's notes plan it, a section's slides share its time evenly.
 * @param length how long the class is, in minutes; null for as long as the notes say in all.
 */
export function planOf(slides: readonly Planned[], length: number | null): { begins: number[]; ends: number } {
  const inSection = new Map<string, number>();
  for (const { section } of slides) inSection.set(section, (inSection.get(section) ?? 0) + 1);
  const own = slides.map(({ section, minutes }) => (minutes ?? 0) / inSection.get(section)!);
  const all = own.reduce((sum, each) => sum + each, 0);
  const scale = length === null || all === 0 ? 1 : length / all;
  const begins: number[] = [];
  let at = 0;
  for (const each of own) {
    begins.push(at);
    at += each * scale;
  }
  return { begins, ends: at };
}

/**
 * How far behind the plan a class is, in minutes; negative when it is ahead. Within a slide's own time it is neither.
 * @param slide number of the slide that is shown.
 */
export function behind(plan: { begins: number[]; ends: number }, slide: number, minutes: number): number {
  const from = plan.begins[slide] ?? plan.ends;
  const to = plan.begins[slide + 1] ?? plan.ends;
  if (minutes < from) return minutes - from;
  return minutes > to ? minutes - to : 0;
}
