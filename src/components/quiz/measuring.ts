/**
 * Measures the numbers behind a question anew in the reader's own browser, in the simulations' worker. The same seed must give
 * the same numbers as the build did. It knows no question type; a run in which something breaks it leaves to the build.
 */
import type { ScenarioSource } from '../../../simulations/index.ts';
import { keyLuck, readingsOf, together, type Measurement, type Reading } from '../../core/quiz/measurement.ts';
import type { MeasuredValue } from '../../core/quiz/question.ts';
import type { openSimulator as Open } from '../../worker/client.ts';

export interface Machine {
  openSimulator: typeof Open;
  scenario: ScenarioSource;
}

const scenarios = import.meta.glob<ScenarioSource>('../../../simulations/scenarios/*/scenario.ts', {
  import: 'default',
});

/** Fetches what is needed to run a scenario: nobody pays for it before they have answered. */
async function fetchMachine(id: string): Promise<Machine | null> {
  const load = scenarios[`../../../simulations/scenarios/${id}/scenario.ts`];
  if (load === undefined) return null;
  const [{ openSimulator }, scenario] = await Promise.all([import('../../worker/client.ts'), load()]);
  return { openSimulator, scenario };
}

/** One number, from a sweep that has a single point. Null when no worker could make its runs. */
function measureReading(
  { run, measure }: Reading,
  { openSimulator, scenario }: Machine,
): Promise<MeasuredValue | null> {
  return new Promise((resolve) => {
    const dial = scenario.dials?.[0];
    const design = run.design ?? scenario.designs?.[0]?.id;
    if (dial === undefined || design === undefined || (run.inputs ?? []).length > 0) {
      resolve(null);
      return;
    }
    const end = (value: MeasuredValue | null): void => {
      resolve(value);
      // Not at once: whoever is being told this may still be about to ask.
      queueMicrotask(() => simulator.close());
    };
    const simulator = openSimulator(scenario, {
      run: () => undefined,
      repeated: () => undefined,
      point: ({ estimate: { value, halfWidth, enough } }) => end({ value, halfWidth, enough }),
      error: () => end(null),
      // Ten runs on the page itself would be felt, and the build's numbers are here already.
      slow: () => end(null),
    });
    const dials = run.dials ?? {};
    const { seed, replications } = keyLuck;
    simulator.sweep({
      setting: { design, dials, inputs: [], seed },
      dial: dial.id,
      measure,
      at: [dials[dial.id] ?? dial.start],
      replications,
    });
  });
}

/** Measures one after the other. Null when not all could be measured. */
export async function measureHere(
  measurements: readonly Measurement[],
  machineFor: (scenario: string) => Promise<Machine | null> = fetchMachine,
): Promise<MeasuredValue[] | null> {
  // Where there are no workers the machine need not even be fetched.
  if (typeof Worker === 'undefined') return null;
  const found: MeasuredValue[] = [];
  for (const measurement of measurements) {
    const numbers: MeasuredValue[] = [];
    for (const reading of readingsOf(measurement)) {
      const machine = await machineFor(reading.run.scenario).catch(() => null);
      const number = machine === null ? null : await measureReading(reading, machine);
      if (number === null) return null;
      numbers.push(number);
    }
    found.push(together(numbers));
  }
  return found;
}
