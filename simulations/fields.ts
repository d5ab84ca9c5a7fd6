/**
 * The words in which settings are declared: numbers with their ranges, texts with their patterns, and a sentence on each
 * field, which is the author's manual. A thin layer over zod's small build, which weighs a third of the other.
 */
import * as z from 'zod/mini';

/** A schema with a sentence that says what the field means; types are inferred from the schema, never typed again. */
export function field<Schema extends z.core.$ZodType>(meaning: string, schema: Schema): Schema {
  return (schema as unknown as z.ZodMiniType).check(z.describe(meaning)) as unknown as Schema;
}

/** Bounds of a number: `min` and `max` belong to it, `above` does not. */
export interface Range {
  min?: number;
  above?: number;
  max?: number;
}

function checks({ min, above, max }: Range): z.core.$ZodCheck<number>[] {
  return [
    ...(min === undefined ? [] : [z.minimum(min)]),
    ...(above === undefined ? [] : [z.gt(above)]),
    ...(max === undefined ? [] : [z.maximum(max)]),
  ];
}

/** A number. */
export const number = (range: Range = {}) => z.number().check(...checks(range));

/** A whole number. */
export const whole = (range: Range = {}) => z.int().check(...checks(range));

/** A text of at most `max` letters. @param rule what it must look like, and the sentence that says so. */
export const text = (max: number, rule?: [RegExp, string]) =>
  z.string().check(z.maxLength(max), ...(rule === undefined ? [] : [z.regex(...rule)]));

/** A list. */
export const list = <Item extends z.core.$ZodType>(item: Item, { min, max }: { min?: number; max: number }) =>
  z.array(item).check(...(min === undefined ? [] : [z.minLength(min)]), z.maxLength(max));

/** What stands when the author leaves the field out. */
// oxlint-disable-next-line no-underscore-dangle -- the library's own name for it
export const otherwise = z._default;
/** A field that may be left out. */
export const optional = z.optional;
/** A field that may be null. */
export const nullable = z.nullable;
/** An object with these fields and no others. */
export const object = z.strictObject;
/** One of several words. */
export const choice = z.enum;
export { z };
