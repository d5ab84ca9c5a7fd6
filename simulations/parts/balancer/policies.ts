/**
 * How a target is chosen among those that may take a call. A policy looks at the targets only through `Candidates`; what
 * is up, what a load is and how fresh, is decided there.
 */
import { wider } from '../../engine/calendar.ts';
import type { Ring } from '../routing/ring.ts';

/** The targets as a policy sees them. */
export interface Candidates {
  /** How many there are; they are numbered from 0. */
  readonly count: number;
  /** How many `power-of-choices` draws. */
  readonly choices: number;
  /** How many times its even share a target takes at most, by `consistent-hash`; Infinity for no bound. */
  readonly boundedLoad: number;
  mayTake(target: number): boolean;
  /** Its weight, above 0 for whoever may take a call; and the greatest that any target has. */
  weight(target: number): number;
  readonly mostWeight: number;
  /** Its weight now as a share of its full one, above 0 and at most 1. */
  ramp(target: number): number;
  load(target: number): number;
  /** The n-th number drawn for a call, between 0 and 1. */
  draw(call: number, n: number): number;
}

/** Gives the target for a call, or −1 when none may take it. */
export type Choose = (call: number) => number;

/** So many draws may hit somebody who may not take the call; then all are looked through. */
const TRIES = 8;

/** By chance, in proportion to the weights. */
export function random(among: Candidates): Choose {
  return (call) => {
    const { count, mostWeight } = among;
    for (let n = 0; n < TRIES; n++) {
      const drawn = among.draw(call, n) * count;
      const target = Math.floor(drawn);
      // what is behind the point is as good as another draw
      if (among.mayTake(target) && (drawn - target) * mostWeight < among.weight(target)) return target;
    }
    let total = 0;
    for (let target = 0; target < count; target++) if (among.mayTake(target)) total += among.weight(target);
    let left = among.draw(call, TRIES) * total;
    let last = -1;
    for (let target = 0; target < count; target++) {
      if (!among.mayTake(target)) continue;
      last = target;
      left -= among.weight(target);
      if (left < 0) break;
    }
    return last;
  };
}

/** One after the other; whoever has just become ready is passed over by chance. */
export function roundRobin(among: Candidates): Choose {
  let next = 0;
  return (call) => {
    const { count } = among;
    let first = -1;
    let target = next < count ? next : 0;
    for (let n = 0; n < count; n++) {
      if (among.mayTake(target)) {
        const ramp = among.ramp(target);
        if (ramp === 1 || among.draw(call, n) < ramp) {
          next = target + 1;
          return target;
        }
        if (first < 0) first = target;
      }
      target = target + 1 < count ? target + 1 : 0;
    }
    if (first >= 0) next = first + 1;
    return first;
  };
}

/** Smooth weighted round robin: each gains its weight, the richest is chosen and pays what all have gained. Source: the web server nginx, since version 1.3.1. */
export function weighted(among: Candidates): Choose {
  let credit = new Float64Array(16);
  return () => {
    const { count } = among;
    while (count > credit.length) credit = wider(credit);
    let total = 0;
    let best = -1;
    for (let target = 0; target < count; target++) {
      if (!among.mayTake(target)) continue;
      const weight = among.weight(target);
      total += weight;
      credit[target]! += weight;
      if (best < 0 || credit[target]! > credit[best]!) best = target;
    }
    if (best >= 0) credit[best]! -= total;
    return best;
  };
}

/** The load per weight that a target would have with one more call. */
const costOf = (among: Candidates, target: number): number => (among.load(target) + 1) / among.weight(target);

