/** The view of every question type, by the type's name. A law holds this list against the one in src/core/quiz/types. */
import { grading as kprime } from '../../../core/quiz/types/kprime/grading.ts';
import { grading as matching } from '../../../core/quiz/types/matching/grading.ts';
import { grading as measured } from '../../../core/quiz/types/measured/grading.ts';
import { grading as number } from '../../../core/quiz/types/number/grading.ts';
import { grading as oneChoice } from '../../../core/quiz/types/one-choice/grading.ts';
import { grading as ordering } from '../../../core/quiz/types/ordering/grading.ts';
import { grading as prediction } from '../../../core/quiz/types/prediction/grading.ts';
import { grading as several } from '../../../core/quiz/types/several/grading.ts';
import { grading as shortAnswer } from '../../../core/quiz/types/short-answer/grading.ts';
import { grading as tracing } from '../../../core/quiz/types/tracing/grading.ts';
import type { Question } from '../../../core/quiz/question.ts';
import type { TypeView } from '../view.ts';
import { KprimeView } from './kprime/View.tsx';
import { MatchingView } from './matching/View.tsx';
import { MeasuredView } from './measured/View.tsx';
import { NumberView } from './number/View.tsx';
import { OneChoiceView } from './one-choice/View.tsx';
import { OrderingView } from './ordering/View.tsx';
import { PredictionView } from './prediction/View.tsx';
import { SeveralView } from './several/View.tsx';
import { ShortAnswerView } from './short-answer/View.tsx';
import { TracingView } from './tracing/View.tsx';

/** Each view takes the questions and answers of its own type; from outside they look alike. */
const as = <Q extends Question, Answer>(view: TypeView<Q, Answer>): TypeView => view as unknown as TypeView;

export const typeViews: Readonly<Record<string, TypeView>> = {
  'one-choice': as({ grading: oneChoice, View: OneChoiceView }),
  several: as({ grading: several, View: SeveralView }),
  kprime: as({ grading: kprime, View: KprimeView }),
  ordering: as({ grading: ordering, View: OrderingView }),
  matching: as({ grading: matching, View: MatchingView }),
  number: as({ grading: number, View: NumberView }),
  'short-answer': as({ grading: shortAnswer, View: ShortAnswerView }),
  prediction: as({ grading: prediction, View: PredictionView, isTriedOnce: true }),
  measured: as({ grading: measured, View: MeasuredView }),
  tracing: as({ grading: tracing, View: TracingView }),
};
