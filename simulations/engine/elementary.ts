/**
 * Elementary functions that give the same last bit everywhere (rule R1). They use only + − × ÷, sqrt and exact
 * bit moves, which IEEE 754 fixes, where JavaScript leaves `Math.log` and its kin to the engine.
 */

/** One double and its two halves, to read and write exponents. */
const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);
/** Which half of a double holds the exponent: the last on every machine that browsers run on today, but ask. */
double[0] = 1;
export const HIGH = halves[1] === 0 ? 0 : 1;
const LOW = 1 - HIGH;

const LN2_HIGH = 0.6931471803691238; // upper bits of ln 2: k · LN2_HIGH is exact for |k| < 2^20
const LN2_LOW = 1.9082149292705877e-10;

/** ln(i / 128) for i from 90 to 182, that is from √½ to √2, by the series ln c = 2 artanh((c − 1) / (c + 1)). */
const LOG_OF_CENTRE = new Float64Array(183);
const INVERSE_OF_CENTRE = new Float64Array(183);
for (let i = 90; i < 183; i++) {
  const s = (i - 128) / (i + 128);
  let series = 0;
  for (let n = 31; n >= 1; n -= 2) series = series * s * s + 1 / n;
  LOG_OF_CENTRE[i] = 2 * s * series;
  INVERSE_OF_CENTRE[i] = 128 / i;
}

/** 2^-k at index k + 1022, for every exponent k of a normal number. */
const TWO_TO_MINUS = new Float64Array(2047);
for (let k = -1022; k <= 1024; k++)
  TWO_TO_MINUS[k + 1022] = k < 1023 ? powerOfTwo(-k) : powerOfTwo(-1022) * powerOfTwo(1022 - k);

/**
 * Natural logarithm, within 2 units in the last place: x = 2^k · c · (1 + r) with c the nearest multiple of 1/128 in
 * √½ … √2, so that |r| < 0.0056 and seven terms of the series for ln(1 + r) are enough. Around 1 the centre is 1 itself.
 * @param x any number; log(0) is −Infinity, of a negative number NaN.
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  // 2^54 lifts a subnormal number into the normal range
  if (x < 2.2250738585072014e-308) return log(x * 18014398509481984) - 54 * Math.LN2;
  double[0] = x;
  const high = halves[HIGH]!;
  // adding 0x95f62 carries into the exponent just when the mantissa is above √2: no branch to guess wrong
  const k = ((high + 0x95f62) >> 20) - 1023;
  const m = x * TWO_TO_MINUS[k + 1022]!;
  const i = (m * 128 + 0.5) | 0;
  const r = (m - i * 0.0078125) * INVERSE_OF_CENTRE[i]!;
  const rr = r * r;
  const terms = rr * (-0.5 + r * (1 / 3) + rr * (-0.25 + r * 0.2 + rr * (-1 / 6 + r * (1 / 7))));
  return k * LN2_HIGH + (LOG_OF_CENTRE[i]! + (r + (terms + k * LN2_LOW)));
}

/** ½ … 1 in cells of 1/512 for `logsOfDraws`: each cell's centre (the last one's is 1), its logarithm and its inverse. */
const CENTRE = new Float64Array(512);
const LOG_OF_CELL = new Float64Array(512);
const INVERSE_OF_CELL = new Float64Array(512);
for (let i = 256; i < 512; i++) {
  CENTRE[i] = i === 511 ? 1 : (i + 0.5) / 512;
  LOG_OF_CELL[i] = log(CENTRE[i]!);
  INVERSE_OF_CELL[i] = 1 / CENTRE[i]!;
}

/** 2^(z − 6) at index z. */
const SCALE = new Float64Array(33);
for (let z = 0; z < 33; z++) SCALE[z] = TWO_TO_MINUS[1028 - z]!;

/**
 * Natural logarithms of drawn numbers, times a factor; each within 2 units in the last place. It takes a third of the
 * time of `log`, because the exponent is counted in a register and nothing branches.
 * @param drawn numbers strictly between 0 and 1. @param count how many of them. @param into where the results go: not `drawn`.
 */
