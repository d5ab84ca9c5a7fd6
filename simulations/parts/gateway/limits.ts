/** Token buckets by client: one for all, or one for each source, class or key. They know requests only by their columns. */
import type { Machine } from '../../engine/machine.ts';
import { TokenBucket } from '../../links/token-bucket.ts';
import type { GatewaySettings } from './settings.ts';

type LimitSettings = GatewaySettings['limits'][number];

export class Limit {
  #machine: Machine;
  #own: LimitSettings;
  /** Ticks in a unit of time: tokens are counted in that many pieces, so that what has flowed in is exact. */
  #ticks: number;
  #buckets: (TokenBucket | undefined)[] = [];

  constructor(machine: Machine, own: LimitSettings, ticks: number) {
    this.#machine = machine;
    this.#own = own;
    this.#ticks = ticks;
  }

  /** Takes a token for a call, if its client has one. */
  admits(call: number): boolean {
    return this.#bucketOf(this.#clientOf(call)).take(this.#machine.now, this.#ticks);
  }

  /** Changes rate and burst from now on; what is in the buckets stays, as far as there is room. */
  adopt(own: LimitSettings): void {
    // who has not come yet has been filling a bucket, too: under the old rate until now
    if (own.per === 'key')
      for (const { source } of this.#machine.classes)
        for (let key = 0; key < own.clients; key++) this.#bucketOf(source * own.clients + key);
    for (const bucket of this.#buckets) bucket?.turn(this.#machine.now, own.rate, own.burst * this.#ticks);
    this.#own = own;
  }

  #bucketOf(client: number): TokenBucket {
    return (this.#buckets[client] ??= new TokenBucket(this.#own.rate, this.#own.burst * this.#ticks));
  }

  #clientOf(call: number): number {
    const { per, clients } = this.#own;
    if (per === 'all') return 0;
    const { calls, classes } = this.#machine;
    const cls = calls.cls[call]!;
    if (per === 'class') return cls;
    const { source } = classes[cls]!;
    return per === 'source' ? source : source * clients + ((calls.key[call]! >>> 0) % clients);
  }
}
