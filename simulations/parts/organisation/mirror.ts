/**
 * How far a structure mirrors a chart of teams, and how sure one can be. It knows people as numbers, their teams as labels,
 * and how many ties there are between each two; not what a tie is.
 */
import { uniform, type Stream } from '../../engine/draws.ts';

/** Ties between each two of a few people, counted once for each pair. */
export class Ties {
  readonly people: number;
  /** Row by row, both halves alike. */
  readonly counts: Int32Array;
  total = 0;

  constructor(people: number) {
    this.people = people;
    this.counts = new Int32Array(people * people);
  }

  /** Adds ties between two who are not the same. */
  add(a: number, b: number, change: number): void {
    this.counts[a * this.people + b]! += change;
    this.counts[b * this.people + a]! += change;
    this.total += change;
  }

  /** How many of them are between people of one team. */
  within(teams: ArrayLike<number>): number {
    const { people, counts } = this;
    let sum = 0;
    for (let a = 1; a < people; a++)
      for (let b = 0; b < a; b++) if (teams[a] === teams[b]) sum += counts[a * people + b]!;
    return sum;
  }
}

/** The share of all pairs of people that are in one team: what a share of ties within teams is on average when labels are dealt out anew. */
export function shareByChance(teams: ArrayLike<number>): number {
  let pairs = 0;
  for (let a = 1; a < teams.length; a++) for (let b = 0; b < a; b++) if (teams[a] === teams[b]) pairs++;
  return pairs / ((teams.length * (teams.length - 1)) / 2);
}

/**
 * The mirroring index: (share of ties within teams − share by chance) / (1 − share by chance). 1 where all ties are within
 * teams, 0 where they are as labels dealt out by lot would have them on average, below 0 where they avoid the team.
 * The form is Cohen's for agreement beyond chance (kappa, 1960). 0 where there is no tie, or all are in one team.
 */
export function mirroringIndex(ties: Ties, teams: ArrayLike<number>): number {
  const chance = shareByChance(teams);
  if (ties.total === 0 || chance === 1) return 0;
  return (ties.within(teams) / ties.total - chance) / (1 - chance);
}

/**
 * Deals the team labels out anew, and asks how often as many ties are within teams as with the true ones. People are
 * dealt, not ties, because ties of one person hang together (Hubert and Schultz 1976; Krackhardt 1988).
 */
export class PermutationTest {
  #orders: Uint8Array;
  #people: number;
  #count: number;

  /** @param count how many deals; the least p is 1 / (count + 1). */
  constructor(people: number, count: number, chance: Stream) {
    this.#people = people;
    this.#count = count;
    this.#orders = new Uint8Array(people * count);
    for (let deal = 0; deal < count; deal++) {
      const order = this.#orders.subarray(deal * people, (deal + 1) * people);
      for (let i = 0; i < people; i++) {
        // Fisher and Yates's shuffle, from the inside out
        const j = Math.floor(uniform(chance, deal, i) * (i + 1));
        order[i] = order[j]!;
        order[j] = i;
      }
    }
  }

  /** p of "no more ties within teams than by chance": (deals with as many or more + 1) / (deals + 1). 1 where there is nothing to compare. */
  p(ties: Ties, teams: ArrayLike<number>): number {
    const chance = shareByChance(teams);
    if (ties.total === 0 || chance === 1 || chance === 0) return 1;
    const people = this.#people;
    const orders = this.#orders;
    const { counts } = ties;
    const seen = ties.within(teams);
    const dealt = new Int32Array(people);
    let asMany = 0;
    for (let deal = 0, from = 0; deal < this.#count; deal++, from += people) {
      for (let i = 0; i < people; i++) dealt[i] = teams[orders[from + i]!]!;
      let within = 0;
      for (let a = 1; a < people; a++) {
        const team = dealt[a]!;
        const row = a * people;
        for (let b = 0; b < a; b++) if (dealt[b] === team) within += counts[row + b]!;
      }
      if (within >= seen) asMany++;
    }
    return (asMany + 1) / (this.#count + 1);
  }
}
