/** Lead times of work that flows through teams, where nothing is lost between them. Times are in units of the scenario; rates per unit. */
import { waitMG1 } from './queues.ts';

/**
 * Mean lead time through teams in a row, each of one exponential server, fed by one Poisson stream: Σ 1 ∕ (μᵢ − λ). What leaves
 * an M/M/1 queue is again Poisson (Burke, 1956), so each team is a queue of its own. Null where one of them cannot keep up.
 */
export function inARow(rate: number, paces: readonly number[]): number | null {
  if (paces.some((pace) => pace <= rate)) return null;
  return paces.reduce((sum, pace) => sum + 1 / (pace - rate), 0);
}

/**
 * Mean lead time through one team that does all of a change's pieces in one go: M/G/1 (Pollaczek–Khinchine). With three
 * exponential pieces of mean 1 ∕ μ it is 3 ∕ μ × (1 + ⅔ ρ ∕ (1 − ρ)). Null where the team cannot keep up.
 * @param work mean time of all pieces together. @param cv2 their squared coefficient of variation.
 */
export function inOneGo(rate: number, work: number, cv2: number): number | null {
  return rate * work >= 1 ? null : work + waitMG1(rate, work, cv2);
}
