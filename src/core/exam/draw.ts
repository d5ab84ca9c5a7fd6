/**
 * Which questions are asked, and in which order: drawn by a seed, spread over topics, with the types of question mixed. The same
 * pool and seed give the same draw, whatever the order of the pool. It knows no quiz file, no record and no view.
 */
import { shuffled } from '../quiz/shuffle.ts';

/** A question that may be drawn. */
export interface Askable {
  lesson: string;
  question: string;
  rev: number;
  topic: string;
  type: string;
}

/** One text for a question of a lesson, as an exam writes down what was drawn. */
export const askedAs = ({ lesson, question }: Pick<Askable, 'lesson' | 'question'>): string => `${lesson}/${question}`;

/** A seed stands on both sides of an id, since ids that differ in their last letter alone would otherwise keep their order. */
const mixed = (ids: Iterable<string>, seed: string): string[] =>
  shuffled(
    [...new Set(ids)].map((id) => `${id} ${seed}`),
    seed,
  ).map((id) => id.slice(0, -seed.length - 1));

/**
 * At most `count` of the pool, each once. Groups take turns: none comes a second time before every other has come once, for as long
 * as it has questions left. Within a group, a type comes first that was drawn least so far.
 */
export function spread<One extends Askable>(
  pool: readonly One[],
  count: number,
  seed: string,
  groupOf: (one: One) => string,
): One[] {
  const byKey = new Map(pool.map((one) => [askedAs(one), one]));
  const groups = new Map<string, One[]>();
  for (const key of mixed(byKey.keys(), seed)) {
    const one = byKey.get(key) as One;
    const group = groups.get(groupOf(one)) ?? [];
    group.push(one);
    groups.set(groupOf(one), group);
  }
  const turns = mixed(groups.keys(), seed);
  const drawn: One[] = [];
  const types = new Map<string, number>();
  const wanted = Math.min(count, byKey.size);
  while (drawn.length < wanted)
    for (const turn of turns) {
      const left = groups.get(turn) ?? [];
      if (left.length === 0 || drawn.length >= wanted) continue;
      const least = Math.min(...left.map(({ type }) => types.get(type) ?? 0));
      const [one] = left.splice(
        left.findIndex(({ type }) => (types.get(type) ?? 0) === least),
        1,
      ) as [One];
      types.set(one.type, least + 1);
      drawn.push(one);
    }
  return drawn;
}

/** The questions of an exam: spread over topics. */
export const drawExam = <One extends Askable>(pool: readonly One[], count: number, seed: string): One[] =>
  spread(pool, count, seed, ({ topic }) => topic);

/** All of these questions, one lesson after the other taking turns: what is mixed is remembered better. */
export const interleave = <One extends Askable>(pool: readonly One[], seed: string): One[] =>
  spread(pool, pool.length, seed, ({ lesson }) => lesson);

/** How many questions an exam may have, for a pool of this size: round numbers, and all of a pool that is small. */
export function examSizes(pool: number): number[] {
  const round = [10, 20, 40].filter((size) => size <= pool);
  return pool === 0 || pool > 40 || round.includes(pool) ? round : [...round, pool];
}
