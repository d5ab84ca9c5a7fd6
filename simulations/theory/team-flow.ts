/** The mean lead time of changes through teams, read off a scenario: only where each team is one person who does one thing after the other. */
import { cv2Of, isExponential, meanOf, type Distribution } from '../distributions/index.ts';
import type { Scenario } from '../scenario.ts';
import { inARow, inOneGo } from './flow.ts';

type Part = Scenario['parts'][string];
type Team = Extract<Part, { kind: 'team' }>;
type Traffic = Extract<Part, { kind: 'traffic' }>;

/** Classes that make up less than this share of what comes are left out. */
const NEARLY_NONE = 1e-3;

/** How fast the one person of a team is; null where a formula would not hold. */
function paceOf({ people, meetings, talk, interrupts, calls, finish, inHand }: Team): number | null {
  const [own, ...more] = people.filter(({ count }) => count > 0);
  if (own === undefined || more.length > 0 || own.count !== 1 || Object.keys(own.skills).length > 0) return null;
  if (meetings !== null || talk > 0 || interrupts.length > 0 || calls.length > 0 || finish !== undefined) return null;
  return inHand === null ? own.speed : null;
}

/** What is called one after the other; null where a plan does anything else. */
function wayOf(calls: Traffic['calls']): string[] | null {
  const way: string[] = [];
  for (const step of calls as readonly unknown[]) {
    if (typeof step === 'string') way.push(step);
    else {
      const { parallel, need } = step as { parallel?: { to: string; probability?: number }[]; need?: number };
      if (parallel?.length !== 1 || need !== undefined || (parallel[0]!.probability ?? 1) !== 1) return null;
      way.push(parallel[0]!.to);
    }
  }
  return way;
}

/**
 * Mean lead time of what the one Poisson traffic asks for, hand-overs of a fixed time included: the sum over teams in a row
 * whose pieces are exponential and alike for all, or that of one team for each class that does all in one go. Null elsewhere.
 */
export function teamFlow({ parts, links, inputs }: Scenario): number | null {
  const sources = Object.values(parts).filter((part): part is Traffic => part.kind === 'traffic');
  const [traffic, ...more] = sources;
  if (traffic === undefined || more.length > 0 || links.length > 0 || inputs.length > 0) return null;
  if (traffic.arrivals.pattern !== 'poisson' || traffic.arrivals.rate <= 0) return null;
  const classes = traffic.classes ?? [];
  const sumOf = (some: readonly { weight: number }[]): number => some.reduce((sum, { weight }) => sum + weight, 0);
  const counted = classes.filter(({ weight }) => weight > NEARLY_NONE * sumOf(classes));
  const flows = counted.map(({ id, weight, calls }) => ({
    id,
    share: weight / sumOf(counted),
    way: wayOf(calls ?? traffic.calls),
  }));
  const { rate } = traffic.arrivals;

  let mean = 0;
  const comes = new Map<string, { rate: number; alone: boolean; efforts: { share: number; law: Distribution }[] }>();
  for (const { id, share, way } of flows) {
    if (way === null) return null;
    const visited = way.filter((name) => parts[name]!.kind === 'team');
    for (const name of way) {
      const part = parts[name]!;
      if (part.kind === 'team') {
        const at = comes.get(name) ?? { rate: 0, alone: true, efforts: [] };
        at.rate += rate * share;
        at.alone &&= visited.length === 1;
        at.efforts.push({ share, law: Object.hasOwn(part.byClass, id) ? part.byClass[id]! : part.effort });
        comes.set(name, at);
      } else if (part.kind === 'service' && part.threads === null && part.calls.length === 0)
        mean += (share * meanOf(part.service)) / part.speed;
      else return null;
    }
  }
  for (const [name, { rate: own, alone, efforts }] of comes) {
    const pace = paceOf(parts[name] as Team);
    if (pace === null) return null;
    const sum = efforts.reduce((total, { share }) => total + share, 0);
    const work = efforts.reduce((total, { share, law }) => total + (share / sum) * meanOf(law), 0) / pace;
    if (alone) {
      const square =
        efforts.reduce(
          (total, { share, law }) => total + (share / sum) * meanOf(law) * meanOf(law) * (1 + cv2Of(law)),
          0,
        ) /
        (pace * pace);
      const lead = inOneGo(own, work, square / (work * work) - 1);
      if (lead === null) return null;
      mean += (own / rate) * lead;
    } else {
      // in a row: only where all that comes is alike and exponential is each a queue of its own
      const [first] = efforts;
      const isAlike = efforts.every(({ law }) => isExponential(law) && meanOf(law) === meanOf(first!.law));
      const lead = isAlike && own > rate * (1 - NEARLY_NONE) ? inARow(own, [1 / work]) : null;
      if (lead === null) return null;
      mean += lead;
    }
  }
  return comes.size === 0 ? null : mean;
}
