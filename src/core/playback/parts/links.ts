/** What the caller's policy on each link is in at a moment: its breaker by its marks, its cuts by the faults that are on. Exact. */
import type { Mark } from '../../../../simulations/index.ts';

export interface LinkStanding {
  /** Absent where no breaker has ever turned. */
  breaker?: 'closed' | 'open' | 'half-open';
  isCut: boolean;
}

interface Turns {
  at: number[];
  state: NonNullable<LinkStanding['breaker']>[];
}

const isState = (detail: string): detail is NonNullable<LinkStanding['breaker']> =>
  detail === 'closed' || detail === 'open' || detail === 'half-open';

/**
 * Prepares the links of a run. @param breakers links that have a breaker, by `caller>callee`: closed until a mark says otherwise.
 * @param cuts ids of the faults that cut a link while they last.
 */
export function readLinks(
  marks: readonly Mark[],
  breakers: readonly string[],
  cuts: readonly string[],
): (time: number, faults: readonly { part: string; fault: string }[]) => Record<string, LinkStanding> {
  const turns = new Map<string, Turns>(breakers.map((link) => [link, { at: [], state: [] }]));
  for (const { at, part, kind, detail } of marks) {
    if (kind !== 'breaker' || !isState(detail)) continue;
    const known = turns.get(part) ?? { at: [], state: [] };
    turns.set(part, known);
    known.at.push(at);
    known.state.push(detail);
  }
  return (time, faults) => {
    const links: Record<string, LinkStanding> = {};
    for (const [link, { at, state }] of turns) {
      let place = at.length - 1;
      while (place >= 0 && at[place]! > time) place -= 1;
      links[link] = { breaker: place < 0 ? 'closed' : state[place]!, isCut: false };
    }
    for (const { part, fault } of faults) if (cuts.includes(fault)) links[part] = { ...links[part], isCut: true };
    return links;
  };
}
