/** Where people stand in a ring, team by team with a gap between teams, and what is written on them. It knows no links. */
import type { Scenario } from '../../../../../simulations/index.ts';

export interface Place {
  x: number;
  y: number;
  /** From the top, clockwise, in radians. */
  angle: number;
}

interface Ring {
  x: number;
  y: number;
  radius: number;
}

/** A gap between two teams, in places. */
const GAP = 0.9;

/** The place of each person, by their teams. */
export function placesInRing(teams: readonly number[], { x, y, radius }: Ring): Place[] {
  const order = teams.map((_, person) => person).toSorted((a, b) => teams[a]! - teams[b]! || a - b);
  const groups = new Set(teams).size;
  const step = (2 * Math.PI) / (teams.length + GAP * groups);
  const places: Place[] = [];
  let at = GAP / 2 + 0.5;
  for (const [place, person] of order.entries()) {
    if (place > 0) at += teams[person] === teams[order[place - 1]!] ? 1 : 1 + GAP;
    const angle = at * step;
    places[person] = {
      x: Math.round(x + radius * Math.sin(angle)),
      y: Math.round(y - radius * Math.cos(angle)),
      angle,
    };
  }
  return places;
}

/** The first letter of each person's name, where a dial of the scenario puts them into a team and so has one; else their number. */
export function initials(
  { dials }: Pick<Scenario, 'dials'>,
  part: string,
  people: number,
  nameOf: (dial: string) => string | undefined,
): string[] {
  return Array.from({ length: people }, (_, person) => {
    const ends = new RegExp(`^parts\\.${part}\\.charts\\.[^.]+\\.${person}$`);
    const dial = dials.find(({ sets }) => sets.some((each) => ends.test(typeof each === 'string' ? each : each.place)));
    const name = dial === undefined ? undefined : nameOf(dial.id);
    return name === undefined ? String(person + 1) : ([...name][0] ?? '');
  });
}
