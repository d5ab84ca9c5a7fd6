/**
 * How each law is drawn, by the block: from the uniforms of a stream, and from nothing else. Wherever one uniform is
 * enough, a small one makes a long time: customers who meet another law keep their order, long with long.
 */
import { uniform, uniforms, type Stream } from '../engine/draws.ts';
import { exp, log, logsOfDraws, normalQuantile } from '../engine/elementary.ts';
import { AHEAD, type Fill } from './ahead.ts';
import { placeIn, type FiniteTable } from './finite-table.ts';

/** What is drawn on the way; a law uses it up before another has its turn. */
const drawn = new Float64Array(AHEAD);
const drawnToo = new Float64Array(AHEAD);
const logs = new Float64Array(AHEAD);

/** The least uniform that is drawn; the greatest is 1 less this. */
const LEAST = 1 / 2 ** 53;

/** From one draw of a request to the next: odd and large, so that no two draws of one request share an index. */
const STEP = 0x6d2b79f5;

export function exponentialLaw(mean: number, s: Stream): Fill {
  return (into, count, request, index) => {
    uniforms(s, request, index, drawn, count);
    logsOfDraws(drawn, count, -mean, into);
  };
}

export function uniformLaw(min: number, max: number, s: Stream): Fill {
  return (into, count, request, index) => {
    uniforms(s, request, index, drawn, count);
    for (let n = 0; n < count; n++) into[n] = max - (max - min) * drawn[n]!;
  };
}

/** The absolute value of a normal variable. */
export function absoluteNormalLaw(mean: number, deviation: number, s: Stream): Fill {
  return (into, count, request, index) => {
    uniforms(s, request, index, drawn, count);
    for (let n = 0; n < count; n++) into[n] = Math.abs(mean - deviation * normalQuantile(drawn[n]!));
  };
}

/** @param middle, sigma mean and standard deviation of the logarithm. */
export function lognormalLaw(middle: number, sigma: number, s: Stream): Fill {
  return (into, count, request, index) => {
    uniforms(s, request, index, drawn, count);
    // in two rounds: where the quantile takes the branch that was not foreseen, less is thrown away
    for (let n = 0; n < count; n++) drawn[n] = middle - sigma * normalQuantile(drawn[n]!);
    for (let n = 0; n < count; n++) into[n] = exp(drawn[n]!);
  };
}

/** Two exponentials. @param longShare the probability of the long one. */
export function hyperexponentialLaw(longShare: number, long: number, short: number, s: Stream): Fill {
  const shortShare = 1 - longShare;
  return (into, count, request, index) => {
    uniforms(s, request, index, drawn, count);
    for (let n = 0; n < count; n++) {
      // one uniform tells both which kind it is and how long: the rest of it, stretched to 0…1, is uniform again
      const u = drawn[n]!;
      const isLong = u < longShare;
      drawnToo[n] = isLong ? long : short;
      // rounding may bring it to 0 or 1, which no uniform is
      drawn[n] = Math.min(Math.max(isLong ? u / longShare : (u - longShare) / shortShare, LEAST), 1 - LEAST);
    }
    logsOfDraws(drawn, count, -1, logs);
    for (let n = 0; n < count; n++) into[n] = drawnToo[n]! * logs[n]!;
  };
}

export function weibullLaw(shape: number, scale: number, s: Stream): Fill {
  return (into, count, request, index) => {
    uniforms(s, request, index, drawn, count);
    logsOfDraws(drawn, count, -1, logs);
    for (let n = 0; n < count; n++) into[n] = scale * exp(log(logs[n]!) / shape);
  };
}

/** @param max Infinity for no end; else values beyond it do not occur, and all others are as much likelier. */
export function paretoLaw(shape: number, min: number, max: number, s: Stream): Fill {
  const beyond = max === Infinity ? 0 : exp(shape * log(min / max));
  return (into, count, request, index) => {
    uniforms(s, request, index, drawn, count);
    for (let n = 0; n < count; n++) drawn[n] = beyond + (1 - beyond) * drawn[n]!;
    logsOfDraws(drawn, count, -1 / shape, logs);
    for (let n = 0; n < count; n++) into[n] = Math.min(max, min * exp(logs[n]!));
  };
}

/** @param table the weights of `values`, which go from the greatest to the least. */
export function empiricalLaw(values: Float64Array, table: FiniteTable, s: Stream): Fill {
  return (into, count, request, index) => {
    uniforms(s, request, index, drawn, count);
    for (let n = 0; n < count; n++) into[n] = values[placeIn(table, drawn[n]!)]!;
  };
}

/** Phases up to which their uniforms are multiplied; for more of them the gamma law's way is shorter. */
const MOST_FACTORS = 6;

/** The sum of so many exponentials, each with the mean `phase`. */
export function erlangLaw(phases: number, phase: number, s: Stream): Fill {
  if (phases > MOST_FACTORS) return gammaLaw(phases, phase, s);
  return (into, count, request, index) => {
    uniforms(s, request, index, drawn, count);
    for (let k = 1; k < phases; k++) {
      uniforms(s, request, (index + k * STEP) | 0, drawnToo, count);
      for (let n = 0; n < count; n++) drawn[n]! *= drawnToo[n]!;
    }
    logsOfDraws(drawn, count, -phase, into);
  };
}

/** Source: Marsaglia and Tsang, A simple method for generating gamma variables, ACM TOMS 26 (2000). */
export function gammaLaw(shape: number, scale: number, s: Stream): Fill {
  const isBoosted = shape < 1;
  const d = (isBoosted ? shape + 1 : shape) - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  return (into, count, request, index) => {
    uniforms(s, request, index, drawn, count);
    uniforms(s, request, (index + STEP) | 0, drawnToo, count);
    for (let n = 0; n < count; n++) drawn[n] = normalQuantile(drawn[n]!);
    for (let n = 0; n < count; n++) {
      let x = drawn[n]!;
      let u = drawnToo[n]!;
      // rejection takes as many uniforms as it needs from this customer's own, and from nobody else's
      let next = (index + 3 * STEP) | 0;
      for (;;) {
        const root = 1 + c * x;
        const v = root * root * root;
        const xx = x * x;
        // the squeeze comes first: it spares nearly all the logarithms
        if (root > 0 && (u < 1 - 0.0331 * xx * xx || log(u) < 0.5 * xx + d - d * v + d * log(v))) {
          into[n] = d * v * scale;
          break;
        }
        x = normalQuantile(uniform(s, request + n, next));
        u = uniform(s, request + n, (next + STEP) | 0);
        next = (next + 2 * STEP) | 0;
      }
    }
    if (!isBoosted) return;
    uniforms(s, request, (index + 2 * STEP) | 0, drawn, count);
    logsOfDraws(drawn, count, 1 / shape, logs);
    for (let n = 0; n < count; n++) into[n]! *= exp(logs[n]!);
  };
}
