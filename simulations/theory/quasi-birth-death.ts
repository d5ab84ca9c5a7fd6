/**
 * Markov chains whose state is a level 0, 1, 2 … without end and one of a few phases, and which go up or down by one
 * level at most. Solved exactly but for rounding. Source: Neuts, Matrix-Geometric Solutions (1981); Latouche and
 * Ramaswami, JAP 30 (1993).
 */
import { identity, plus, solve, stationary, times, transposed, type Matrix } from './matrices.ts';

/** Rates of change by phase: row from, column to. The same at every level above 0. */
export interface LevelsAndPhases {
  /** To the next level up. */
  up: Matrix;
  /** To another phase of the same level; the diagonal is filled in here. */
  stay: Matrix;
  /** To the next level down. */
  down: Matrix;
  /** As `stay`, at level 0, from which nothing goes down; by default the same. */
  stayAtZero?: Matrix;
}

/** What the chain does in the long run. */
export interface LongRun {
  /** Shares of the phases at level 0. */
  atZero: number[];
  /** Shares of the phases over all levels. */
  phases: number[];
  /** The mean level. */
  meanLevel: number;
}

/** Row sums made zero: what leaves a state is what goes anywhere from it. */
function withDiagonal(stay: Matrix, others: readonly Matrix[]): number[][] {
  return stay.map((row, i) => {
    let out = 0;
    for (const matrix of [stay, ...others])
      for (const [j, rate] of matrix[i]!.entries()) if (matrix !== stay || j !== i) out += rate;
    return row.map((rate, j) => (i === j ? -out : rate));
  });
}

/** How likely the chain, from each phase (row), enters the level below in each phase (column): logarithmic reduction. */
function firstPassageDown(up: Matrix, local: Matrix, down: Matrix): number[][] {
  const unit = identity(up.length);
  const leaving = local.map((row) => row.map((rate) => -rate));
  let rise = solve(leaving, up);
  let fall = solve(leaving, down);
  let passage = fall;
  let detour = rise;
  // each turn doubles the height of the excursions that are counted
  for (let turn = 0; turn < 64; turn++) {
    const both = plus(unit, plus(times(rise, fall), times(fall, rise)), -1);
    rise = solve(both, times(rise, rise));
    fall = solve(both, times(fall, fall));
    const more = times(detour, fall);
    passage = plus(passage, more);
    detour = times(detour, rise);
    if (more.every((row) => row.every((value) => value < 1e-18))) break;
  }
  return passage;
}

/**
 * The long run of such a chain; null when it drifts upwards and has none.
 * @throws Error when its phases do not hang together.
 */
export function longRun({ up, stay, down, stayAtZero = stay }: LevelsAndPhases): LongRun | null {
  const drift = stationary(withDiagonal(plus(plus(up, stay), down), []));
  const rowSum = (matrix: Matrix, i: number) => matrix[i]!.reduce((sum, rate) => sum + rate, 0);
  if (drift.reduce((sum, share, i) => sum + share * (rowSum(up, i) - rowSum(down, i)), 0) >= 0) return null;

  const local = withDiagonal(stay, [up, down]);
  const passage = firstPassageDown(up, local, down);
  // shares of a level are those of the one below times `ratio`; both sides are transposed, because solve divides from the left
  const censored = plus(local, times(up, passage)).map((row) => row.map((rate) => -rate));
  const ratio = transposed(solve(transposed(censored), transposed(up)));
  const shape = stationary(plus(withDiagonal(stayAtZero, [up]), times(ratio, down)));
  const onward = plus(identity(up.length), ratio, -1);
  const over = (row: number[]) => transposed(solve(transposed(onward), transposed([row])))[0]!;
  const phases = over(shape);
  const total = phases.reduce((sum, share) => sum + share, 0);
  const levels = over(times([phases], ratio)[0]!);
  return {
    atZero: shape.map((share) => share / total),
    phases: phases.map((share) => share / total),
    meanLevel: levels.reduce((sum, share) => sum + share, 0) / total,
  };
}
