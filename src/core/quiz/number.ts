/** Numbers as people type them: decimal points and commas, thousands, a unit behind. It knows nothing of questions. */

/** What was typed: a value in the first of the units, or why there is none. */
export type Typed = { value: number } | { problem: 'empty' | 'not-a-number' | 'unknown-unit' };

/** A unit by the names it goes by, and how many of the first unit it is. */
export interface Unit {
  names: readonly string[];
  factor: number;
}

/** A comma that parts groups of three digits is a thousands mark (1,000); any other comma is a decimal one (0,5). */
const thousands = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/;

/**
 * Reads "0.5", "0,5", ".5", "1,000", "500 ms", "10 requests".
 * Full-width digits and the minus sign of typography count as what they look like.
 */
export function typedNumber(typed: string, units: readonly Unit[]): Typed {
  const plain = typed.normalize('NFKC').replaceAll('−', '-').replaceAll(/\s+/g, ' ').trim();
  if (plain === '') return { problem: 'empty' };
  const parts = /^([+-]?[\d.,]*\d[\d.,]*)\s*(.*)$/.exec(plain);
  if (parts === null) return { problem: 'not-a-number' };
  const [, digits = '', suffix = ''] = parts;
  const decimal = thousands.test(digits) ? digits.replaceAll(',', '') : digits.replace(',', '.');
  const value = Number(decimal);
  if (!Number.isFinite(value)) return { problem: 'not-a-number' };
  if (suffix === '') return { value };
  const unit = units.find(({ names }) => names.some((name) => name.toLowerCase() === suffix.toLowerCase()));
  return unit === undefined ? { problem: 'unknown-unit' } : { value: value * unit.factor };
}

/** Whether `value` is within `tolerance` (a share of `target`) of it. A hair is added for decimal fractions such as 0.1. */
export function isWithin(value: number, target: number, tolerance: number): boolean {
  return Math.abs(value - target) <= Math.abs(target) * tolerance + 1e-9;
}
