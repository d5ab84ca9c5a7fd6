/** An answer as a table for a person. It knows no run and no file. */
import type { PairedDifference, Scenario } from '../../simulations/index.ts';
import type { RunPlan } from './plan.ts';
import type { Answer, FactorAnswer, Measured } from './running.ts';

/** Reasons for failures that are printed unless all are asked for. */
const MOST_FAILURES = 8;

/** @param shown the measures to print, most important first. @param seconds how long it took. @param all leave nothing out. */
export function table(answer: Answer, shown: string[], { seconds, all }: { seconds: number; all: boolean }): string {
  const { time, replications, measures, ledger } = answer;
  const lines: string[] = [];
  const span = time.until < time.horizon ? `stopped at ${time.until} of ${time.horizon}` : `${time.horizon}`;
  lines.push(
    [
      answer.scenario,
      answer.compare ? `designs ${designsOf(answer).join(', ')}` : `design ${answer.design}`,
      `seed ${answer.seed}`,
      replications === 1 ? 'one run' : `${replications} runs`,
      `${span} ${time.unit}, measured from ${time.warmUp}`,
    ].join(' · '),
  );
  const dials = Object.entries(answer.dials).map(
    ([id, value]) => `${id} ${value}${answer.idleDials.includes(id) ? ' (turns nothing here)' : ''}`,
  );
  if (dials.length > 0) lines.push(dials.join(' · '));
  lines.push(...answer.inputs.map(inputRow));

  if (answer.compare !== undefined) lines.push('', ...compareRows(answer, shown));
  else lines.push('', ...measureRows(measures, shown, answer.theory, time.unit));
  const hidden = Object.keys(measures).filter((name) => !shown.includes(name));
  const zeros = hidden.filter((name) => measures[name]!.value === 0).length;
  if (hidden.length > 0)
    lines.push(
      '',
      `${hidden.length} more measures${zeros > 0 ? `, ${zeros} of them 0` : ''}: --measure NAME, all with --all or --json`,
    );

  if (answer.failures.length > 0) lines.push('', ...failureRows(answer, all));
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

/** What somebody did to the run, in words. */
function inputRow(input: Answer['inputs'][number]): string {
  if ('dial' in input) return `${input.dial} to ${input.value} at ${input.at}`;
  if ('mend' in input) return `${input.mend} mended at ${input.at}`;
  return `${input.fault} at ${input.at}${input.duration === undefined ? '' : ` for ${input.duration}`}`;
}

/**
 * What the table shows: what was asked for; else the scenario's own choice; else means, p99s, shares and rates, without
 * those that are 0 in every design.
 */
export function shownMeasures(scenario: Scenario, answer: Answer, { measures: asked, all }: RunPlan): string[] {
  const { measures } = answer;
  const others = answer.compare?.designs.map((design) => design.measures) ?? [];
  // of a comparison also what the first design does not have
  const names = [...new Set([measures, ...others].flatMap((own) => Object.keys(own)))];
  if (all) return names;
  if (asked.length > 0) return asked;
  const chosen = (scenario.show?.measures ?? []).filter((name) => names.includes(name));
  if (chosen.length > 0) return chosen;
  const isUsual = (name: string) => {
    const found = [measures, ...others].flatMap((own) => own[name] ?? []);
    if (found.every(({ value }) => value === 0)) return false;
    return /\.(mean|p99)$/.test(name) || found.some(({ unit }) => unit === 'share' || unit === 'rate');
  };
  return names.filter(isUsual);
}

const designsOf = ({ compare }: Answer): string[] => compare?.designs.map(({ design }) => design) ?? [];

/** Why requests failed, and who dropped them. */
function failureRows({ failures, replications }: Answer, all: boolean): string[] {
  const shown = all ? failures : failures.slice(0, MOST_FAILURES);
  const rows = shown.map(({ reason, by, source, count: times }) => [
    count(times),
    reason,
    by === source ? '' : `by ${by}`,
    `of ${source}`,
  ]);
  const more = failures.length - shown.length;
  return [
    replications === 1 ? 'failed' : 'failed, in all runs',
    ...aligned(rows, [0]).map((row) => `  ${row}`),
    ...(more > 0 ? [`  ${more} more: --all`] : []),
  ];
}

/** How each design differs from the first, measure by measure. */
function compareRows({ compare, measures, time, replications }: Answer, shown: string[]): string[] {
  const { designs } = compare!;
  const [first, ...others] = designs;
  const rows = [['', 'design', '', `− ${first!.design}`, '± 95 %', 'ratio', 'saved', '', '']];
  for (const name of shown) {
    const own = first!.measures[name];
    const inDecimals = (value: number | null, of: Measured | undefined) =>
      value === null || of === undefined ? '–' : fixed(value, decimalsOf(of));
    const unit = unitText(
      own ?? others.map((other) => other.measures[name]).find(Boolean) ?? measures[name]!,
      time.unit,
    );
    rows.push([name, first!.design, inDecimals(own?.value ?? null, own), '', '', '', '', unit, '']);
    for (const { design, measures: theirs, differences } of others) {
      const found = differences?.[name];
      const value = inDecimals(theirs[name]?.value ?? null, theirs[name]);
      if (found === undefined) {
        rows.push(['', design, value, '', '', '', '', '', own === undefined ? '' : 'it has no such measure']);
        continue;
      }
      const decimals = decimalsOf({ value: found.difference, halfWidth: found.halfWidth, unit: 'number' });
      rows.push([
        '',
        design,
        value,
        found.difference === null ? '–' : `${found.difference > 0 ? '+' : ''}${fixed(found.difference, decimals)}`,
        found.halfWidth === null || found.halfWidth === 0 ? '' : `± ${fixed(found.halfWidth, decimals)}`,
        found.ratio === null ? '' : `× ${found.ratio.value.toPrecision(3)}`,
        savedText(found.saved),
        '',
        found.difference === null || found.halfWidth === null
          ? ''
          : [verdict(found), found.enough ? '' : 'not enough data'].filter(Boolean).join(', '),
      ]);
    }
  }
  return [
    ...aligned(rows, [2, 3, 4, 5, 6]),
    '',
    `${replications === 1 ? 'One pair of runs' : `${replications} pairs of runs`}: the same customers, sizes and chances in each design.`,
    'saved: so many times as many runs would be needed if each had luck of its own.',
  ];
}

/** What there is to warn of in a difference. */
function verdict({ difference, halfWidth, isSure }: PairedDifference): string {
  if (difference === 0 && halfWidth === 0) return 'the same';
  return isSure ? '' : 'may be chance';
}

const savedText = (saved: number | null): string =>
  saved === null ? '' : saved >= 1000 ? '> × 1000' : `× ${saved.toFixed(saved < 10 ? 1 : 0)}`;

function unitText({ unit }: Measured, time: string): string {
  return unit === 'time' ? time : unit === 'rate' ? `/${time}` : '';
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
      unitText(measure, unit),
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

/** Outcomes taken apart to factors, as a table for a person: shares of the variance in percent, and effects. */
export function factorTable(answer: FactorAnswer): string {
  const { factors, outcomes, replications } = answer;
  const lines = [
    `${answer.scenario} · design ${answer.design} · seed ${answer.seed} · ${2 ** factors.length} mixtures, ${replications} runs of each`,
    factors.map(({ dial, low, high }) => `${dial} ${low} or ${high}`).join(' · '),
  ];
  for (const { measure, unit, mean, effects, rest, luck, enough } of outcomes) {
    const decimals = decimalsOf({ value: mean, halfWidth: null, unit: unit === 'count' ? 'number' : unit });
    const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
    const rows = [[measure, 'share', 'from', 'to', 'effect', '± 95 %']];
    const shown = effects.filter(({ share, factors: own }) => own.length === 1 || share.value >= 0.005);
    for (const { factors: own, effect, share } of shown)
      rows.push([
        own.map((factor) => factors[factor]!.dial).join(' × '),
        percent(share.value),
        share.low === null ? '' : percent(share.low),
        share.high === null ? '' : percent(share.high),
        `${effect.value > 0 ? '+' : ''}${fixed(effect.value, decimals)}`,
        effect.high === null ? '' : `± ${fixed(effect.high - effect.value, decimals)}`,
      ]);
    rows.push(['three or more together', percent(rest.value), '', '', '', '']);
    lines.push('', ...aligned(rows, [1, 2, 3, 4, 5]));
    lines.push(
      `mean ${fixed(mean, decimals)}; ${percent(luck)} of the variance of a single run is luck${enough ? '' : '; not enough data'}`,
    );
  }
  if (answer.stopped !== null) lines.push('', `Stopped: ${answer.stopped}. --seconds gives it more.`);
  return lines.join('\n');
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
function decimalsOf({ value, halfWidth, unit }: Pick<Measured, 'value' | 'halfWidth' | 'unit'>): number {
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
