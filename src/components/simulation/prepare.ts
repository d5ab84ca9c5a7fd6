/** Makes the first picture of a stage while the site is built: runs the scenario here, so that no page begins with a blank box. */
import { z } from 'zod';
import {
  applySetting,
  parseScenario,
  simulate,
  sweepPoint,
  type ScenarioSource,
  type SweepPoint,
} from '../../../simulations/index.ts';
import type { Language } from '../../../languages.ts';
import { readFrames, served } from '../../core/playback/frame.ts';
import { settingOf } from '../../core/playback/setting.ts';
import { messagesOf } from '../../interface.ts';
import { closedFormsOf } from '../../worker/answering.ts';
import type { Prepared } from './prepared.ts';
import { readingOf, REPLICATIONS, stopsOf, sweepPlan, tellingMoment } from './reading.ts';
import { wordsOf } from './scenario-words.ts';

const scenarios = import.meta.glob<ScenarioSource>('../../../simulations/scenarios/*/scenario.ts', {
  import: 'default',
  eager: true,
});

const chosen = z.strictObject({
  id: z.string(),
  design: z.optional(z.string()),
  dials: z.optional(z.record(z.string(), z.number())),
  show: z.optional(z.array(z.string())),
});
export type Chosen = z.infer<typeof chosen>;

const kept = new Map<string, SweepPoint[]>();

/** Numbers are rounded to what a screen can show: the text goes to every reader. */
const rounded = (_: string, value: unknown): unknown => {
  if (typeof value !== 'number' || Number.isInteger(value)) return value;
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : null;
};

/**
 * The first picture of a scenario.
 * @throws when the lesson names a scenario, design or dial that does not exist.
 */
export function prepare(language: Language, props: Chosen): { text: string; prepared: Prepared } {
  const { id, design, dials, show } = chosen.parse(props);
  const source = scenarios[`../../../simulations/scenarios/${id}/scenario.ts`];
  if (source === undefined) {
    const known = Object.keys(scenarios).map((path) => path.split('/').at(-2));
    throw new Error(`<Simulation id="${id}">: there is no such scenario; known are ${known.join(', ')}.`);
  }
  const scenario = parseScenario(source);
  const { scenario: applied } = applySetting(scenario, { design, dials });
  const setting = settingOf(scenario, { design, dials });
  const run = simulate(scenario, { ...setting, record: 'trace' });
  const reader = readFrames(run, { stops: stopsOf(scenario) });
  const frame = reader.at(tellingMoment(reader, scenario.warmUp * scenario.time.ticks));
  const done = Object.values(frame.parts)
    .flatMap((part) => part.slots)
    .filter((slot) => slot.hop >= 0)
    .map((slot): [number, number] => [slot.hop, served(reader, slot.hop, frame.at)]);

  const sweep = scenario.show?.sweep;
  let points: SweepPoint[] = [];
  if (sweep !== undefined) {
    const key = JSON.stringify([id, setting]);
    points =
      kept.get(key) ??
      sweepPlan(scenario.dials.find((dial) => dial.id === sweep.dial)!).map((x) =>
        sweepPoint(scenario, { ...sweep, ...setting, inputs: [], replications: REPLICATIONS }, x),
      );
    kept.set(key, points);
  }

  const prepared: Prepared = {
    language,
    scenario,
    words: wordsOf(id, language),
    messages: messagesOf(language, 'stage'),
    setting,
    reading: readingOf(run, scenario, closedFormsOf(applied), 100),
    frame,
    done,
    sweep: points,
    show: show ?? null,
  };
  const text = JSON.stringify(prepared, rounded);
  return { text, prepared: JSON.parse(text) as Prepared };
}
