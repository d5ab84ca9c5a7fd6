/** One request's way through the system: what it spent its time on. It knows one run's trace and no words. */
import type { Run } from '../../../simulations/index.ts';

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

/** The calls of the request with this number, in the order in which they were made. */
export function waterfallOf(run: Run, request: number): Call[] {
  const trace = run.trace;
  if (trace === undefined) return [];
  const { hops, parts } = trace;
  const calls: Call[] = [];
  for (let row = 0; row < hops.count; row += 1) {
    if (hops.request[row] !== request) continue;
    const times = [hops.sentAt, hops.arrivedAt, hops.startedAt, hops.endedAt, hops.returnedAt].map(
      (column) => column[row]!,
    );
    const [sent, arrived, started, ended, returned] = times as [number, number, number, number, number];
    const open = (time: number): number | null => (time < 0 ? null : time);
    const stretches: Stretch[] = [{ kind: 'out', from: sent, to: open(arrived) }];
    if (arrived >= 0) {
      // A request that was refused has an end but no beginning of service.
      const waited = started >= 0 ? started : ended;
      stretches.push({ kind: 'waiting', from: arrived, to: open(waited) });
      if (started >= 0) stretches.push({ kind: 'service', from: started, to: open(ended) });
      if (ended >= 0) stretches.push({ kind: 'back', from: ended, to: open(returned) });
    }
    calls.push({
      hop: row,
      caller: parts[hops.from[row]!]!,
      callee: parts[hops.to[row]!]!,
      fate: hops.fate[row]!,
      stretches,
    });
  }
  return calls;
}

/** The stretch a call is in at a time, or null before it was made and after it is over. */
export function stretchAt(call: Call, time: number): Stretch | null {
  return call.stretches.find((each) => each.from <= time && (each.to === null || time < each.to)) ?? null;
}
