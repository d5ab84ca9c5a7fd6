/**
 * The ground of a landscape: what choices are worth together, who depends on whom, and what a change would do to each
 * team. It knows no time and nobody who decides. All of it is drawn by team, thing and span, never by how it is used.
 */
import { uniform, type Stream } from '../../engine/draws.ts';
import { MOST_CHOICES } from './settings.ts';

/** What a ground is drawn from. */
export interface Plan {
  teams: number;
  choices: number;
  coupling: number;
  divergence: number;
  /** Whether links are built: whether anything is had of others, and anything unlike costs. */
  linked: boolean;
}

/** Draws that a ground is made of: who depends on whom, what is worth how much, and where everybody begins. */
export interface Chances {
  couplings: Stream;
  own: Stream;
  shared: Stream;
  start: Stream;
}

/** Up to so many choices the best is found by trying all; above it is the best of many climbs. */
export const MOST_TRIED = 12;
/** Climbs that look for the best where not all can be tried. */
const CLIMBS = 24;

export class Ground {
  readonly count: number;
  /** What each unlike thing costs. */
  divergence: number;
  /** What each choice is now: 0 or 1. Choices of one team stand beside each other. */
  readonly bits: Uint8Array;
  /** Per team: whom it depends on or who depends on it, in the order of their numbers. */
  readonly neighbours: number[][] = [];
  /** Pairs of teams that depend on each other, and in how many things such pairs are unlike now. */
  readonly pairs: number;
  unlike = 0;
  /** How many other choices depend on each. */
  readonly inDegree: Int32Array;

  #plan: Plan;
  #linked: boolean;
  #chances: Chances;
  /** Per choice: the choices of others that it depends on; and the choices that depend on it, with their places there. */
  #sources: Int32Array;
  #dependents: [choice: number, place: number][][];
  /** Per team its choices as one number; per choice its own bit and its sources' bits as one number. */
  #patterns: Int32Array;
  #codes: Int32Array;
  /** Worth by team and pattern, and by choice and code. */
  #own: Float64Array;
  #shared: Float64Array;
  #ownWeight: number;
  #sharedWeight: number;
  /** What a change would do to each team, and which teams it would touch: filled by `weigh`. */
  readonly gains: Float64Array;
  readonly touched: number[] = [];
  #isTouched: Uint8Array;

