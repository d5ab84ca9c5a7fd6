/**
 * What can be said of a run and of a moment, as message ids with their values. The words themselves, in each language,
 * are in content/interface; here is only what is worth saying and when it is true.
 */
import type { Mark, PartState, Run } from '../../../simulations/index.ts';
import type { Frame } from './frame.ts';

/** A message to be put into words by the page's language. Times are in the scenario's unit. */
export interface Sentence {
  id: string;
  values: Record<string, string | number>;
}

/** What of a run is needed to speak of one of its moments. */
export type Spoken = Pick<Run, 'time' | 'endedAt' | 'state'>;

const isService = (run: Spoken, part: string): boolean => (run.state[part]?.slots.length ?? 0) > 0;

/** Whether none of a part's instances works. */
export const isStopped = (state: PartState): boolean =>
  state.instances.length > 0 && state.instances.every((works) => !works);

/** The moment in a few sentences: what each part is doing, what is on its way, what came of it so far. */
export function momentInWords(run: Spoken, frame: Frame): Sentence[] {
  const sentences: Sentence[] = [
    { id: 'moment.time', values: { at: frame.at / run.time.ticks, end: run.endedAt / run.time.ticks } },
  ];
  for (const [part, state] of Object.entries(frame.parts)) {
    if (state.slots.length === 0) continue;
    const { instances, counted } = frame.standing[part]!;
    const busy = counted?.busy ?? state.slots.filter((slot) => slot.hop >= 0).length;
    const isHeld = instances.length > 0 && instances.every((each) => each === 'stopped');
    sentences.push({
      id: isHeld ? 'moment.stopped' : isStopped(state) ? 'moment.down' : 'moment.service',
      values: { part, busy, slots: state.slots.length, waiting: counted?.waiting ?? state.queue.length },
    });
  }
  const out = frame.travelling.filter((each) => !each.back).length;
  sentences.push({ id: 'moment.travelling', values: { out, back: frame.travelling.length - out } });
  sentences.push({
    id: 'moment.soFar',
    values: { made: frame.made, answered: frame.answered, failed: frame.failed },
  });
  return sentences;
}

/** Whether more comes in than the part can ever serve: its line grew through the run and did not come back. */
export function isOverloaded(run: Run, part: string): boolean {
  const utilisation = run.measures[`${part}.utilisation`]?.value ?? 0;
  const response = run.measures[`${part}.response.mean`];
  const queue = run.trace?.windows.columns[`${part}.queue`];
  if (queue === undefined || queue.length < 8 || utilisation < 0.98 || response?.enough !== false) return false;
  const quarter = Math.floor(queue.length / 4);
  const mean = (from: number, to: number): number => {
    let sum = 0;
    for (let window = from; window < to; window += 1) sum += queue[window]!;
    return sum / Math.max(1, to - from);
  };
  const early = mean(quarter, 2 * quarter);
  const late = mean(queue.length - quarter, queue.length);
  return late > 20 && late > 1.8 * early;
}

/** Whether something was broken or changed while the run went on: by its plan, by the reader or by chance. Such a run is not steady, however long it is. */
export const isChanged = (run: Pick<Run, 'inputs'>, marks: readonly Pick<Mark, 'kind'>[]): boolean =>
  run.inputs.length > 0 || marks.some(({ kind }) => kind === 'fault-begins' || kind === 'deploy' || kind === 'scale');

/** The whole run in a few sentences. @param overloaded the parts for which `isOverloaded` holds. @param changed whether `isChanged` holds. */
export function runInWords(run: Omit<Run, 'trace'>, overloaded: readonly string[], changed = false): Sentence[] {
  const ticks = run.time.ticks;
  const sentences: Sentence[] = [
    {
      id: 'run.made',
      values: {
        made: run.ledger.made,
        answered: run.ledger.answered,
        failed: run.ledger.failed,
        inside: run.ledger.inside,
        end: run.endedAt / ticks,
      },
    },
  ];
  for (const part of Object.keys(run.state)) {
    if (!isService(run, part)) continue;
    const response = run.measures[`${part}.response.mean`];
    const utilisation = run.measures[`${part}.utilisation`]?.value;
    if (utilisation != null) sentences.push({ id: 'run.busy', values: { part, share: utilisation } });
    if (overloaded.includes(part)) {
      sentences.push({ id: 'run.overload', values: { part, waiting: run.state[part]!.queue.length } });
    } else if (response?.value != null) {
      sentences.push({
        id: response.enough ? 'run.response' : changed ? 'run.responseChanged' : 'run.responseUnsure',
        values: { part, mean: response.value, halfWidth: response.halfWidth ?? 0 },
      });
    }
  }
  if (run.ended !== 'horizon') sentences.push({ id: 'run.stopped', values: { at: run.endedAt / ticks } });
  return sentences;
}

/** One row of the table that says what the drawing shows. */
export interface TableRow {
  part: string;
  working: boolean;
  waiting: number;
  busy: number;
  slots: number;
  /** Requests on their way to and from this part. */
  arriving: number;
  leaving: number;
}

/**
 * The drawing as a table: one row for every part that serves, or for those that are asked for.
 * @param isAsked whether a part has a row.
 */
export function tableOf(
  run: Spoken,
  parts: readonly string[],
  frame: Frame,
  isAsked: (part: string) => boolean = (part) => isService(run, part),
): TableRow[] {
  return parts
    .map((part, index) => ({
      part,
      working: !isStopped(frame.parts[part]!),
      waiting: frame.standing[part]?.counted?.waiting ?? frame.parts[part]!.queue.length,
      busy: frame.standing[part]?.counted?.busy ?? frame.parts[part]!.slots.filter((slot) => slot.hop >= 0).length,
      slots: frame.parts[part]!.slots.length,
      arriving: frame.travelling.filter((each) => !each.back && each.to === index).length,
      leaving: frame.travelling.filter((each) => each.back && each.to === index).length,
    }))
    .filter((row) => isAsked(row.part));
}
