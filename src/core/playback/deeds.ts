/**
 * What a reader did to a run, as a list that can be edited: what, where, when and for how long. Times are in the scenario's
 * unit. It makes lists out of lists and runs nothing.
 */
import type { Input, Scenario } from '../../../simulations/index.ts';
import type { StageSetting } from './setting.ts';

/** So much a reader may do in one run: what a link and the machine take. */
export const MOST_DEEDS = 100;

/** A line of the schedule: one input, and where it stands in the list. */
export interface Deed {
  /** Place in the reader's list; -1 for what the scenario itself plans. */
  place: number;
  input: Input;
}

/** All that happens in a run, in the order of its times: what the scenario plans and what the reader did. */
export function scheduleOf(scenario: Pick<Scenario, 'inputs'>, inputs: readonly Input[]): Deed[] {
  const planned = scenario.inputs.map((input) => ({ place: -1, input: input as Input }));
  const done = inputs.map((input, place) => ({ place, input }));
  return [...planned, ...done].toSorted((a, b) => a.input.at - b.input.at);
}

/** The list with one deed more; a dial that is turned again at the same moment is the same deed with another value. */
export function withDeed(inputs: readonly Input[], deed: Input): Input[] {
  if (!('dial' in deed)) return [...inputs, deed];
  const place = inputs.findIndex((each) => 'dial' in each && each.dial === deed.dial && each.at === deed.at);
  return place < 0 ? [...inputs, deed] : inputs.with(place, deed);
}

export const withoutDeed = (inputs: readonly Input[], place: number): Input[] =>
  inputs.filter((_, each) => each !== place);

/** The list with a deed moved to another time, within the run. */
export function withTime(inputs: readonly Input[], place: number, at: number, horizon: number): Input[] {
  const input = inputs[place];
  if (input === undefined || !Number.isFinite(at)) return [...inputs];
  return inputs.with(place, { ...input, at: Math.min(horizon, Math.max(0, at)) });
}

/** The list with a fault that lasts so long; what is no duration leaves it as it is. */
export function withDuration(inputs: readonly Input[], place: number, duration: number, horizon: number): Input[] {
  const input = inputs[place];
  if (input === undefined || !('fault' in input) || !Number.isFinite(duration) || duration <= 0) return [...inputs];
  return inputs.with(place, { ...input, duration: Math.min(horizon, duration) });
}

/** The list with a dial turned to another value. */
export function withValue(inputs: readonly Input[], place: number, value: number): Input[] {
  const input = inputs[place];
  if (input === undefined || !('dial' in input) || !Number.isFinite(value)) return [...inputs];
  return inputs.with(place, { ...input, value });
}

/** Where a dial stands at a moment: at its setting, until it is turned on the way. */
export function dialAt(
  scenario: Pick<Scenario, 'inputs' | 'dials'>,
  setting: Pick<StageSetting, 'dials' | 'inputs'>,
  dial: string,
  at: number,
): number {
  const turned = scheduleOf(scenario, setting.inputs).findLast(
    ({ input }) => 'dial' in input && input.dial === dial && input.at <= at,
  );
  if (turned !== undefined && 'dial' in turned.input) return turned.input.value;
  return setting.dials[dial] ?? scenario.dials.find((each) => each.id === dial)?.start ?? 0;
}
