/** The address of a run in its lesson: what a number, a curve or a sentence links to. */
import { encodeRun } from '../../core/playback/address.ts';
import { addressOf, lessonPage } from '../../core/course/address.ts';
import type { Answer } from '../../core/words/numbers.ts';
import type { Place } from './place.ts';

/** `/lessons/client-server/?run=…#sim-one-server`, under the site's base path. */
export function runLink(place: Place, scenario: string, first: Answer['first']): string {
  const run = encodeRun({ ...first, scenario, at: 0 });
  return `${addressOf(place.language, lessonPage(place.lesson), import.meta.env.BASE_URL)}?run=${run}#sim-${scenario}`;
}
