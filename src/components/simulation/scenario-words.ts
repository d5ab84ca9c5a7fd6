/** The words of a scenario in one language: what its designs, parts, dials, faults and measures are called. Read while the site is built. */
import { parse } from 'yaml';
import type { Language } from '../../../languages.ts';
import { isExample } from './catalogue.ts';

export interface ScenarioWords {
  title: string;
  summary: string;
  designs: Record<string, { name: string; short: string }>;
  parts: Record<string, string>;
  /** `values` names the values of a dial that chooses among things, v1, v2 and so on; `notes` says more of each. */
  dials: Record<
    string,
    { name: string; help: string; values?: Record<string, string>; notes?: Record<string, string> }
  >;
  faults: Record<string, { name: string; help: string }>;
  measures: Record<string, string>;
  /** The boards, with their columns by their ids. */
  boards?: Record<string, { name: string; help: string; columns: Record<string, string> }>;
  texts?: Record<string, { name: string; help: string }>;
  claims?: Record<string, string>;
}

const files = import.meta.glob<string>(
  ['../../../simulations/scenarios/*/words.*.yaml', '../../../simulations/examples/*.words.*.yaml'],
  { query: '?raw', import: 'default', eager: true },
);

/**
 * The words of a scenario.
 * @throws with the file's name when there are none.
 */
export function wordsOf(scenario: string, language: Language): ScenarioWords {
  const path = isExample(scenario)
    ? `simulations/examples/${scenario}.words.${language}.yaml`
    : `simulations/scenarios/${scenario}/words.${language}.yaml`;
  const text = files[`../../../${path}`];
  if (text === undefined) throw new Error(`${path} is missing: every simulation is named in every language.`);
  const words = (parse(text) ?? {}) as Partial<ScenarioWords>;
  return {
    title: words.title ?? scenario,
    summary: words.summary ?? '',
    designs: words.designs ?? {},
    parts: words.parts ?? {},
    dials: words.dials ?? {},
    faults: words.faults ?? {},
    measures: words.measures ?? {},
    ...(words.boards !== undefined && { boards: words.boards }),
  };
}
