/** What can be guessed of a run: the curves that the stage draws over time, the one over a dial, and the numbers it prints. */
import type { MeasureUnit, Scenario, SweepPoint } from '../../../../simulations/index.ts';
import { leadOf } from '../../../core/playback/charts.ts';
import type { Curve } from '../../../core/playback/curves.ts';
import { meanAround, momentsOf, roundUp, settingsOf } from '../../../core/playback/guess.ts';
import type { SweptPlan } from '../charts/OverDial.tsx';
import type { Reading } from '../prepared.ts';
import { chartIn } from '../reading.ts';

/** One thing to guess. */
export type Question =
  | { kind: 'run'; key: string; chart: string }
  | { kind: 'dial'; key: string; measure: string; dial: string }
  | { kind: 'number'; key: string; measure: string };

const POINTS = 6;

/** All that can be guessed on a stage. */
export function questionsOf(reading: Reading, scenario: Scenario, plan: SweptPlan | null): Question[] {
  const { measures } = scenario.show ?? {};
  return [
    ...reading.charts.map(({ id }): Question => ({ kind: 'run', key: `run ${id}`, chart: id })),
    ...(plan === null ? [] : [{ kind: 'dial', key: 'dial', measure: plan.measure, dial: plan.dial } as const]),
    ...(measures ?? []).flatMap((measure): Question[] =>
      reading.run.measures[measure] === undefined ? [] : [{ kind: 'number', key: `number ${measure}`, measure }],
    ),
  ];
}

/** In which unit the answer to a question is. */
export function unitOf(question: Question, reading: Reading): MeasureUnit {
  if (question.kind !== 'run') return reading.run.units[question.measure] ?? 'number';
  return chartIn(reading, question.chart)?.unit ?? 'number';
}

/** The one curve that stands for a chart; null where the run has none. */
export function curveOf(reading: Reading, id: string): Curve | null {
  const chart = chartIn(reading, id);
  return chart === null ? null : leadOf(chart);
}

/** The settings that were measured well enough to be compared with, from left to right. */
export const relied = (points: readonly SweepPoint[]): SweepPoint[] =>
  points.filter(({ estimate }) => estimate.enough && estimate.value !== null).toSorted((a, b) => a.x - b.x);

/** A top for the scale that gives nothing away: twice as high as what was to be seen before. */
export function firstTop(question: Question, reading: Reading): number {
  if (unitOf(question, reading) === 'share') return 1;
  if (question.kind === 'run') {
    const values = curveOf(reading, question.chart)?.values ?? [];
    return roundUp(2 * Math.max(0, ...values.map((value) => value ?? 0)));
  }
  return roundUp(4 * (reading.run.measures[question.measure]?.value ?? 0));
}

/** Where points are asked for: moments in ticks, or settings of the dial. */
export function placesOf(question: Question, reading: Reading, settings: readonly number[]): number[] {
  if (question.kind === 'run') return momentsOf(reading.run.endedAt, POINTS);
  return question.kind === 'dial' ? settingsOf(settings, POINTS) : [0];
}

/** What was measured at a place; null where nothing was, or not enough. */
export function measuredAt(
  question: Question,
  x: number,
  reading: Reading,
  points: readonly SweepPoint[],
): number | null {
  if (question.kind === 'run') {
    const curve = curveOf(reading, question.chart);
    const half = reading.run.endedAt / POINTS / 2;
    return curve === null ? null : meanAround(curve.values, curve.width, x - half, x + half);
  }
  if (question.kind === 'dial') return relied(points).find((point) => point.x === x)?.estimate.value ?? null;
  return reading.run.measures[question.measure]?.value ?? null;
}
