/** What a run is made from, as the page holds it: the question to the machine, never its answer. */
import type { Input, Scenario } from '../../../simulations/index.ts';

/** A design of a scenario, where its dials stand, what the reader broke, mended and turned on the way, and the seed. */
export interface StageSetting {
  design: string;
  dials: Record<string, number>;
  inputs: Input[];
  seed: number;
  /** What the reader wrote in place of the scenario's own texts, such as a program. It travels in the link. */
  texts?: Record<string, string>;
  /** Designs that are run beside it, under the same customers, faults and luck. They travel in the link. */
  compared?: string[];
}

/** The parts of a scenario that a setting is checked against. */
export type Frameable = Pick<Scenario, 'id' | 'designs' | 'dials' | 'horizon' | 'seed'> & {
  faults: { id: string }[];
  texts?: { id: string; most: number }[];
};

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

/** As many designs may stand beside one: more lines than five nobody tells apart. */
export const MOST_COMPARED = 4;

/** Designs to run beside another, each once and never that very one. */
export function besides(design: string, compared: readonly string[] = []): string[] {
  return [...new Set(compared)].filter((each) => each !== design).slice(0, MOST_COMPARED);
}

/** Shows another design. Which designs are looked at stays as it is: the one that leaves takes the newcomer's place. */
export function withDesign(setting: StageSetting, design: string): StageSetting {
  const compared = (setting.compared ?? []).map((each) => (each === design ? setting.design : each));
  return { ...setting, design, compared: besides(design, compared) };
}

/** Whether two settings ask the same question. */
export function isSameSetting(a: StageSetting, b: StageSetting): boolean {
  const asked = ({ design, dials, inputs, seed, compared = [], texts = {} }: StageSetting): string =>
    JSON.stringify([design, dials, inputs, seed, compared, texts]);
  return asked(a) === asked(b);
}

/** The part of a setting that a sweep over `dial` depends on, as a key: turning that very dial leaves the curve as it is. */
export function sweepKey(setting: StageSetting, dial: string): string {
  const dials = Object.entries(setting.dials).filter(([id]) => id !== dial);
  return JSON.stringify([setting.design, dials, setting.seed, ...(setting.texts === undefined ? [] : [setting.texts])]);
}