/** The least loaded of all. */
export function leastLoaded(among: Candidates, ties: 'random' | 'rotate' | 'first'): Choose {
  let last = -1;
  return (call) => {
    const { count } = among;
    let least = Infinity;
    let best = -1;
    let equal = 0;
    for (let target = 0; target < count; target++) {
      if (!among.mayTake(target)) continue;
      const cost = costOf(among, target);
      if (cost < least) {
        least = cost;
        best = target;
        equal = 1;
      } else if (cost === least) equal++;
    }
    if (equal > 1 && ties !== 'first') {
      const isEqual = (target: number) => among.mayTake(target) && costOf(among, target) === least;
      if (ties === 'random') {
        for (let skip = Math.floor(among.draw(call, 0) * equal); skip > 0; skip--)
          do best++;
          while (!isEqual(best));
      } else {
        best = last;
        do best = best + 1 < count ? best + 1 : 0;
        while (!isEqual(best));
      }
    }
    last = best;
    return best;
  };
}

/** The least loaded of a few drawn by chance; of equals the one drawn first. Source: Mitzenmacher, IEEE TPDS 12 (2001). */
export function powerOfChoices(among: Candidates, withReplacement: boolean): Choose {
  /** For which choice a target was last drawn: so that the marks need no wiping. */
  let drawnFor = new Int32Array(16);
  let choice = 0;
  const isFree = (target: number) => among.mayTake(target) && (withReplacement || drawnFor[target] !== choice);
  /** Any of those that are left, each as likely. */
  function search(call: number, n: number): number {
    let left = 0;
    for (let target = 0; target < among.count; target++) if (isFree(target)) left++;
    let skip = Math.floor(among.draw(call, n) * left);
    for (let target = 0; target < among.count; target++) if (isFree(target) && skip-- === 0) return target;
    return -1;
  }
  return (call) => {
    const { count, choices } = among;
    while (count > drawnFor.length) drawnFor = wider(drawnFor);
    choice++;
    let best = -1;
    let least = Infinity;
    let n = 0;
    for (let drawn = 0; drawn < choices; drawn++) {
      let target = -1;
      for (let tries = 0; tries < TRIES && target < 0; tries++) {
        const candidate = Math.floor(among.draw(call, n++) * count);
        if (isFree(candidate)) target = candidate;
      }
      if (target < 0) target = search(call, n++);
      if (target < 0) break;
      drawnFor[target] = choice;
      const cost = costOf(among, target);
      if (cost < least) {
        least = cost;
        best = target;
      }
    }
    return best;
  };
}

const anyMayTake = (among: Candidates): boolean => {
  for (let target = 0; target < among.count; target++) if (among.mayTake(target)) return true;
  return false;
};

/**
 * By the key's place on a ring; who may not take it, or is full, leaves it to the next. Source of the bound: Mirrokni,
 * Thorup and Zadimoghaddam, Consistent hashing with bounded loads, SODA 2018.
 * @param pointOf the place of a call's key, from 0 to 1.
 */
export function consistentHash(among: Candidates, ring: Ring, pointOf: (call: number) => number): Choose {
  /** The most that a target may have before this call; there is always one below it. */
  function bound(): number {
    if (among.boundedLoad === Infinity) return Infinity;
    let underWay = 0;
    let count = 0;
    for (let target = 0; target < among.count; target++) {
      if (!among.mayTake(target)) continue;
      underWay += among.load(target);
      count++;
    }
    return Math.ceil((among.boundedLoad * (underWay + 1)) / count);
  }
  return (call) => {
    if (ring.size === 0 || !anyMayTake(among)) return -1;
    const most = bound();
    for (let place = ring.placeAfter(pointOf(call)); ; place = place + 1 < ring.size ? place + 1 : 0) {
      const target = ring.ownerOf(place);
      if (among.mayTake(target) && among.load(target) < most) return target;
    }
  };
}

/** By the key, modulo the number of those that may take it. */
export function moduloHash(among: Candidates, pointOf: (call: number) => number): Choose {
  return (call) => {
    let up = 0;
    for (let target = 0; target < among.count; target++) if (among.mayTake(target)) up++;
    if (up === 0) return -1;
    // 32 bits of the hash: more than enough to be even, and whole
    let skip = Math.floor(pointOf(call) * 4294967296) % up;
    for (let target = 0; ; target++) if (among.mayTake(target) && skip-- === 0) return target;
  };
}
