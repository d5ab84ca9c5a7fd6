/** Where the values of a dial lie between its ends: evenly, or each twice the one before. It knows no slider and no chart. */

/** What is known of a dial here. */
export interface Values {
  min: number;
  max: number;
  step: number;
  scale?: 'linear' | 'doubling' | undefined;
}

const doublings = ({ min, max }: Values): number => Math.floor(Math.log2(max / min) + 1e-9);

/** How many steps lie between a dial's ends. */
export const stepsOf = (dial: Values): number =>
  dial.scale === 'doubling' ? doublings(dial) : Math.round((dial.max - dial.min) / dial.step);

/** The value after so many steps. */
export const valueAfter = (dial: Values, steps: number): number =>
  dial.scale === 'doubling' ? dial.min * 2 ** steps : Number((dial.min + steps * dial.step).toFixed(9));

/** After how many steps a value comes: for one between two, a fraction. */
export const stepsTo = (dial: Values, value: number): number =>
  dial.scale === 'doubling' ? Math.log2(value / dial.min) : (value - dial.min) / dial.step;
