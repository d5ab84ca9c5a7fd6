/** What of a lesson is known, shaky or not answered yet, by the heading that explains it. It knows no view and no storage. */
import { isDue, keyOf, type Asked, type Learnt } from './schedule.ts';

/** A question, and the heading of its lesson that explains it. */
export interface Explained extends Asked {
  topic: string;
  /** Id of the heading. */
  reread: string;
}

export type Standing = 'known' | 'shaky' | 'unseen';

/** Known: the last attempt that counted was right, not by a guess, and it is not due again. Shaky: answered, but not known. */
export function standingOf(one: Learnt | undefined, now: number): Standing {
  if (one === undefined) return 'unseen';
  return one.right && one.confidence !== 'guess' && !isDue(one, now) ? 'known' : 'shaky';
}

/** One heading, and how many of its questions stand how. */
export interface Mapped {
  lesson: string;
  topic: string;
  reread: string;
  counts: Record<Standing, number>;
  /** Of the whole: shaky when anything is, known when everything is, else something is still unseen. */
  standing: Standing;
}

/** A line for every heading that questions point to, in the order of the questions. */
export function topicMap(questions: readonly Explained[], all: readonly Learnt[], now: number): Mapped[] {
  const known = new Map(all.map((one) => [keyOf(one.lesson, one.question), one]));
  const lines = new Map<string, Mapped>();
  for (const { lesson, question, topic, reread } of questions) {
    const key = JSON.stringify([lesson, topic, reread]);
    const line: Mapped = lines.get(key) ?? {
      lesson,
      topic,
      reread,
      counts: { known: 0, shaky: 0, unseen: 0 },
      standing: 'unseen',
    };
    line.counts[standingOf(known.get(keyOf(lesson, question)), now)] += 1;
    const { shaky, unseen } = line.counts;
    line.standing = shaky > 0 ? 'shaky' : unseen > 0 ? 'unseen' : 'known';
    lines.set(key, line);
  }
  return [...lines.values()];
}
