/**
 * What the engine asks of a part: to take calls, to take answers, to be broken, and to say how it stands.
 * It knows no kind of part; kinds are under parts/, one folder each.
 */
import type { PartState } from './run.ts';

/** A thing in a running system. */
export interface Part {
  /** Called once at time 0, before anything else happens. */
  start?(): void;
  /** A call has arrived over its link. The part must answer it, now or later, exactly once. */
  receive?(call: number): void;
  /** A call that this part made has come back; the engine closes it afterwards. */
  answered?(call: number): void;
  /** A fault begins or ends. `amount` is the scenario's, 1 when it names none. */
  faults?: Record<string, (begins: boolean, amount: number, instance: number) => void>;
  state(): PartState;
}
