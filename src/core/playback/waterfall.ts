/** One request's way through the system: what it spent its time on. It knows one run's trace and no words. */
import type { Hops, Run } from '../../../simulations/index.ts';

export type StageOfCall = 'out' | 'waiting' | 'service' | 'back';

/** One stretch of a request's time, in ticks. `to` is null while it is not over. */
export interface Stretch {
  kind: StageOfCall;
  from: number;
  to: number | null;
}

/** One call of a request. */
export interface Call {
  hop: number;
  caller: string;
  callee: string;
  fate: number;
  stretches: Stretch[];
}

/** What one hop spent its time on, from its sending on; the last stretch is open where the run ended before it did. */
export function stretchesOf(hops: Hops, row: number): Stretch[] {
  const open = (time: number): number | null => (time < 0 ? null : time);
  const sent = hops.sentAt[row]!;
  const arrived = hops.arrivedAt[row]!;
  const started = hops.startedAt[row]!;
  const ended = hops.endedAt[row]!;
  // What failed before it arrived, such as a call that a breaker did not let out, has an end all the same.
  if (arrived < 0) return [{ kind: 'out', from: sent, to: open(ended) }];
  const stretches: Stretch[] = [{ kind: 'out', from: sent, to: arrived }];
  // A request that was refused has an end but no beginning of service.
  stretches.push({ kind: 'waiting', from: arrived, to: open(started >= 0 ? started : ended) });
  if (started >= 0) stretches.push({ kind: 'service', from: started, to: open(ended) });
  if (ended >= 0) stretches.push({ kind: 'back', from: ended, to: open(hops.returnedAt[row]!) });
  return stretches;
}

/** The calls of the request with this number, in the order in which they were made. */
export function waterfallOf(run: Run, request: number): Call[] {
  const trace = run.trace;
  if (trace === undefined) return [];
  const { hops, parts } = trace;
  const calls: Call[] = [];
  for (let row = 0; row < hops.count; row += 1) {
    if (hops.request[row] !== request) continue;
    calls.push({
      hop: row,
      caller: parts[hops.from[row]!]!,
      callee: parts[hops.to[row]!]!,
      fate: hops.fate[row]!,
      stretches: stretchesOf(hops, row),
    });
  }
  return calls;
}

/** The stretch a call is in at a time, or null before it was made and after it is over. */
export function stretchAt(call: Call, time: number): Stretch | null {
  return call.stretches.find((each) => each.from <= time && (each.to === null || time < each.to)) ?? null;
}
