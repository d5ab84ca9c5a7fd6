import { describe, expect, it } from 'vitest';
import { stream } from '../../engine/draws.ts';
import { Ground, MOST_TRIED, type Plan } from './ground.ts';

const chances = (seed: number) => ({
  couplings: stream(seed, 0, 'land', 'couplings'),
  own: stream(seed, 0, 'land', 'own'),
  shared: stream(seed, 0, 'land', 'shared'),
  start: stream(seed, 0, 'land', 'start'),
});
const groundOf = (more: Partial<Plan> = {}, seed = 1, span = 0): Ground => {
  const ground = new Ground(
    { teams: 5, choices: 3, coupling: 2, divergence: 0.07, linked: true, ...more },
    chances(seed),
  );
  ground.renew(span);
  return ground;
};
const choicesOf = (ground: Ground): number[] => Array.from({ length: ground.count }, (_, choice) => choice);

describe('a ground', () => {
  it('gains as a whole just what its worth goes up by (H3)', () => {
    for (const linked of [true, false])
      for (const coupling of [0, 1, 4]) {
        const ground = groundOf({ linked, coupling });
        for (const choice of choicesOf(ground)) {
          const gain = ground.wholeGain(choice);
          const before = ground.worth();
          ground.flip(choice);
          expect((ground.worth() - before) * ground.count).toBeCloseTo(gain, 10);
        }
      }
  });

  it('weighs a change for each team that it touches, and they add up to the whole (H3)', () => {
    const ground = groundOf({ coupling: 3 });
    for (const choice of choicesOf(ground)) {
      ground.weigh(choice);
      expect(ground.touched[0]).toBe(ground.teamOf(choice));
      expect(ground.gains[ground.teamOf(choice)]).toBeCloseTo(ground.ownGain(choice), 10);
      const sum = ground.touched.reduce((all, team) => all + ground.gains[team]!, 0);
      expect(sum).toBeCloseTo(ground.wholeGain(choice), 10);
    }
  });

  it('counts unlike links as they are, also after many changes (H4)', () => {
    const ground = groundOf({ teams: 6, coupling: 1 });
    for (let step = 0; step < 200; step++) ground.flip((step * 7) % ground.count);
    ground.flip(4);
    let unlike = 0;
    for (let team = 0; team < 6; team++)
      for (const other of ground.neighbours[team]!.filter((each) => each > team))
        for (let thing = 0; thing < 3; thing++)
          if (ground.bits[team * 3 + thing] !== ground.bits[other * 3 + thing]) unlike++;
    expect(ground.unlike).toBe(unlike);
    expect(unlike).toBeGreaterThan(0);
    for (let thing = 0; thing < 3; thing++) ground.setAll(thing, 1);
    expect(ground.unlike).toBe(0);
  });

  it('has of others nothing, and pays nothing, without links (H4)', () => {
    const apart = groundOf({ linked: false, divergence: 9 });
    for (const choice of choicesOf(apart)) expect(apart.wholeGain(choice)).toBe(apart.ownGain(choice));
    const alone = groundOf({ coupling: 0 });
    const linked = groundOf({ coupling: 2, linked: false });
    // three of the five on which a choice depends are its own team's
    expect(linked.worth()).toBeCloseTo(alone.worth() * 0.6, 10);
  });

  it('is the same for the teams that were there before, whoever else comes (H1)', () => {
    const few = groundOf({ coupling: 0, teams: 3 });
    const many = groundOf({ coupling: 0, teams: 9 });
    for (const choice of choicesOf(few)) {
      expect(many.bits[choice]).toBe(few.bits[choice]);
      expect(many.ownGain(choice)).toBe(few.ownGain(choice));
    }
    expect(groundOf({}, 1, 1).ownGain(0)).not.toBe(groundOf({}, 1, 0).ownGain(0));
    expect(groundOf({}, 2).ownGain(0)).not.toBe(groundOf({}, 1).ownGain(0));
  });

  it('joins each choice to as many different ones of others as it depends on (H1)', () => {
    const ground = groundOf({ coupling: 4 });
    expect(ground.inDegree.reduce((sum, each) => sum + each, 0)).toBe(4 * ground.count);
    // in a pair there are only three choices of another to depend on
    const pair = groundOf({ teams: 2, coupling: 9 });
    expect([...pair.inDegree]).toEqual([3, 3, 3, 3, 3, 3]);
    expect(pair.pairs).toBe(1);
  });

  it('is worth half of what it could be where nobody has chosen yet, on average (H1)', () => {
    let sum = 0;
    for (let seed = 1; seed <= 200; seed++) sum += groundOf({ divergence: 0 }, seed).worth();
    expect(sum / 200).toBeCloseTo(0.5, 1);
  });

  it('finds the best of all by many climbs, or something next to it, where it could also try all (H5)', () => {
    let missed = 0;
    for (let seed = 1; seed <= 20; seed++)
      for (const divergence of [0, 0.1]) {
        // 12 choices are tried, 15 are climbed; the truth of 15 by hand
        const ground = groundOf({ divergence }, seed);
        expect(ground.count).toBeGreaterThan(MOST_TRIED);
        const before = ground.bits.slice();
        const found = ground.best(0);
        expect(ground.bits).toEqual(before);
        let most = -Infinity;
        for (let step = 1; step <= 1 << ground.count; step++) {
          most = Math.max(most, ground.worth());
          ground.flip(Math.min(ground.count - 1, 31 - Math.clz32(step & -step)));
        }
        expect(found).toBeLessThanOrEqual(most + 1e-12);
        expect(found / most).toBeGreaterThan(0.985);
        if (found < most - 1e-12) missed++;
        const few = groundOf({ divergence, teams: 4 }, seed);
        const tried = few.best(0);
        for (let step = 0; step < 300; step++) {
          few.flip((step * step + 3) % few.count);
          expect(few.worth()).toBeLessThanOrEqual(tried + 1e-12);
        }
      }
    expect(missed).toBeLessThan(4);
  });

  it('knows that nobody is better off than apart where unlike links cost more than they bring (H5)', () => {
    const ground = groundOf({ coupling: 1, divergence: 10, linked: false });
    const best = ground.best(0);
    for (let step = 0; step < 20; step++)
      for (const choice of choicesOf(ground)) if (ground.ownGain(choice) > 0) ground.flip(choice);
    expect(ground.worth()).toBeLessThanOrEqual(best + 1e-12);
  });
});
