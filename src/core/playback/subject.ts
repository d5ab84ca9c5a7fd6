/** What a reader may ask “why?” about. It names things of a run; it knows neither the run nor the answer. */
import type { Mark } from '../../../simulations/index.ts';

/** A part, a request, a mark, a moment of the run, or the whole of it. */
export type Subject =
  | { kind: 'part'; part: string }
  /** The request's number, as in `Hops.request`, and its class (an index into `Trace.classes`): numbers are only unlike within a class. */
  | { kind: 'request'; request: number; cls?: number | undefined }
  | { kind: 'mark'; mark: Mark }
  /** A moment, in ticks. */
  | { kind: 'moment'; at: number }
  | { kind: 'run' };
