/** An answer as a table for a person. It knows no run and no file. */
import type { Scenario } from '../../simulations/index.ts';
import type { Answer, Measured } from './running.ts';

/** @param shown the measures to print, most important first. @param seconds how long it took. */
export function table(answer: Answer, shown: string[], seconds: number): string {
  const { time, replications, measures, ledger } = answer;
  const lines: string[] = [];
  const span = time.until < time.horizon ? `stopped at ${time.until} of ${time.horizon}` : `${time.horizon}`;
  lines.push(
    [
      answer.scenario,
      `design ${answer.design}`,
      `seed ${answer.seed}`,
      replications === 1 ? 'one run' : `${replications} runs`,
      `${span} ${time.unit}, measured from ${time.warmUp}`,
    ].join(' · '),
  );
  const dials = Object.entries(answer.dials).map(([id, value]) => `${id} ${value}`);
  if (dials.length > 0) lines.push(dials.join(' · '));
  for (const { fault, at, duration } of answer.inputs)
    lines.push(`${fault} at ${at}${duration === undefined ? '' : ` for ${duration}`}`);

  lines.push('', ...measureRows(measures, shown, answer.theory, time.unit));
  const hidden = Object.keys(measures).length - shown.length;
  if (hidden > 0) lines.push('', `${hidden} more measures: --measure NAME, or all with --json`);

  if (answer.sweep !== undefined) lines.push('', ...sweepRows(answer, shown));

  const { made, answered, failed, inside } = ledger;
  const holds = Object.values(ledger.little).every(Boolean);
  lines.push(
    '',
    `${count(made)} requests made ${ledger.conserves ? '=' : '≠'} ${count(answered)} answered + ${count(failed)} failed + ${count(inside)} inside; Little's law ${holds ? 'holds in every part' : 'DOES NOT HOLD: this is a fault of the machine'}`,
    `digest ${answer.digest} · engine ${answer.engine} · ${count(answer.events)} events in ${seconds.toFixed(2)} s`,
  );
  if (answer.ended === 'event-bound' && answer.stopped === null)
    lines.push('Stopped at the bound of events before the run was over: it measures only what came until then.');
  if (answer.ended === 'request-bound')
    lines.push('Stopped with too many requests inside: the system takes in more than it gets done.');
  if (answer.stopped !== null) lines.push(`Stopped: ${answer.stopped}. --seconds gives it more.`);
  return lines.join('\n');
}

/** What the table shows when nobody asked for measures: the scenario's own choice, else means, p99s, shares and rates. */
export function usualMeasures(scenario: Scenario, measures: Record<string, Measured>): string[] {
  const chosen = (scenario.show?.measures ?? []).filter((name) => Object.hasOwn(measures, name));
  if (chosen.length > 0) return chosen;
  return Object.entries(measures)
    .filter(([name, { unit }]) => /\.(mean|p99)$/.test(name) || unit === 'share' || unit === 'rate')
    .map(([name]) => name);
}

function measureRows(
  measures: Record<string, Measured>,
  shown: string[],
  theory: Record<string, number>,
  unit: string,
): string[] {
  const hasTheory = shown.some((name) => Object.hasOwn(theory, name));
  const rows = [['', '', '± 95 %', hasTheory ? 'theory' : '', '', '']];
  for (const name of shown) {
    const measure = measures[name]!;
    const decimals = decimalsOf(measure);
    rows.push([
      name,
      measure.value === null ? '–' : fixed(measure.value, decimals),
      measure.value === null || measure.halfWidth === null ? '' : `± ${fixed(measure.halfWidth, decimals)}`,
      Object.hasOwn(theory, name) ? fixed(theory[name]!, decimals) : '',
      measure.unit === 'time' ? unit : measure.unit === 'rate' ? `/${unit}` : '',
      measure.enough ? '' : 'not enough data',
    ]);
  }
  return aligned(rows, [1, 2, 3]);
}

function sweepRows({ sweep, measures }: Answer, shown: string[]): string[] {
  const [measure] = shown;
  const { dial, points } = sweep!;
  if (measure === undefined || points.length === 0) return [];
  const hasTheory = points.some(({ theory }) => Object.hasOwn(theory, measure));
  const rows = [[dial, measures[measure] === undefined ? '' : measure, '± 95 %', hasTheory ? 'theory' : '', '']];
  for (const { x, measures: at, theory } of points) {
    const found = at[measure]!;
    const decimals = decimalsOf(found);
    rows.push([
      String(x),
      found.value === null ? '–' : fixed(found.value, decimals),
      found.value === null || found.halfWidth === null ? '' : `± ${fixed(found.halfWidth, decimals)}`,
      Object.hasOwn(theory, measure) ? fixed(theory[measure]!, decimals) : '',
      found.enough ? '' : 'not enough data',
    ]);
  }
  return aligned(rows, [0, 1, 2, 3]);
}

/** Pads columns; `right` names those that hold numbers. */
function aligned(rows: string[][], right: number[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (right.includes(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
}

/** As many decimals as the interval bears: two digits of its half-width, or four digits of a value without one. */
function decimalsOf({ value, halfWidth, unit }: Measured): number {
  if (value === null || unit === 'count') return 0;
  const [of, digits] = halfWidth !== null && halfWidth > 0 ? [halfWidth, 2] : [Math.abs(value), 4];
  if (of === 0) return 0;
  return Math.min(9, Math.max(0, digits - 1 - Math.floor(Math.log10(of))));
}

function fixed(value: number, decimals: number): string {
  return Math.abs(value) >= 1e15 ? value.toExponential(4) : value.toFixed(decimals);
}

function count(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ' ');
}
