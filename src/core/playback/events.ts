/** When something happens in a run: the moments one can step to. It knows times only, not what happened. */
import type { Run } from '../../../simulations/index.ts';
import { countUpTo } from './frame.ts';

/** Every time, in ticks, at which a request moved on or a mark stands; sorted, each once. */
export function eventTimes(run: Run): Float64Array {
  const trace = run.trace;
  if (trace === undefined) return new Float64Array(0);
  const { hops, marks } = trace;
  const columns = [hops.sentAt, hops.arrivedAt, hops.startedAt, hops.endedAt, hops.returnedAt];
  const all = new Float64Array(hops.count * columns.length + marks.length);
  let filled = 0;
  for (const column of columns) {
    for (let row = 0; row < hops.count; row += 1) {
      const time = column[row]!;
      if (time >= 0 && time <= run.endedAt) all[filled++] = time;
    }
  }
  for (const mark of marks) all[filled++] = mark.at;
  const sorted = all.subarray(0, filled).sort();
  let distinct = 0;
  for (let each = 0; each < filled; each += 1) {
    if (each === 0 || sorted[each] !== sorted[distinct - 1]) sorted[distinct++] = sorted[each]!;
  }
  return sorted.slice(0, distinct);
}

/** The first of the sorted times after `time`, or null when there is none. */
export function nextTime(times: ArrayLike<number>, time: number): number | null {
  const place = countUpTo(times, time);
  return place < times.length ? times[place]! : null;
}

/** The last of the sorted times before `time`, or null when there is none. */
export function previousTime(times: ArrayLike<number>, time: number): number | null {
  let place = countUpTo(times, time);
  while (place > 0 && times[place - 1]! >= time) place -= 1;
  return place > 0 ? times[place - 1]! : null;
}
