/**
 * How far code mirrors the teams of those who write it, where every need is for code of anybody with the same chance. Ours:
 * it follows from the model's own rule, that a need is met in the cheapest of three ways, and stands in no paper.
 */
import { exp } from '../engine/elementary.ts';

/**
 * The chance that talking is the cheapest way: both lose its time, and an interface and a copy have exponential costs.
 * @param talk how long each of the two talks. @param building and @param copying means, above 0.
 */
export const chanceOfTalk = (talk: number, building: number, copying: number): number =>
  exp(-2 * talk * (1 / building + 1 / copying));

/**
 * The mirroring index of tight links, from −share / (1 − share) to 1.
 * @param share of all pairs of people that are in one team, below 1. @param inside and @param across chances that a need is
 * met by talking.
 */
export function expectedMirroring(share: number, inside: number, across: number): number {
  const within = (share * inside) / (share * inside + (1 - share) * across);
  return (within - share) / (1 - share);
}
