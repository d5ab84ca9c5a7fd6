/** The one list of question types. Whoever adds a type adds its folder, a line here and its view; a law pairs the two. */
import type { QuestionType } from '../facts.ts';
import { kprime } from './kprime/index.ts';
import { matching } from './matching/index.ts';
import { measured } from './measured/index.ts';
import { number } from './number/index.ts';
import { oneChoice } from './one-choice/index.ts';
import { ordering } from './ordering/index.ts';
import { prediction } from './prediction/index.ts';
import { several } from './several/index.ts';
import { shortAnswer } from './short-answer/index.ts';
import { tracing } from './tracing/index.ts';

// Inside the list the types differ; seen from outside each takes its own questions only, which `readQuiz` sees to.
export const questionTypes = [
  oneChoice,
  several,
  kprime,
  ordering,
  matching,
  number,
  shortAnswer,
  prediction,
  measured,
  tracing,
] as unknown as readonly QuestionType[];

export function typeNamed(name: string): QuestionType | undefined {
  return questionTypes.find(({ type }) => type === name);
}
