/**
 * `npm run crossings`: how often the curves of `complexity-premium` cross, over many settings of its dials that chance
 * chose. It takes about ten minutes and writes experiment.json beside the scenario; with --recount it only counts anew what is
 * kept there. A law says when that file is stale and runs a setting again, a long test runs more of them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { engineVersion, parseScenario, simulate, type Scenario } from '../simulations/index.ts';
import { stream, uniform } from '../simulations/engine/draws.ts';
import source from '../simulations/scenarios/complexity-premium/scenario.ts';
import { experimentKey } from '../src/markdown/experiments.ts';

const FILE = 'simulations/scenarios/complexity-premium/experiment.json';

export const plan = {
  settings: 200,
  seed: 2026,
  /** Where on the dial of components a curve is measured. */
  sizes: [16, 32, 48, 64, 80, 96, 112, 128, 144],
  designs: ['monolith', 'modules', 'services'],
  /** With these times the automation each setting is tried. */
  automation: [1, 4],
  /** Differences of less than this share count as none: one run is no surer than that. */
  tie: 0.05,
};

/** What one setting gave: its dials, and by automation, design and size what all teams finished in a week. */
export interface Row {
  dials: Record<string, number>;
  finished: number[][][];
}

const scenario: Scenario = parseScenario(source);
const drawn = scenario.dials.filter(({ id }) => id !== 'components' && id !== 'automation');

/** Where the dials stand in the setting of this number: each drawn over its whole range, every step as likely. */
export function dialsOf(setting: number): Record<string, number> {
  return Object.fromEntries(
    drawn.map(({ id, min, max, step }) => {
      const steps = Math.round((max - min) / step) + 1;
      const place = Math.floor(uniform(stream(plan.seed, 0, 'crossings', id), setting, 0) * steps);
      return [id, Number((min + place * step).toFixed(6))];
    }),
  );
}

/** Runs one setting: every design at every size, with the same luck. */
export function rowOf(setting: number): Row {
  const dials = dialsOf(setting);
  const finished = plan.automation.map((automation) =>
    plan.designs.map((design) =>
      plan.sizes.map((components) => {
        const run = simulate(scenario, {
          design,
          dials: { ...dials, automation, components },
          seed: plan.seed + setting,
          record: 'measures',
        });
        return Number((run.measures['wishes.throughput']?.value ?? 0).toFixed(3));
      }),
    ),
  );
  return { dials, finished };
}

/** Where a curve comes to lie above another one, or below it: sizes, interpolated. Ties are passed over. */
export function crossingsOf(one: readonly number[], other: readonly number[]): number[] {
  const found: number[] = [];
  let last = -1;
  let sign = 0;
  const lead = (i: number) => Math.log(other[i]! / one[i]!);
  for (let i = 0; i < one.length; i++) {
    const now = Math.abs(lead(i)) < plan.tie ? 0 : Math.sign(lead(i));
    if (now === 0) continue;
    if (sign !== 0 && now !== sign) {
      const share = lead(last) / (lead(last) - lead(i));
      found.push(plan.sizes[last]! + share * (plan.sizes[i]! - plan.sizes[last]!));
    }
    sign = now;
    last = i;
  }
  return found;
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length === 0
    ? NaN
    : sorted.length % 2 === 1
      ? sorted[Math.floor(half)]!
      : (sorted[half - 1]! + sorted[half]!) / 2;
};

/** Whether a curve is the highest at a size, by more than a tie. */
function leads(row: Row, automation: number, design: number, size: number): boolean {
  const here = row.finished[automation]!.map((curve) => curve[size]!);
  return here.every((value, i) => i === design || here[design]! > value * (1 + plan.tie));
}