export function logsOfDraws(drawn: Float64Array, count: number, factor: number, into: Float64Array): void {
  let rare = 0;
  for (let n = 0; n < count; n++) {
    const u = drawn[n]!;
    const top = (u * 67108864) | 0;
    rare |= top - 256;
    // u = 2^-k · m with m from ½ to 1, whose cell is in the nine bits that follow the zeros
    const zeros = Math.clz32(top);
    const i = (top << zeros) >>> 23;
    const r = (u * SCALE[zeros]! - CENTRE[i]!) * INVERSE_OF_CELL[i]!;
    const rr = r * r;
    const series = r - rr * (0.5 - r * (1 / 3) + rr * (0.25 - r * 0.2 + rr * (1 / 6)));
    into[n] = factor * (LOG_OF_CELL[i]! - (zeros - 6) * Math.LN2 + series);
  }
  // below 2^-18 there are fewer than nine bits: one in a quarter of a million, and so not worth a branch for each
  if (rare < 0) for (let n = 0; n < count; n++) if (drawn[n]! < 1 / 2 ** 18) into[n] = factor * log(drawn[n]!);
}

/** 1/0!, 1/1!, … 1/15!. */
const F = new Float64Array(16).fill(1);
for (let n = 2; n < 16; n++) F[n] = F[n - 1]! / n;

/**
 * e to the power x, within 2 units in the last place.
 * @param x any number; above 709.78 the result is Infinity, below −745.2 it is 0.
 */
export function exp(x: number): number {
  if (x !== x) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  // to the nearest whole number, by way of a positive one: a whole number in a register, not a double
  const k = ((x * Math.LOG2E + 1080.5) | 0) - 1080;
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  // Taylor series on |r| ≤ 0.3466: the term r^16/16! is below 2^-68. Even and odd terms apart, to be added at one time
  const rr = r * r;
  const even = F[2]! + rr * (F[4]! + rr * (F[6]! + rr * (F[8]! + rr * (F[10]! + rr * (F[12]! + rr * F[14]!)))));
  const odd = F[3]! + rr * (F[5]! + rr * (F[7]! + rr * (F[9]! + rr * (F[11]! + rr * (F[13]! + rr * F[15]!)))));
  const sum = 1 + (r + rr * (even + r * odd));
  // in two steps, because 2^k alone may leave the normal range
  const half = k >> 1;
  return sum * TWO_TO_MINUS[1022 - half]! * TWO_TO_MINUS[1022 - k + half]!;
}

/**
 * x to the power y for x ≥ 0, within a relative error of about |y ln x| · 2^-52.
 * @param x not negative. @param y any finite number.
 */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x === 0) return y > 0 ? 0 : Infinity;
  return exp(y * log(x));
}

function powerOfTwo(k: number): number {
  halves[HIGH] = (k + 1023) << 20;
  halves[LOW] = 0;
  return double[0]!;
}

/**
 * The standard normal distribution's quantile (inverse distribution function), relative error about 1e-16.
 * Source: Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988).
 * @param p strictly between 0 and 1.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return q * ratio(r, CENTRE_UP, CENTRE_DOWN);
  }
  let r = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const value = r <= 5 ? ratio((r -= 1.6), MIDDLE_UP, MIDDLE_DOWN) : ratio((r -= 5), TAIL_UP, TAIL_DOWN);
  return q < 0 ? -value : value;
}

const CENTRE_UP = new Float64Array([
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
]);
const CENTRE_DOWN = new Float64Array([
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852546,
]);
const MIDDLE_UP = new Float64Array([
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
]);
const MIDDLE_DOWN = new Float64Array([
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
]);
const TAIL_UP = new Float64Array([
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
]);
const TAIL_DOWN = new Float64Array([
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
  1.421511758316446e-7, 2.0442631033899397e-15,
]);

/** The quotient of two polynomials with eight coefficients each. */
function ratio(x: number, up: Float64Array, down: Float64Array): number {
  return polynomial(x, up) / polynomial(x, down);
}

function polynomial(x: number, c: Float64Array): number {
  return c[0]! + x * (c[1]! + x * (c[2]! + x * (c[3]! + x * (c[4]! + x * (c[5]! + x * (c[6]! + x * c[7]!))))));
}

/**
 * The sine of a share of a full turn, within 1e-15: sineOfTurn(0.25) is 1.
 * @param turn any number of turns up to 2^40; whole turns are taken off.
 */
export function sineOfTurn(turn: number): number {
  let x = turn - Math.round(turn);
  // to a quarter turn on either side of 0, where the series is short
  if (x > 0.25) x = 0.5 - x;
  else if (x < -0.25) x = -0.5 - x;
  const angle = 2 * Math.PI * x;
  const square = angle * angle;
  let sum = 1;
  for (let n = 21; n >= 3; n -= 2) sum = 1 - (square / (n * (n - 1))) * sum;
  return angle * sum;
}
