/** Which simulations there are to try: the scenarios in their folders, and the example systems. It knows where they lie, not what is in them. */
import { languages } from '../../../languages.ts';
import type { ScenarioSource } from '../../../simulations/index.ts';

const folders = import.meta.glob<ScenarioSource>('../../../simulations/scenarios/*/scenario.ts', {
  import: 'default',
  eager: true,
});
const examples = import.meta.glob<ScenarioSource>('../../../simulations/examples/*.json', {
  import: 'default',
  eager: true,
});

const exampleWords = import.meta.glob<string>('../../../simulations/examples/*.words.*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const folderOf = (id: string): string => `../../../simulations/scenarios/${id}/scenario.ts`;
const exampleOf = (id: string): string => `../../../simulations/examples/${id}.json`;

/**
 * The ids of all scenarios and examples that a reader may open, in order. An example without words is one for the command
 * line only. A folder stands before an example of the same name.
 */
export const simulationIds: readonly string[] = [
  ...new Set([
    ...Object.keys(folders).map((path) => path.split('/').at(-2)!),
    ...Object.keys(exampleWords).map((path) => path.split('/').at(-1)!.split('.')[0]!),
  ]),
]
  // Folders that begin with _ are templates.
  .filter((id) => !id.startsWith('_'))
  .sort();

/** The addresses of pages of which each simulation has one in each language, for the routes. */
export const simulationPaths = () =>
  languages.flatMap(({ id: language, path }) =>
    simulationIds.map((scenario) => ({
      params: { language: path || undefined, scenario },
      props: { language, scenario },
    })),
  );

/** The data of a scenario or an example; undefined when there is none of that name. */
export const sourceOf = (id: string): ScenarioSource | undefined => folders[folderOf(id)] ?? examples[exampleOf(id)];

/** Whether it is an example: a system without a lesson, claims and a card of its own. */
export const isExample = (id: string): boolean => !(folderOf(id) in folders);
