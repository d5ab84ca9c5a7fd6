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
  /** Minutes planned for that section; null where the lesson says nothing, as of its opening and its end. */
  minutes: number | null;
}

/** How a class of some length is made of a lesson's sections (see `classes` in lesson.yaml). */
export interface ClassPlan {
  /** Which sections with minutes of their own are given; all when left out. */
  sections?: readonly string[] | undefined;
  /** Minutes of work in pairs, before the quiz. */
  pairs?: number | undefined;
  /** Minutes for the quiz; when left out it is not given. */
  quiz?: number | undefined;
}

export interface Timetable {
  /** When each slide should begin, in minutes. */
  begins: number[];
  /** When the class should end, in minutes. */
  ends: number;
  /** Minutes for the section of each slide; null where it is left out. */
  own: (number | null)[];
}

/** The section of the questions, in every lesson. */
const QUIZ = 'quiz';

/**
 * When each slide should begin and the class end. A section's slides share its time evenly.
 * @param length how long the class is, in minutes; null for as long as the notes say in all.
 * @param plan what a class of that length gives. What is left of its time goes to the sections without minutes of their own; where
 *   it is too short for what it gives, or nothing is planned for it, all sections are shortened or stretched alike.
 */
export function planOf(slides: readonly Planned[], length: number | null, plan?: ClassPlan): Timetable {
  const inSection = new Map<string, number>();
  for (const { section } of slides) inSection.set(section, (inSection.get(section) ?? 0) + 1);
  const given = new Map<string, number>();
  const untimed: string[] = [];
  for (const { section, minutes } of slides) {
    if (given.has(section) || untimed.includes(section)) continue;
    if (plan !== undefined && section === QUIZ) {
      if (plan.quiz !== undefined) given.set(section, plan.quiz);
    } else if (minutes === null) untimed.push(section);
    else if (plan?.sections?.includes(section) ?? true) given.set(section, minutes);
  }
  for (const section of untimed) given.set(section, 0);
  const last = untimed.findLast((section) => section !== QUIZ);
  if (plan?.pairs !== undefined && last !== undefined) given.set(last, plan.pairs);
  const sum = (): number => [...given.values()].reduce((all, each) => all + each, 0);
  const spare = length === null || plan === undefined ? 0 : Math.max(0, length - sum());
  for (const section of untimed) given.set(section, given.get(section)! + spare / untimed.length);
  const scale = length === null || sum() === 0 ? 1 : length / sum();
  const own = slides.map(({ section }) => (given.has(section) ? given.get(section)! * scale : null));
  const begins: number[] = [];
  let at = 0;
  for (const [nth, { section }] of slides.entries()) {
    begins.push(at);
    at += (own[nth] ?? 0) / inSection.get(section)!;
  }
  return { begins, ends: at, own };
}

/**
 * How far behind the plan a class is, in minutes; negative when it is ahead. Within a slide's own time it is neither.
 * @param slide number of the slide that is shown.
 */
export function behind(plan: Pick<Timetable, 'begins' | 'ends'>, slide: number, minutes: number): number {
  const from = plan.begins[slide] ?? plan.ends;
  const to = plan.begins[slide + 1] ?? plan.ends;
  if (minutes < from) return minutes - from;
  return minutes > to ? minutes - to : 0;
}
