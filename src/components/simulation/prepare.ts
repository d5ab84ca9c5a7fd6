/** Makes the first picture of a stage while the site is built: runs the scenario here, so that no page begins with a blank box. */
import { z } from 'zod';
import {
  applySetting,
  connectionsOf,
  parseScenario,
  ScenarioError,
  simulate,
  sweepPoint,
  type Scenario,
  type SweepPoint,
} from '../../../simulations/index.ts';
import type { Language } from '../../../languages.ts';
import { addressOf, embedPage, simulationPage } from '../../core/course/address.ts';
import { readComputer } from '../../core/playback/computer.ts';
import { readChanges } from '../../core/playback/changes.ts';
import { readLandscape } from '../../core/playback/landscape.ts';
import { readOrganisation } from '../../core/playback/organisation.ts';
import { readFrames, served } from '../../core/playback/frame.ts';
import { settingOf } from '../../core/playback/setting.ts';
import { messagesOf } from '../../interface.ts';
import { closedFormsOf } from '../../worker/answering.ts';
import { isExample, simulationIds, sourceOf } from './catalogue.ts';
import type { Prepared, Reading } from './prepared.ts';
import { readingOf, REPLICATIONS, knowledgeOf, sweepPlan, tellingMoment } from './reading.ts';
import { remembered } from './remembered.ts';
import { wordsOf } from './scenario-words.ts';

const chosen = z.strictObject({
  id: z.string(),
  design: z.optional(z.string()),
  dials: z.optional(z.record(z.string(), z.number())),
  show: z.optional(z.array(z.string())),
});
export type Chosen = z.infer<typeof chosen>;

/** What the machine makes of a setting, which is the same in every language. */
type Made = Pick<Prepared, 'scenario' | 'connections' | 'setting' | 'reading' | 'frame' | 'done' | 'turnable'>;
const kept = new Map<string, Made>();

/** Numbers are rounded to what a screen can show: the text goes to every reader. */
const rounded = (_: string, value: unknown): unknown => {
  if (typeof value !== 'number' || Number.isInteger(value)) return value;
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : null;
};

/** Whether the machine takes a turn of a dial while a run goes on. */
function mayTurn(scenario: Scenario, dial: string): boolean {
  const { start } = scenario.dials.find((each) => each.id === dial)!;
  try {
    applySetting(scenario, { inputs: [{ at: 0, dial, value: start }] });
    return true;
  } catch (error) {
    if (error instanceof ScenarioError) return false;
    throw error;
  }
}

/**
 * What of a reading the page needs until the machine has run there: a system of many parts has thousands of measures, and
 * most of them nobody prints.
 */
function firstOf(reading: Reading, show: Scenario['show']): Reading {
  const { measures, units, ...run } = reading.run;
  const printed = show?.measures ?? Object.keys(measures);
  const isNeeded = ([name]: [string, unknown]): boolean =>
    printed.includes(name) ||
    name === show?.sweep?.measure ||
    // the run in words speaks of these
    /^[^.>@]+\.(arrivals|utilisation|response\.mean)$/.test(name);
  return {
    ...reading,
    run: {
      ...run,
      measures: Object.fromEntries(Object.entries(measures).filter(isNeeded)),
      units: Object.fromEntries(Object.entries(units).filter(isNeeded)),
      timeShares: {},
      // the run in words asks who serves and how many wait
      state: Object.fromEntries(
        Object.entries(run.state).map(([id, { slots, queue }]) => [
          id,
          { instances: [], slots: slots.slice(0, 1), queue, inside: 0, readings: {} },
        ]),
      ),
    },
  };
}

function make({ id, design, dials }: Chosen): Made {
  const source = sourceOf(id);
  if (source === undefined) {
    throw new Error(`<Simulation id="${id}">: there is no such scenario; known are ${simulationIds.join(', ')}.`);
  }
  const scenario = parseScenario(source);
  const { scenario: applied } = applySetting(scenario, { design, dials });
  const setting = settingOf(scenario, { design, dials });
  const key = JSON.stringify([id, setting]);
  const known = kept.get(key);
  if (known !== undefined) return known;

  const run = simulate(scenario, { ...setting, record: 'trace' });
  const reader = readFrames(run, knowledgeOf(scenario));
  const frame = reader.at(tellingMoment(reader, scenario.warmUp * scenario.time.ticks));
  const computer = readComputer(run)?.at(frame.at);
  if (computer !== undefined) frame.computer = structuredClone(computer);
  for (const part of run.trace!.parts) {
    const organised = readOrganisation(run, part)?.at(frame.at);
    if (organised !== undefined) frame.organisations = { ...frame.organisations, [part]: structuredClone(organised) };
    const bordered = readChanges(run, part)?.at(frame.at);
    if (bordered !== undefined) frame.bordered = { ...frame.bordered, [part]: structuredClone(bordered) };
    const choices = readLandscape(run, part)?.at(frame.at);
    if (choices !== undefined) frame.landscapes = { ...frame.landscapes, [part]: structuredClone(choices) };
  }
  const done = Object.values(frame.parts)
    .flatMap((part) => part.slots)
    .filter((slot) => slot.hop >= 0)
    .map((slot): [number, number] => [slot.hop, served(reader, slot.hop, frame.at)]);
  const made = {
    scenario,
    connections: Object.fromEntries(
      scenario.designs.map((each) => [each.id, connectionsOf(applySetting(scenario, { design: each.id }).scenario)]),
    ),
    setting,
    reading: firstOf(readingOf(run, scenario, closedFormsOf(applied), 100), scenario.show),
    frame,
    done,
    turnable: scenario.dials.map((dial) => dial.id).filter((dial) => mayTurn(scenario, dial)),
  };
  kept.set(key, made);
  return made;
}

const curves = new Map<string, SweepPoint[]>();

/** The curve over a dial, where it is shown. That of an example takes longer than a build should wait: its page measures it. */
function curveOf({ id, show }: Chosen, { scenario, setting }: Made): SweepPoint[] {
  const sweep = scenario.show?.sweep;
  if (sweep === undefined || isExample(id) || show?.includes('sweep') === false) return [];
  const key = JSON.stringify([id, setting]);
  const known = curves.get(key);
  if (known !== undefined) return known;
  const plan = sweepPlan(scenario.dials.find((dial) => dial.id === sweep.dial)!);
  const asked = { ...sweep, ...setting, inputs: [], replications: REPLICATIONS };
  const points = remembered(['curve', plan, asked, scenario], () => plan.map((x) => sweepPoint(scenario, asked, x)));
  curves.set(key, points);
  return points;
}

/**
 * The first picture of a scenario or an example.
 * @throws when the lesson names a scenario, design or dial that does not exist.
 */
export function prepare(language: Language, props: Chosen): { text: string; prepared: Prepared } {
  const checked = chosen.parse(props);
  const made = make(checked);
  const prepared: Prepared = {
    language,
    ...made,
    sweep: curveOf(checked, made),
    words: wordsOf(checked.id, language),
    messages: messagesOf(language, 'stage'),
    addresses: {
      page: addressOf(language, simulationPage(checked.id), import.meta.env.BASE_URL),
      embed: addressOf(language, embedPage(checked.id), import.meta.env.BASE_URL),
    },
    show: checked.show ?? null,
  };
  const text = JSON.stringify(prepared, rounded);
  return { text, prepared: JSON.parse(text) as Prepared };
}