/** What is counted over all settings. */
export function numbersOf(rows: readonly Row[]): Record<string, number> {
  const numbers: Record<string, number> = {};
  const sizes = plan.sizes.map((_, i) => i);
  for (const [a, times] of plan.automation.entries()) {
    const end = times === 1 ? '' : `-automated`;
    const crossings = rows.map(({ finished }) => crossingsOf(finished[a]![0]!, finished[a]![2]!));
    const count = (is: (i: number) => boolean) => rows.filter((_, i) => is(i)).length;
    const rises = (i: number) => {
      const { finished } = rows[i]!;
      return finished[a]![2]!.at(-1)! > finished[a]![0]!.at(-1)!;
    };
    numbers[`never${end}`] = count((i) => crossings[i]!.length === 0);
    numbers[`never-monolith${end}`] = count((i) => crossings[i]!.length === 0 && !rises(i));
    numbers[`never-services${end}`] = count((i) => crossings[i]!.length === 0 && rises(i));
    numbers[`once${end}`] = count((i) => crossings[i]!.length === 1);
    numbers[`once-as-drawn${end}`] = count((i) => crossings[i]!.length === 1 && rises(i));
    numbers[`more${end}`] = count((i) => crossings[i]!.length > 1);
    numbers[`where${end}`] = median(crossings.filter(({ length }) => length === 1).flat());
    for (const [d, design] of plan.designs.entries()) {
      numbers[`${design}-somewhere${end}`] = rows.filter((row) => sizes.some((s) => leads(row, a, d, s))).length;
      numbers[`${design}-small${end}`] = rows.filter((row) => leads(row, a, d, 0)).length;
      numbers[`${design}-large${end}`] = rows.filter((row) => leads(row, a, d, plan.sizes.length - 1)).length;
    }
    numbers[`modules-beat-monolith-large${end}`] = rows.filter(
      ({ finished }) => finished[a]![1]!.at(-1)! > finished[a]![0]!.at(-1)! * (1 + plan.tie),
    ).length;
    numbers[`services-beat-modules-large${end}`] = rows.filter(
      ({ finished }) => finished[a]![2]!.at(-1)! > finished[a]![1]!.at(-1)! * (1 + plan.tie),
    ).length;
    numbers[`modules-beat-services-large${end}`] = rows.filter(
      ({ finished }) => finished[a]![1]!.at(-1)! > finished[a]![2]!.at(-1)! * (1 + plan.tie),
    ).length;
  }
  const moved = rows.flatMap(({ finished }) => {
    const [before, after] = finished.map((curves) => crossingsOf(curves[0]!, curves[2]!));
    return before!.length === 1 && after!.length === 1 ? [after![0]! - before![0]!] : [];
  });
  numbers['both-cross'] = moved.length;
  numbers['moved-earlier'] = moved.filter((by) => by < -2).length;
  numbers['moved-later'] = moved.filter((by) => by > 2).length;
  numbers['earlier-by'] = -median(moved);
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, Number(value.toFixed(1))]));
}

/** What the outcome depends on: the scenario's behaviour, the engine and the plan. */
export function keyNow(): string {
  const { claims: _claims, show: _show, positions: _positions, ...behaviour } = scenario;
  return experimentKey([JSON.stringify(behaviour), engineVersion, JSON.stringify(plan)]);
}

if (import.meta.main) {
  const isRecount = process.argv.includes('--recount');
  const rows: Row[] = isRecount ? (JSON.parse(readFileSync(FILE, 'utf8')) as { rows: Row[] }).rows : [];
  for (let setting = rows.length; setting < plan.settings; setting++) {
    rows.push(rowOf(setting));
    if (setting % 20 === 19) console.log(`${setting + 1} of ${plan.settings} settings`);
  }
  const numbers = numbersOf(rows);
  const lines = rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
  const head = JSON.stringify(
    {
      command: 'npm run crossings',
      key: keyNow(),
      settings: plan.settings,
      numbers: { settings: rows.length, ...numbers },
    },
    null,
    2,
  ).slice(0, -2);
  writeFileSync(FILE, `${head},\n  "rows": [\n${lines}\n  ]\n}\n`);
  console.log(JSON.stringify(numbers, null, 2));
}
