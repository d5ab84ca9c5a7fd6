/**
 * Which components a change touches: by its cause, with strays, or as it stands in a record. It is a question to the
 * request's number alone, so that the same change comes in every design, and one can ask about changes that are still to
 * come. It knows no owners and no borders.
 */
import { uniform, type Stream } from '../../engine/draws.ts';
import type { ChangesSettings, Clusters } from './settings.ts';

/** Where a request's draws are: which cause, how many, which of the cause, which of them stray, and where to. */
const DRIFTS = 0;
const CAUSE = 1;
const SIZE = 2;
const MEMBER = 100;
const STRAYS = 200;
const PLACE = 300;

/** The components that a request touches, in order of their numbers. @param isLater whether it comes after `learn`. */
export function touchedBy(
  own: Pick<ChangesSettings, 'components' | 'from' | 'clusters' | 'record'>,
  chance: Stream,
  request: number,
  isLater: boolean,
): number[] {
  const { clusters, record } = own;
  if (record !== null && (clusters === null || own.from === 'record')) return sorted(record[request % record.length]!);
  return clusters === null ? [] : sorted(drawn(clusters, own.components.length, chance, request, isLater));
}

const sorted = (components: readonly number[]): number[] => [...new Set(components)].toSorted((a, b) => a - b);

function drawn(own: Clusters, count: number, chance: Stream, request: number, isLater: boolean): number[] {
  const isNew = isLater && own.later.length > 0 && uniform(chance, request, DRIFTS) < own.drift;
  const causes = isNew ? own.later : own.causes;
  const whole = causes.reduce((sum, { weight }) => sum + weight, 0);
  let left = uniform(chance, request, CAUSE) * whole;
  let cause = causes[0]!;
  for (const one of causes) {
    cause = one;
    left -= one.weight;
    if (left < 0) break;
  }
  const pool = [...new Set(cause.touches)];
  const size = Math.min(
    pool.length,
    own.least + Math.floor(uniform(chance, request, SIZE) * (Math.max(own.least, own.most) - own.least + 1)),
  );
  const found: number[] = [];
  let strays = 0;
  for (let i = 0; i < size; i++) {
    const at = Math.floor(uniform(chance, request, MEMBER + i) * pool.length);
    const [member] = pool.splice(at, 1);
    if (uniform(chance, request, STRAYS + i) < own.strays) strays++;
    else found.push(member!);
  }
  for (let i = 0; i < strays; i++) {
    const others = Array.from({ length: count }, (_, component) => component).filter((each) => !found.includes(each));
    found.push(others[Math.floor(uniform(chance, request, PLACE + i) * others.length)]!);
  }
  return found;
}
