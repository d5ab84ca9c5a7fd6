/**
 * A circuit breaker: closed, open, half-open. It is told how calls ended and says whether one may pass.
 * Source: Nygard, Release It!, 2nd ed. (2018), ch. 5. It knows no call.
 */
import type { z } from '../fields.ts';
import type { breakerSettings } from './settings.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

export class Breaker {
  state: BreakerState = 'closed';

  #consecutive = 0;
  #inARow: number;
  #share: number;
  #least: number;
  /** The last outcomes, 1 for a failure, as a ring; empty when only a row of failures counts. */
  #window: Uint8Array;
  #at = 0;
  #seen = 0;
  #failures = 0;
  #openTicks: number;
  #until = 0;
  #probes: number;
  #sent = 0;
  #succeeded = 0;
  /** Outcomes of calls from before the last change of state say nothing about the present one. */
  #era = 0;
  #changed: (state: BreakerState) => void;

  /** @param changed is told each new state. */
  constructor(settings: z.output<typeof breakerSettings>, ticks: number, changed: (state: BreakerState) => void) {
    const { trip, open, probes } = settings;
    this.#inARow = 'consecutive' in trip ? trip.consecutive : Infinity;
    this.#share = 'share' in trip ? trip.share : Infinity;
    this.#least = 'least' in trip ? trip.least : Infinity;
    this.#window = new Uint8Array('window' in trip ? trip.window : 0);
    this.#openTicks = Math.round(open * ticks);
    this.#probes = probes;
    this.#changed = changed;
  }

  /** The present era: handed back with the outcome of a call that passed now. */
  get era(): number {
    return this.#era;
  }

  /** Whether a call may pass now. In half-open state each that may is a probe. */
  allows(now: number): boolean {
    if (this.state === 'closed') return true;
    if (this.state === 'open') {
      if (now < this.#until) return false;
      this.#turn('half-open');
    }
    if (this.#sent >= this.#probes) return false;
    this.#sent++;
    return true;
  }

  /** How a call that passed in an era has ended. */
  record(now: number, era: number, succeeded: boolean): void {
    if (era !== this.#era) return;
    if (this.state === 'half-open') {
      if (!succeeded) this.#open(now);
      else if (++this.#succeeded === this.#probes) this.#turn('closed');
      return;
    }
    this.#consecutive = succeeded ? 0 : this.#consecutive + 1;
    const size = this.#window.length;
    if (size > 0) {
      if (this.#seen === size) this.#failures -= this.#window[this.#at]!;
      else this.#seen++;
      this.#window[this.#at] = succeeded ? 0 : 1;
      if (!succeeded) this.#failures++;
      if (++this.#at === size) this.#at = 0;
    }
    const tripped =
      this.#consecutive >= this.#inARow ||
      (this.#seen >= this.#least && this.#failures >= this.#share * this.#seen && this.#failures > 0);
    if (tripped) this.#open(now);
  }

  /** A call that passed has neither succeeded nor failed, as its caller gave it up: a probe's place is free again. */
  forget(era: number): void {
    if (era === this.#era && this.state === 'half-open') this.#sent--;
  }

  #open(now: number): void {
    this.#until = now + this.#openTicks;
    this.#turn('open');
  }

  #turn(state: BreakerState): void {
    this.state = state;
    this.#era++;
    this.#consecutive = 0;
    this.#seen = 0;
    this.#failures = 0;
    this.#at = 0;
    this.#sent = 0;
    this.#succeeded = 0;
    this.#changed(state);
  }
}