  constructor(plan: Plan, chances: Chances) {
    const { teams, choices, coupling } = plan;
    this.#plan = plan;
    this.divergence = plan.divergence;
    this.#linked = plan.linked;
    this.#chances = chances;
    this.count = teams * choices;
    this.bits = new Uint8Array(this.count);
    this.inDegree = new Int32Array(this.count);
    this.#patterns = new Int32Array(teams);
    this.#codes = new Int32Array(this.count);
    this.#own = new Float64Array(teams << choices);
    const depends = this.coupling;
    this.#shared = new Float64Array(depends > 0 ? this.count << (depends + 1) : 0);
    this.#sources = new Int32Array(this.count * depends);
    this.#dependents = Array.from({ length: this.count }, () => []);
    this.gains = new Float64Array(teams);
    this.#isTouched = new Uint8Array(teams);
    const all = depends + choices;
    this.#ownWeight = coupling === 0 ? 1 : choices / all;
    this.#sharedWeight = 1 - this.#ownWeight;
    this.#couple();
    this.pairs = this.neighbours.reduce((sum, near) => sum + near.length, 0) / 2;
    for (let choice = 0; choice < this.count; choice++)
      if (uniform(chances.start, this.#name(choice), 0) < 0.5) this.flip(choice);
  }

  /** On how many choices of others each depends: all there are, where fewer are there than wanted. */
  get coupling(): number {
    const { teams, choices, coupling } = this.#plan;
    return Math.min(coupling, (teams - 1) * choices);
  }

  teamOf(choice: number): number {
    return Math.floor(choice / this.#plan.choices);
  }

  /** A choice by team and thing: the same whatever number of teams and choices there are. */
  #name(choice: number): number {
    const { choices } = this.#plan;
    return this.teamOf(choice) * MOST_CHOICES + (choice % choices);
  }

  #couple(): void {
    const { teams, choices } = this.#plan;
    const depends = this.coupling;
    const near = Array.from({ length: teams }, () => new Set<number>());
    for (let choice = 0; choice < this.count; choice++) {
      const team = this.teamOf(choice);
      const others = (teams - 1) * choices;
      const taken = new Set<number>();
      for (let draw = 0; taken.size < depends; draw++) {
        const drawn = Math.floor(uniform(this.#chances.couplings, this.#name(choice), draw) * others);
        const source = drawn < team * choices ? drawn : drawn + choices;
        if (taken.has(source)) continue;
        const place = taken.size;
        taken.add(source);
        this.#sources[choice * depends + place] = source;
        this.#dependents[source]!.push([choice, place + 1]);
        this.inDegree[source]!++;
        const other = this.teamOf(source);
        near[team]!.add(other);
        near[other]!.add(team);
      }
    }
    for (const some of near) this.neighbours.push([...some].toSorted((a, b) => a - b));
  }

  /** Draws what everything is worth in a span of time: the n-th, from 0. */
  renew(span: number): void {
    const { teams, choices } = this.#plan;
    const patterns = 1 << choices;
    this.#own.fill(0);
    for (let choice = 0; choice < this.count; choice++) {
      const team = this.teamOf(choice);
      const name = this.#name(choice) + span * 65_536;
      for (let pattern = 0; pattern < patterns; pattern++)
        this.#own[team * patterns + pattern]! += this.#ownWeight * uniform(this.#chances.own, name, pattern);
    }
    const depends = this.coupling;
    if (depends === 0) return;
    const codes = 2 << depends;
    for (let choice = 0; choice < teams * choices; choice++) {
      const name = this.#name(choice) + span * 65_536;
      for (let code = 0; code < codes; code++)
        this.#shared[choice * codes + code] = this.#sharedWeight * uniform(this.#chances.shared, name, code);
    }
  }

  /** Changes a choice. */
  flip(choice: number): void {
    const { choices } = this.#plan;
    const team = this.teamOf(choice);
    const thing = choice % choices;
    const is = (this.bits[choice]! ^= 1);
    this.#patterns[team]! ^= 1 << thing;
    this.#codes[choice]! ^= 1;
    for (const [dependent, place] of this.#dependents[choice]!) this.#codes[dependent]! ^= 1 << place;
    for (const other of this.neighbours[team]!) this.unlike += this.bits[other * choices + thing] === is ? -1 : 1;
  }

  /** What all choices are worth together, less what unlike ones cost, for each choice. */
  worth(): number {
    const { teams, choices } = this.#plan;
    const patterns = 1 << choices;
    let sum = 0;
    for (let team = 0; team < teams; team++) sum += this.#own[team * patterns + this.#patterns[team]!]!;
    if (this.#linked && this.#shared.length > 0) {
      const codes = 2 << this.coupling;
      for (let choice = 0; choice < this.count; choice++) sum += this.#shared[choice * codes + this.#codes[choice]!]!;
    }
    return (sum - (this.#linked ? this.divergence * this.unlike : 0)) / this.count;
  }

  /** What the team itself would gain by changing a choice, not for each choice but in all. */
  ownGain(choice: number): number {
    const { choices } = this.#plan;
    const team = this.teamOf(choice);
    const at = (team << choices) + this.#patterns[team]!;
    let gain = this.#own[at ^ (1 << (choice % choices))]! - this.#own[at]!;
    if (!this.#linked || this.#shared.length === 0) return gain;
    const code = choice * (2 << this.coupling) + this.#codes[choice]!;
    gain += this.#shared[code ^ 1]! - this.#shared[code]!;
    return gain - (this.divergence / 2) * this.#moreUnlike(choice);
  }

  /** How many more neighbours a change of a choice would make its team unlike. */
  #moreUnlike(choice: number): number {
    const { choices } = this.#plan;
    const thing = choice % choices;
    const is = this.bits[choice]!;
    let more = 0;
    for (const other of this.neighbours[this.teamOf(choice)]!)
      more += this.bits[other * choices + thing] === is ? 1 : -1;
    return more;
  }

  /** What all together would gain by changing a choice. */
  wholeGain(choice: number): number {
    let gain = this.ownGain(choice);
    if (!this.#linked || this.#shared.length === 0) return gain;
    const codes = 2 << this.coupling;
    for (const [dependent, place] of this.#dependents[choice]!) {
      const code = dependent * codes + this.#codes[dependent]!;
      gain += this.#shared[code ^ (1 << place)]! - this.#shared[code]!;
    }
    // the other half of each link
    return gain - (this.divergence / 2) * this.#moreUnlike(choice);
  }

  /** Weighs what changing a choice would do to each team: the teams that it touches are in `touched`, their gains in `gains`. */
  weigh(choice: number): void {
    const { choices } = this.#plan;
    const { divergence } = this;
    for (const team of this.touched) {
      this.gains[team] = 0;
      this.#isTouched[team] = 0;
    }
    this.touched.length = 0;
    const owner = this.teamOf(choice);
    this.#touch(owner, this.ownGain(choice));
    if (!this.#linked || this.#shared.length === 0) return;
    const codes = 2 << this.coupling;
    for (const [dependent, place] of this.#dependents[choice]!) {
      const code = dependent * codes + this.#codes[dependent]!;
      this.#touch(this.teamOf(dependent), this.#shared[code ^ (1 << place)]! - this.#shared[code]!);
    }
    if (divergence === 0) return;
    const thing = choice % choices;
    const is = this.bits[choice]!;
    for (const other of this.neighbours[owner]!)
      this.#touch(other, (this.bits[other * choices + thing] === is ? -divergence : divergence) / 2);
  }

  #touch(team: number, gain: number): void {
    if (this.#isTouched[team] === 0) {
      this.#isTouched[team] = 1;
      this.touched.push(team);
    }
    this.gains[team]! += gain;
  }

  /** What all together would gain if every team had the same in one thing. */
  standardGain(thing: number, value: number): number {
    const before = this.worth();
    const changed = this.setAll(thing, value);
    const gain = (this.worth() - before) * this.count;
    for (const choice of changed) this.flip(choice);
    return gain;
  }

  /** Gives every team the same in one thing. @returns the choices that were changed by it. */
  setAll(thing: number, value: number): number[] {
    const { teams, choices } = this.#plan;
    const changed: number[] = [];
    for (let team = 0; team < teams; team++) {
      const choice = team * choices + thing;
      if (this.bits[choice] === value) continue;
      this.flip(choice);
      changed.push(choice);
    }
    return changed;
  }

  /** Climbs by single changes until none makes the whole better. */
  #climb(): void {
    for (let since = 0, choice = 0; since < this.count; choice = (choice + 1) % this.count)
      if (this.wholeGain(choice) > 1e-12) {
        this.flip(choice);
        since = 0;
      } else since++;
  }

  #stand(bits: Uint8Array): void {
    for (let choice = 0; choice < this.count; choice++) if (this.bits[choice] !== bits[choice]) this.flip(choice);
  }

  /**
   * The greatest worth known of this span, with links or without: over all stacks where they are few, else over many climbs,
   * from every standard and from the best so far with a few choices changed. It leaves the choices as they are.
   */
  best(span: number): number {
    const { choices } = this.#plan;
    const kept = this.bits.slice();
    let best = this.#bestApart();
    this.#linked = true;
    if (this.count <= MOST_TRIED) {
      // one change at a time, in the order of Gray's code
      for (let step = 1; step <= 1 << this.count; step++) {
        best = Math.max(best, this.worth());
        this.flip(Math.min(this.count - 1, 31 - Math.clz32(step & -step)));
      }
    } else {
      const top = this.bits.slice();
      const keep = (): void => {
        const worth = this.worth();
        if (worth <= best) return;
        best = worth;
        top.set(this.bits);
      };
      for (let pattern = 0; pattern < 1 << choices; pattern++) {
        for (let thing = 0; thing < choices; thing++) this.setAll(thing, (pattern >> thing) & 1);
        this.#climb();
        keep();
      }
      for (let climb = 0; climb < CLIMBS; climb++) {
        this.#stand(top);
        // half of the climbs begin anywhere, half beside the best so far
        const share = climb % 2 === 0 ? 0.5 : 3 / this.count;
        for (let choice = 0; choice < this.count; choice++)
          if (uniform(this.#chances.start, this.#name(choice), 1 + climb + span * CLIMBS) < share) this.flip(choice);
        this.#climb();
        keep();
      }
    }
    this.#stand(kept);
    this.#linked = this.#plan.linked;
    return best;
  }

  /** The greatest worth without links: every team's own best. */
  #bestApart(): number {
    const patterns = 1 << this.#plan.choices;
    let sum = 0;
    for (let at = 0; at < this.#own.length; at += patterns) sum += Math.max(...this.#own.subarray(at, at + patterns));
    return sum / this.count;
  }
}
