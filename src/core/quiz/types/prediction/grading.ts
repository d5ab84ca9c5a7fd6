/**
 * A curve drawn before the run is shown: for each setting of a dial, what the reader expects to measure.
 * An answer is a height per setting; settings not set yet are left out. The measured curve comes with the question.
 */
import {
  isRecord,
  own,
  shareRight,
  type CommonFacts,
  type CommonWords,
  type Grading,
  type MeasuredValue,
  type Question,
  type RunSetting,
} from '../../question.ts';
import { isWithin } from '../../number.ts';

/** What a predicted curve can be like, beside the measured one. Each has words of its own. */
export const shapes = ['close', 'straight', 'too-low', 'too-high'] as const;
export type Shape = (typeof shapes)[number];

export interface PredictionFacts extends CommonFacts {
  type: 'prediction';
  run: RunSetting;
  dial: string;
  at: number[];
  given: number;
  measure: string;
  axis: { max: number; step: number; digits: number };
  tolerance: number;
}
export interface PredictionWords extends CommonWords {
  x: string;
  y: string;
  unit: string;
  shapes: Record<string, string>;
}
export type Prediction = Question<PredictionFacts, PredictionWords>;

/** One setting of the dial: what was measured there, and what the reader said. */
export interface Point {
  x: number;
  /** The key of the point in an answer. */
  key: string;
  /** Shown from the start, so that the reader has something to stand on. */
  given: boolean;
  measured: MeasuredValue;
}

const unmeasured: MeasuredValue = { value: null, halfWidth: null, enough: false };

/** The points of the chart, left to right. */
export function pointsOf({ facts, measured }: Prediction): Point[] {
  return facts.at.map((x, at) => ({
    x,
    key: String(x),
    given: at < facts.given,
    measured: measured[at] ?? unmeasured,
  }));
}

/** The points by which a prediction is judged: those not given away, where the runs are long enough to say. */
function judgedPoints(question: Prediction): Point[] {
  return pointsOf(question).filter(({ given, measured }) => !given && measured.enough && measured.value !== null);
}

/** Whether a height is as good as the measured one: within the tolerance, or within the interval of the measurement. */
function isClose(height: number, { value, halfWidth }: MeasuredValue, { tolerance, axis }: PredictionFacts): boolean {
  if (value === null) return false;
  // What cannot be drawn cannot be asked for: above the top of the chart the top is right.
  const target = Math.min(value, axis.max);
  return isWithin(height, target, tolerance) || Math.abs(height - target) <= (halfWidth ?? 0);
}

/** How much steeper the last stretch is than all that went before it; 1 for a straight line. */
function steepening(curve: readonly { x: number; y: number }[]): number {
  const [first, last, before] = [curve[0], curve.at(-1), curve.at(-2)];
  if (first === undefined || last === undefined || before === undefined || before === first) return 1;
  const early = (before.y - first.y) / (before.x - first.x);
  const late = (last.y - before.y) / (last.x - before.x);
  return early <= 0 ? (late > 0 ? Infinity : 1) : late / early;
}

/** Which shape a prediction has. `straight` is told before height: it is the misconception, the height only follows from it. */
export function shapeOf(question: Prediction, answer: Record<string, number>): Shape {
  const judged = judgedPoints(question);
  if (judged.every(({ key, measured }) => isClose(own(answer, key) ?? -1, measured, question.facts))) return 'close';
  const drawn = pointsOf(question).map(({ x, key, given, measured }) => ({
    x,
    y: (given ? measured.value : own(answer, key)) ?? 0,
    really: measured.value ?? 0,
  }));
  const bent = steepening(drawn.map(({ x, really }) => ({ x, y: Math.min(really, question.facts.axis.max) })));
  const [lastDrawn, lastReally] = [drawn.at(-1)?.y ?? 0, drawn.at(-1)?.really ?? 0];
  if (bent >= 3 && steepening(drawn) < 2 && lastDrawn < lastReally) return 'straight';
  const off = judged.map(({ key, measured }) => {
    const height = own(answer, key) ?? 0;
    return isClose(height, measured, question.facts) ? 0 : Math.sign(height - (measured.value ?? 0));
  });
  return off.reduce((sum: number, sign) => sum + sign, 0) > 0 ? 'too-high' : 'too-low';
}

export const grading: Grading<Prediction, Record<string, number>> = {
  blank: () => ({}),
  read: (question, value) =>
    isRecord(value)
      ? Object.fromEntries(
          pointsOf(question).flatMap(({ key, given }) => {
            const height = own(value, key);
            return !given && typeof height === 'number' && Number.isFinite(height)
              ? [[key, Math.max(0, Math.min(question.facts.axis.max, height))]]
              : [];
          }),
        )
      : {},
  isAnswered: (question, answer) =>
    pointsOf(question).every(({ key, given }) => given || own(answer, key) !== undefined),
  grade(question, answer) {
    const parts = Object.fromEntries(
      judgedPoints(question).map(({ key, measured }) => {
        const height = own(answer, key);
        return [key, height !== undefined && isClose(height, measured, question.facts)];
      }),
    );
    // Without a measured curve nothing can be said to be right.
    const score = Object.keys(parts).length === 0 ? 0 : shareRight(parts);
    return { right: score === 1, score, parts };
  },
  key: (question) =>
    Object.fromEntries(
      pointsOf(question).flatMap(({ key, given, measured }) =>
        given || measured.value === null ? [] : [[key, Math.min(question.facts.axis.max, measured.value)]],
      ),
    ),
  retry: (_question, answer) => answer,
  feedback(question, answer, verdict) {
    const key = shapeOf(question, answer);
    const because = own(question.words.shapes, key);
    return because === undefined ? [] : [{ key, about: null, right: verdict.right, because }];
  },
};
