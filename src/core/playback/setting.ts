/** What a run is made from, as the page holds it: the question to the machine, never its answer. */
import type { FaultInput, Input, Scenario } from '../../../simulations/index.ts';

/** A design of a scenario, where its dials stand, what the reader broke and when, and the seed. */
export interface StageSetting {
  design: string;
  dials: Record<string, number>;
  inputs: FaultInput[];
  seed: number;
}

/** What was broken in a run. The page breaks things; what else may happen to a run it does not ask for yet. */
export const faultsOf = (inputs: readonly Input[]): FaultInput[] =>
  inputs.filter((input): input is FaultInput => 'fault' in input);

/** The parts of a scenario that a setting is checked against. */
export type Frameable = Pick<Scenario, 'id' | 'designs' | 'dials' | 'horizon' | 'seed'> & { faults: { id: string }[] };

/** How a scenario stands before anybody touched it, with some of it chosen by the page. */
export function settingOf(
  scenario: Frameable,
  chosen: { design?: string | undefined; dials?: Record<string, number> | undefined } = {},
): StageSetting {
  const dials: Record<string, number> = {};
  for (const dial of scenario.dials) {
    const wanted = chosen.dials?.[dial.id] ?? dial.start;
    dials[dial.id] = Math.min(dial.max, Math.max(dial.min, wanted));
  }
  const design = scenario.designs.find((each) => each.id === chosen.design) ?? scenario.designs[0]!;
  return { design: design.id, dials, inputs: [], seed: scenario.seed };
}

/** Whether two settings ask the same question. */
export function isSameSetting(a: StageSetting, b: StageSetting): boolean {
  return (
    JSON.stringify([a.design, a.dials, a.inputs, a.seed]) === JSON.stringify([b.design, b.dials, b.inputs, b.seed])
  );
}

/** The part of a setting that a sweep over `dial` depends on, as a key: turning that very dial leaves the curve as it is. */
export function sweepKey(setting: StageSetting, dial: string): string {
  const dials = Object.entries(setting.dials).filter(([id]) => id !== dial);
  return JSON.stringify([setting.design, dials, setting.seed]);
}
