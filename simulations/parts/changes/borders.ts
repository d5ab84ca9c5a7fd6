/**
 * Where to draw borders: components that have changed together are put together, as far as a limit on size allows. It
 * joins greedily, then moves and exchanges single components while that helps, from several beginnings. It knows neither
 * time nor owners' names, and its only chance is a generator of its own that always begins alike.
 */

/** A set of components, in order of their numbers, and how many changes touched exactly these. */
export interface ChangedTogether {
  components: readonly number[];
  times: number;
}

/** Beginnings that are dealt by lot, besides the two that are joined. */
const DEALT = 6;

/** Counts equal sets once. */
export function tallied(changes: Iterable<readonly number[]>): ChangedTogether[] {
  const found = new Map<string, { components: readonly number[]; times: number }>();
  for (const components of changes) {
    const name = components.join();
    const known = found.get(name);
    if (known === undefined) found.set(name, { components, times: 1 });
    else known.times++;
  }
  return [...found.values()];
}

/** How many owners a change concerns. */
export function ownersOf(components: readonly number[], ownerOf: readonly number[]): number {
  let owners = 0;
  for (const [i, component] of components.entries()) {
    let isNew = true;
    for (let j = 0; j < i && isNew; j++) isNew = ownerOf[components[j]!] !== ownerOf[component];
    if (isNew) owners++;
  }
  return owners;
}

/** How many changes concern more than one owner. */
export function crossings(sets: readonly ChangedTogether[], ownerOf: readonly number[]): number {
  let crossed = 0;
  for (const { components, times } of sets) if (ownersOf(components, ownerOf) > 1) crossed += times;
  return crossed;
}

/** Numbers owners by the first component that each has. */
export function renumbered(ownerOf: readonly number[]): number[] {
  const names = new Map<number, number>();
  return ownerOf.map((owner) => {
    if (!names.has(owner)) names.set(owner, names.size);
    return names.get(owner)!;
  });
}

/** Deals components, in this order, in shares that are as equal as can be and no larger than the limit. */
export function dealt(order: readonly number[], limit: number): number[] {
  const shares = Math.ceil(order.length / limit);
  const ownerOf = order.map(() => 0);
  for (const [place, component] of order.entries()) ownerOf[component] = Math.floor((place * shares) / order.length);
  return ownerOf;
}

/** Shuffles the numbers from 0 by draws between 0 and 1. */
export function shuffled(count: number, draw: (index: number) => number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let left = count - 1; left > 0; left--) {
    const other = Math.floor(draw(left) * (left + 1));
    [order[left], order[other]] = [order[other]!, order[left]!];
  }
  return order;
}

/**
 * Borders that few of these changes cross: fewest changes that cross, then fewest owners in all.
 * @param limit how many components an owner may have. @param most how many owners there may be; together they must have room.
 */
export function findBorders(count: number, sets: readonly ChangedTogether[], limit: number, most: number): number[] {
  const room = Math.min(limit, count);
  const owners = Math.min(most, count);
  const joint = sets.filter(({ components }) => components.length > 1);
  const near = nearness(count, joint);
  const beginnings = [joined(count, near, room, owners, false), joined(count, near, room, owners, true)];
  let state = 0x2545f491;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  for (let i = 0; i < DEALT; i++) beginnings.push(dealt(shuffled(count, next), room));
  let best: number[] = [];
  let least = Infinity;
  for (const beginning of beginnings) {
    const search = new Search(count, joint, room, owners, beginning);
    const cost = search.settle();
    if (cost < least) {
      least = cost;
      best = search.ownerOf;
    }
  }
  return renumbered(best);
}

/** How much each two components change together, row by row: a change of many says less about two of them than one of two. */
function nearness(count: number, sets: readonly ChangedTogether[]): Float64Array {
  const near = new Float64Array(count * count);
  for (const { components, times } of sets)
    for (const one of components)
      for (const other of components) if (one !== other) near[one * count + other]! += times / (components.length - 1);
  return near;
}

