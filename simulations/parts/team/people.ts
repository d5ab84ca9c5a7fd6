/** The people of a team as numbers: how fast each is at each class of work. It knows no work. */
import type { TeamSettings } from './settings.ts';

/** What is left for work at the least, however much there is to talk about. */
const LEAST_LEFT = 0.05;

/**
 * How fast each person is at each class: by person, then by class; 0 for what they cannot do. A person who talks to each of
 * n − 1 others for a share s of the time has 1 − s (n − 1) left: the talk within a group grows with the pairs in it
 * (Brooks, The Mythical Man-Month, 1975).
 */
export function speedsOf(
  { people, talk }: Pick<TeamSettings, 'people' | 'talk'>,
  classes: readonly string[],
): number[][] {
  const count = people.reduce((sum, group) => sum + group.count, 0);
  const left = Math.max(LEAST_LEFT, 1 - talk * Math.max(0, count - 1));
  return people.flatMap(({ count: many, speed, skills, only }) => {
    const own = classes.map((name) => speed * left * (Object.hasOwn(skills, name) ? skills[name]! : only ? 0 : 1));
    return Array.from({ length: many }, () => own);
  });
}
