/**
 * What users hold and may no longer use: the token that each has, until when it is good, and whose are revoked.
 * A user is a number at a source. It knows time as it is handed in, and no calls.
 */
import { uniform, type Stream } from '../../engine/draws.ts';

export class Wallets {
  #users: number;
  /** Per source: the streams of its users' draws, so that they are the users', and not of the part that looks. */
  #ages: readonly Stream[];
  #thieves: readonly Stream[];
  /** What the life of tokens is at the start where everybody holds one; 0 where nobody does. */
  #firstLife: number;
  /** Per source: until when each user's last token is good, in ticks. */
  #until: (Float64Array | undefined)[] = [];
  /** Per source: the revocation that each user was last turned away for, by when it began; −1 for none. */
  #toldOf: (Float64Array | undefined)[] = [];
  /** Revocations in force: the share of users, and since when. */
  #revocations: { share: number; since: number }[] = [];

  /**
   * @param firstLife in ticks. @param ages per source, for the ages of the first tokens.
   * @param thieves per source, for the draw that says whose token a revocation is about.
   */
  constructor(users: number, firstLife: number, ages: readonly Stream[], thieves: readonly Stream[]) {
    this.#users = users;
    this.#firstLife = firstLife;
    this.#ages = ages;
    this.#thieves = thieves;
  }

  userOf(key: number): number {
    return (key >>> 0) % this.#users;
  }

  /** Until when a user's last token is good, in ticks; it may be over. */
  goodUntil(source: number, user: number): number {
    return this.#columnOf(source)[user]!;
  }

  issue(source: number, user: number, until: number): void {
    this.#columnOf(source)[user] = until;
  }

  /** The users of a share are revoked from now on: the same ones for the same share, and more for a greater one. */
  revoke(share: number, now: number): void {
    this.#revocations.push({ share, since: now });
  }

  /** The oldest revocation of a share is over. */
  pardon(share: number): void {
    const which = this.#revocations.findIndex((revocation) => revocation.share === share);
    if (which >= 0) this.#revocations.splice(which, 1);
  }

  /** Since when a user is revoked, in ticks; −1 when they are not. */
  revokedSince(source: number, user: number): number {
    if (this.#revocations.length === 0) return -1;
    const chance = uniform(this.#thieves[source]!, user, 0);
    let since = Infinity;
    for (const revocation of this.#revocations)
      if (chance < revocation.share && revocation.since < since) since = revocation.since;
    return since === Infinity ? -1 : since;
  }

  /** Whether a user is turned away for the first time since a moment at which they were revoked. */
  isNews(source: number, user: number, since: number): boolean {
    const told = (this.#toldOf[source] ??= new Float64Array(this.#users).fill(-1));
    if (told[user] === since) return false;
    told[user] = since;
    return true;
  }

  /** How many users, of the sources that have been seen, hold a token that is good at a time. */
  holding(now: number): number {
    let sum = 0;
    for (const column of this.#until) if (column !== undefined) for (const until of column) if (until > now) sum++;
    return sum;
  }

  #columnOf(source: number): Float64Array {
    const known = this.#until[source];
    if (known !== undefined) return known;
    const column = new Float64Array(this.#users);
    if (this.#firstLife > 0)
      for (let user = 0; user < this.#users; user++)
        column[user] = Math.round(this.#firstLife * uniform(this.#ages[source]!, user, 0));
    return (this.#until[source] = column);
  }
}
