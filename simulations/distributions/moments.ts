/** Means and variations of laws whose moments take more than arithmetic. It draws nothing. */
import { exp, log, pow } from '../engine/elementary.ts';

/**
 * The gamma function for x from 1 to 170, within about 1e-13: Stirling's series at x + 12, and back down.
 * Source: NIST Digital Library of Mathematical Functions, 5.11.1.
 */
export function gammaFunction(x: number): number {
  let below = 1;
  let y = x;
  for (; y < 13; y++) below *= y;
  const yy = y * y;
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / yy) / yy) / yy) / yy) / y;
  return (exp((y - 0.5) * log(y) - y + series) * Math.sqrt(2 * Math.PI)) / below;
}

/** The nth moment of a Weibull variable of scale 1. */
export function weibullMoment(shape: number, n: number): number {
  return gammaFunction(1 + n / shape);
}

/**
 * By how much the absolute value of a normal variable is greater in the mean than the variable: 2σ(φ(a) − a(1 − Φ(a)))
 * with a = mean / deviation.
 * @param mean not negative. @param deviation above 0.
 */
export function foldedExcess(mean: number, deviation: number): number {
  const a = mean / deviation;
  // the rest is below what a double can tell from nothing
  if (a > 9) return 0;
  const density = exp((-a * a) / 2) / Math.sqrt(2 * Math.PI);
  // Φ(a) − ½ by Marsaglia's series, Evaluating the normal distribution, Journal of Statistical Software 11 (2004)
  let term = a;
  let sum = a;
  for (let i = 3; term > sum / 2 ** 54; i += 2) {
    term *= (a * a) / i;
    sum += term;
  }
  return Math.max(0, 2 * deviation * (density - a * (0.5 - density * sum)));
}

/** The nth moment of a Pareto variable, truncated at `max`; Infinity where there is none. */
export function paretoMoment(shape: number, min: number, max: number, n: number): number {
  if (max === Infinity) return shape > n ? (pow(min, n) * shape) / (shape - n) : Infinity;
  const span = log(max / min);
  return (pow(min, n) * meanSlope((n - shape) * span)) / meanSlope(-shape * span);
}

/** (e^z − 1) / z, also where z is nearly 0. */
function meanSlope(z: number): number {
  if (Math.abs(z) > 0.5) return (exp(z) - 1) / z;
  let term = 1;
  let sum = 1;
  for (let i = 2; i < 20; i++) {
    term *= z / i;
    sum += term;
  }
  return sum;
}
