/** Which requests come with a bad token. The draw is the customer's, not that of the part that looks: all find the same. */
import { uniform, type Stream } from '../../engine/draws.ts';
import type { Machine } from '../../engine/machine.ts';

export class BadTokens {
  #machine: Machine;
  /** Per class; null while all tokens are good. */
  #shares: Float64Array | null = null;
  #streams: Stream[];

  constructor(machine: Machine, shares: Readonly<Record<string, number>>) {
    this.#machine = machine;
    this.#streams = machine.classes.map(({ source }) => machine.stream(machine.idOf(source), 'bad-token'));
    this.adopt(shares);
  }

  adopt(shares: Readonly<Record<string, number>>): void {
    const own = Float64Array.from(this.#machine.classes, ({ id }) => (Object.hasOwn(shares, id) ? shares[id]! : 0));
    this.#shares = own.some((share) => share > 0) ? own : null;
  }

  /** Whether a call is made for a request with a bad token. */
  isBad(call: number): boolean {
    if (this.#shares === null) return false;
    const { cls, request } = this.#machine.calls;
    const share = this.#shares[cls[call]!]!;
    return share > 0 && uniform(this.#streams[cls[call]!]!, request[call]!, 0) < share;
  }
}
