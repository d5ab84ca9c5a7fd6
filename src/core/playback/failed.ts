/** Requests that failed shortly before a moment: examples to look at one by one. It knows a run's hops and no words. */
import type { Run } from '../../../simulations/index.ts';
import { fateNames, isFailure } from './fates.ts';

/** A request one of whose calls failed. */
export interface FailedCall {
  request: number;
  cls: number;
  /** When that call ended, in ticks. */
  at: number;
  reason: string;
}

/**
 * The last requests of which a call failed by a time in ticks, the latest first.
 * @param part only of calls to or from this part.
 */
export function failedBy(run: Run, at: number, part?: string, most = 5): FailedCall[] {
  const { hops, parts } = run.trace!;
  const index = part === undefined ? -1 : parts.indexOf(part);
  const latest = new Map<string, FailedCall>();
  for (let row = 0; row < hops.count; row += 1) {
    const ended = hops.endedAt[row]!;
    if (ended < 0 || ended > at || !isFailure(hops.fate[row]!)) continue;
    if (index >= 0 && hops.to[row] !== index && hops.from[row] !== index) continue;
    const key = `${hops.cls[row]} ${hops.request[row]}`;
    const known = latest.get(key);
    if (known !== undefined && known.at >= ended) continue;
    if (known === undefined && latest.size >= most) {
      const [oldest, { at: since }] = [...latest].reduce((least, each) => (each[1].at < least[1].at ? each : least));
      if (since > ended) continue;
      latest.delete(oldest);
    }
    latest.set(key, {
      request: hops.request[row]!,
      cls: hops.cls[row]!,
      at: ended,
      reason: fateNames[hops.fate[row]!]!,
    });
  }
  return [...latest.values()].toSorted((a, b) => b.at - a.at);
}
