/** What charts and their lines are called. It knows the words of the stage and of the scenario, and no picture. */
import type { Chart } from '../../../core/playback/charts.ts';
import type { Speech } from '../speech.ts';

/** A design by its name. */
export const designName = (speech: Speech, design: string): string => speech.words.designs[design]?.name ?? design;

/**
 * The title of a chart, with whose readings they are. Of several designs, failures are not told apart by their reasons.
 * @param parts of the scenario: some kinds have words of their own for how busy they are.
 */
export function chartTitle(
  speech: Speech,
  chart: Pick<Chart, 'kind' | 'part' | 'cls' | 'reading'>,
  isCompared = false,
  parts: Readonly<Record<string, { kind: string }>> = {},
): string {
  const { say, words } = speech;
  const own = chart.reading === null ? undefined : words.measures[chart.reading];
  if (own !== undefined) return own;
  if (chart.part === null) return say(isCompared ? 'charts.title.failed' : 'charts.title.failures');
  const part = words.parts[chart.part] ?? chart.part;
  const kind = chart.kind === 'failures' ? (isCompared ? 'droppedAll' : 'dropped') : chart.kind;
  const reading = chart.reading?.split('.').at(-1) ?? '';
  const what =
    chart.kind === 'level' && !['inside', 'instances'].includes(reading)
      ? (chart.reading ?? '')
      : say(`charts.title.${chart.kind === 'level' ? reading : kind}`, { of: parts[chart.part]?.kind ?? 'other' });
  return chart.cls === null
    ? say('charts.title.of', { part, what })
    : say('charts.title.ofClass', { part, what, cls: chart.cls });
}

/** What a line of a chart is called beside its end. */
export function curveName(speech: Speech, chart: Pick<Chart, 'kind'>, curve: string): string {
  if (chart.kind === 'failures') return speech.say(`charts.reasons.${curve}`);
  return speech.say(`charts.line.${curve}`);
}

/** A value of a chart with its unit. A gap of a mean says that nothing ended then; any other is a dash. */
export function valueOf(speech: Speech, chart: Pick<Chart, 'unit'>, value: number | null, curve: string): string {
  if (value !== null) return speech.quantity(value, chart.unit);
  return curve === 'mean' ? speech.say('charts.nothing') : '–';
}