/** Joins the two groups that change together most, again and again, as long as they fit. */
function joined(count: number, near: Float64Array, limit: number, most: number, perPair: boolean): number[] {
  const groups = Array.from({ length: count }, (_, component) => [component]);
  const between = (one: readonly number[], other: readonly number[]): number => {
    let sum = 0;
    for (const a of one) for (const b of other) sum += near[a * count + b]!;
    return perPair ? sum / (one.length * other.length) : sum;
  };
  for (;;) {
    let best = -1;
    let at: [number, number] | null = null;
    for (let one = 0; one < groups.length; one++)
      for (let other = one + 1; other < groups.length; other++) {
        if (groups[one]!.length + groups[other]!.length > limit) continue;
        const sum = between(groups[one]!, groups[other]!);
        if (sum > best) {
          best = sum;
          at = [one, other];
        }
      }
    // what has nothing to do with each other is joined only where there are too many owners otherwise
    if (at === null || (best === 0 && groups.length <= most)) break;
    groups[at[0]]!.push(...groups[at[1]]!);
    groups.splice(at[1], 1);
  }
  // too many groups, of which no two fit together: the smallest are taken apart
  while (groups.length > most) {
    groups.sort((a, b) => b.length - a.length || a[0]! - b[0]!);
    for (const component of groups.pop()!) {
      const open = groups.filter((group) => group.length < limit);
      open.sort((a, b) => between(b, [component]) - between(a, [component]));
      open[0]!.push(component);
    }
  }
  const ownerOf = Array.from({ length: count }, () => 0);
  for (const [owner, group] of groups.entries()) for (const component of group) ownerOf[component] = owner;
  return ownerOf;
}

/** Moves and exchanges single components while that makes it better. */
class Search {
  readonly ownerOf: number[];
  #sets: readonly ChangedTogether[];
  /** Per component: the sets that it is in. */
  #setsOf: number[][];
  #sizes: number[];
  #limit: number;
  /** One crossing weighs more than all that could be gained in the number of owners. */
  #crossing: number;

  constructor(
    count: number,
    sets: readonly ChangedTogether[],
    limit: number,
    most: number,
    beginning: readonly number[],
  ) {
    this.ownerOf = [...beginning];
    this.#sets = sets;
    this.#limit = limit;
    this.#setsOf = Array.from({ length: count }, () => []);
    for (const [i, { components }] of sets.entries()) for (const one of components) this.#setsOf[one]!.push(i);
    this.#sizes = Array.from({ length: most }, () => 0);
    for (const owner of beginning) this.#sizes[owner]!++;
    this.#crossing = 1 + sets.reduce((sum, { components, times }) => sum + components.length * times, 0);
  }

  #costOf(set: ChangedTogether): number {
    const owners = ownersOf(set.components, this.ownerOf);
    return owners === 1 ? 0 : set.times * (this.#crossing + owners - 1);
  }

  /** What the sets of one component cost, or those of either of two. */
  #costAround(one: number, other = -1): number {
    let cost = 0;
    for (const i of this.#setsOf[one]!) cost += this.#costOf(this.#sets[i]!);
    if (other >= 0)
      for (const i of this.#setsOf[other]!)
        if (!this.#sets[i]!.components.includes(one)) cost += this.#costOf(this.#sets[i]!);
    return cost;
  }

  /** Whether a move of one component to another owner helped; it is taken back where it did not. */
  #moves(component: number): boolean {
    const home = this.ownerOf[component]!;
    const before = this.#costAround(component);
    if (before === 0) return false;
    for (let owner = 0; owner < this.#sizes.length; owner++) {
      if (owner === home || this.#sizes[owner]! >= this.#limit) continue;
      this.ownerOf[component] = owner;
      if (this.#costAround(component) < before) {
        this.#sizes[home]!--;
        this.#sizes[owner]!++;
        return true;
      }
    }
    this.ownerOf[component] = home;
    return false;
  }

  #exchanges(one: number): boolean {
    const home = this.ownerOf[one]!;
    for (let other = one + 1; other < this.ownerOf.length; other++) {
      const there = this.ownerOf[other]!;
      if (there === home) continue;
      const before = this.#costAround(one, other);
      if (before === 0) continue;
      this.ownerOf[one] = there;
      this.ownerOf[other] = home;
      if (this.#costAround(one, other) < before) return true;
      this.ownerOf[one] = home;
      this.ownerOf[other] = there;
    }
    return false;
  }

  /** Goes on until nothing helps any more. @returns what it costs then. */
  settle(): number {
    for (let hasChanged = true; hasChanged;) {
      hasChanged = false;
      for (let component = 0; component < this.ownerOf.length; component++)
        if (this.#moves(component) || this.#exchanges(component)) hasChanged = true;
    }
    return this.#sets.reduce((sum, set) => sum + this.#costOf(set), 0);
  }
}
