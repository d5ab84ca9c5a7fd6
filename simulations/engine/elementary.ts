/**
 * Elementary functions that give the same last bit everywhere (rule R1). They use only + − × ÷, sqrt and exact
 * bit moves, which IEEE 754 fixes, where JavaScript leaves `Math.log` and its kin to the engine.
 */

const bits = new DataView(new ArrayBuffer(8));
const LN2_HIGH = 0.6931471803691238; // upper bits of ln 2: k · LN2_HIGH is exact for |k| < 2^20
const LN2_LOW = 1.9082149292705877e-10;

/** Terms of the series 2·artanh(s)/s − 2 = 2/3 s² + 2/5 s⁴ + …, enough for |s| ≤ 0.1716 in double precision. */
const ARTANH = [2 / 3, 2 / 5, 2 / 7, 2 / 9, 2 / 11, 2 / 13, 2 / 15, 2 / 17, 2 / 19, 2 / 21, 2 / 23] as const;

/** 1/0!, 1/1!, … 1/15!. */
const INVERSE_FACTORIALS = [1, 1];
for (let n = 2; n < 16; n++) INVERSE_FACTORIALS.push(INVERSE_FACTORIALS[n - 1]! / n);

/**
 * Natural logarithm, within 2 units in the last place.
 * @param x any number; log(0) is −Infinity, of a negative number NaN.
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let exponent = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984; // 2^54 lifts a subnormal into the normal range
    exponent = -54;
  }
  bits.setFloat64(0, x);
  const high = bits.getInt32(0);
  exponent += (high >> 20) - 1023;
  bits.setInt32(0, (high & 0xfffff) | 0x3ff00000);
  let m = bits.getFloat64(0);
  if (m > Math.SQRT2) {
    m *= 0.5;
    exponent += 1;
  }
  const s = (m - 1) / (m + 1);
  const z = s * s;
  let series = ARTANH[10];
  for (let i = 9; i >= 0; i--) series = series * z + ARTANH[i]!;
  // 2s = f − s·f with f = m − 1 keeps the leading term exact
  const f = m - 1;
  return exponent * LN2_HIGH + (f - (s * (f - z * series) - exponent * LN2_LOW));
}

/**
 * e to the power x, within 2 units in the last place.
 * @param x any number; above 709.78 the result is Infinity, below −745.2 it is 0.
 */
export function exp(x: number): number {
  if (x !== x) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const k = Math.round(x * Math.LOG2E);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  // Taylor series on |r| ≤ 0.3466: the term r^16/16! is below 2^-68
  let sum = INVERSE_FACTORIALS[15]!;
  for (let n = 14; n >= 0; n--) sum = sum * r + INVERSE_FACTORIALS[n]!;
  return scaleByPowerOfTwo(sum, k);
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

/** x · 2^k, in two steps where one would leave the normal range. */
function scaleByPowerOfTwo(x: number, k: number): number {
  if (k < -1021) return x * powerOfTwo(k + 100) * powerOfTwo(-100);
  if (k > 1023) return x * powerOfTwo(1023) * powerOfTwo(k - 1023);
  return x * powerOfTwo(k);
}

function powerOfTwo(k: number): number {
  bits.setInt32(0, (k + 1023) << 20);
  bits.setInt32(4, 0);
  return bits.getFloat64(0);
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

const CENTRE_UP = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
];
const CENTRE_DOWN = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852546,
];
const MIDDLE_UP = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
];
const MIDDLE_DOWN = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const TAIL_UP = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
];
const TAIL_DOWN = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
  1.421511758316446e-7, 2.0442631033899397e-15,
];

function ratio(x: number, up: readonly number[], down: readonly number[]): number {
  let a = up[7]!;
  let b = down[7]!;
  for (let i = 6; i >= 0; i--) {
    a = a * x + up[i]!;
    b = b * x + down[i]!;
  }
  return a / b;
}
