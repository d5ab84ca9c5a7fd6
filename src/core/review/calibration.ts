/** How well the reader knew what they knew, over everything: counted from the log, and from nothing else. */
import { confidences, type QuizProgress } from '../quiz/progress.ts';
import { apart, keyOf, type LogEntry } from './schedule.ts';

/**
 * Per confidence that was stated: how many tries, and how many of them were right. A try counts when it is the first at its
 * question or comes long after the last that counted: trying again a minute later shows what the explanation said.
 */
export function calibrationOf(log: readonly LogEntry[]): QuizProgress['calibration'] {
  const counted = new Map<string, number>();
  const found = Object.fromEntries(
    confidences.map((confidence) => [confidence, { tries: 0, right: 0 }]),
  ) as QuizProgress['calibration'];
  for (const { kind, lesson, question = '', rev = 0, at, right, confidence } of log) {
    if (kind !== 'attempt') continue;
    const key = `${keyOf(lesson, question)} ${rev}`;
    const last = counted.get(key);
    if (last !== undefined && at - last < apart) continue;
    counted.set(key, at);
    if (confidence === null || confidence === undefined) continue;
    const cell = found[confidence];
    cell.tries += 1;
    if (right === true) cell.right += 1;
  }
  return found;
}
