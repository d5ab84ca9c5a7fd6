/** A token bucket: what passes is at most burst + rate × time. It knows no clock but the time it is handed. */
export class TokenBucket {
  #rate: number;
  #burst: number;
  #tokens: number;
  #since = 0;

  /** @param rate tokens per tick. @param burst tokens that it holds at most, and has at first. */
  constructor(rate: number, burst: number) {
    this.#rate = rate;
    this.#burst = burst;
    this.#tokens = burst;
  }

  /** Takes tokens if they are there. @param now in ticks, never before an earlier call's. @returns whether they were. */
  take(now: number, tokens = 1): boolean {
    this.#tokens = Math.min(this.#burst, this.#tokens + (now - this.#since) * this.#rate);
    this.#since = now;
    if (this.#tokens < tokens) return false;
    this.#tokens -= tokens;
    return true;
  }

  /** Changes its rate and size from now on; what is in it stays, as far as there is room. */
  turn(now: number, rate: number, burst: number): void {
    this.take(now, 0);
    this.#rate = rate;
    this.#burst = burst;
    this.#tokens = Math.min(this.#tokens, burst);
  }
}
