/**
 * A setting as authors write it in a tag: `dials="arrivalRate=9 variability=4"`, `inputs="pause@120:10"`.
 * It knows the grammar only; which dials and faults exist is the scenario's business.
 */

/** A fault that is triggered at a time, optionally for a time other than its own. */
export interface WrittenInput {
  at: number;
  fault: string;
  duration?: number;
}

/** Reads `name=value name=value`. Throws a sentence that says what is wrong and what would be right. */
export function parseDials(written: string | undefined): Record<string, number> {
  const dials: Record<string, number> = {};
  for (const word of words(written)) {
    const [name, value, ...rest] = word.split('=');
    const number = Number(value);
    if (!name || !value || rest.length > 0 || !Number.isFinite(number)) {
      throw new Error(`"${word}" is not a dial with its value; write dials="arrivalRate=9 variability=4"`);
    }
    dials[name] = number;
  }
  return dials;
}

/** Reads `fault@at fault@at:duration`, times in the scenario's unit. Throws like `parseDials`. */
export function parseInputs(written: string | undefined): WrittenInput[] {
  return words(written).map((word) => {
    const match = /^([a-zA-Z][a-zA-Z0-9-]*)@([\d.]+)(?::([\d.]+))?$/.exec(word);
    if (!match)
      throw new Error(`"${word}" is not a fault with its time; write inputs="pause@120" or inputs="pause@120:10"`);
    const [, fault = '', at, duration] = match;
    return { at: Number(at), fault, ...(duration === undefined ? {} : { duration: Number(duration) }) };
  });
}

function words(written: string | undefined): string[] {
  return (written ?? '').split(/[\s,]+/).filter((word) => word !== '');
}
