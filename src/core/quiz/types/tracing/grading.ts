/**
 * Something is followed step by step, and the reader says what happens next. An answer is the chosen option per step.
 * Which option is right is not written anywhere: it comes with the question, read off a trace. It knows no trace and no machine.
 */
import {
  isRecord,
  own,
  shareRight,
  type CommonFacts,
  type CommonWords,
  type Feedback,
  type Grading,
  type Question,
  type RunSetting,
} from '../../question.ts';
import { shuffled } from '../../shuffle.ts';

/** What may be asked about a call, and what there is to choose from: outcomes of a closed list, parts of the design, or numbers. */
export const outcomes = {
  /** How it is met where it arrives. */
  door: ['served', 'queued', 'refused', 'lost'],
  /** How it ends, for the one who called. */
  end: ['answered', 'refused', 'timed-out', 'failed', 'given-up', 'open'],
  /** What the caller does once it has ended. */
  then: ['done', 'retries', 'calls-on', 'fails', 'waits'],
  /** What becomes of a call that nobody waits for any more. */
  unwanted: ['worked-on', 'dropped'],
  /** How a program comes to an end. */
  stops: ['halt', 'no-instruction', 'too-many-steps'],
} as const;
export const requestQuantities = ['ahead', 'waited', 'worked', 'took', 'tries', 'calls'] as const;
export const programQuantities = ['register', 'word', 'line', 'output', 'instructions'] as const;
export const quantities = [...requestQuantities, ...programQuantities] as const;
export type Outcome = keyof typeof outcomes;
export type Quantity = (typeof quantities)[number];

/** What may be asked about a request, and what about a program. */
export const asked = {
  request: ['part', 'door', 'end', 'then', 'unwanted', ...requestQuantities],
  program: ['stops', ...programQuantities],
} as const satisfies Record<string, readonly (Outcome | Quantity | 'part')[]>;

/** The option of a step that asks for a number under which the number of the run stands. */
export const tracedOption = 'traced';

export interface TracingStep {
  asks: Outcome | Quantity | 'part';
  /** Which call of the request it is about, in the order of their sending, from 1. */
  call: number;
  /** After how many instructions of a program. */
  after?: number | undefined;
  register?: string | undefined;
  /** A label of the program. */
  place?: string | undefined;
  distractors: string[] | Record<string, number>;
}

/** By which rule one request of a run is chosen. */
export interface Follow {
  which: 'first' | 'slowest';
  nth: number;
  after?: number | undefined;
  class?: string | undefined;
  outcome?: 'answered' | 'failed' | 'open' | undefined;
  reason?: string | undefined;
  door?: (typeof outcomes.door)[number] | undefined;
  tries?: number | undefined;
}

export interface TracingFacts extends CommonFacts {
  type: 'tracing';
  /** A request is followed by these three, a program by the two below. */
  run?: RunSetting | undefined;
  seed: number;
  follow?: Follow | undefined;
  program?: string | undefined;
  separate?: boolean | undefined;
  steps: Record<string, TracingStep>;
}

export interface TracedOptionWords {
  text?: string | undefined;
  because: string;
}
export interface StepWords {
  prompt: string;
  /** How numbers are printed: `{value} s`. */
  shown?: string | undefined;
  options: Record<string, TracedOptionWords>;
}
export interface TracingWords extends CommonWords {
  steps: Record<string, StepWords>;
}
export type Tracing = Question<TracingFacts, TracingWords>;

/** An option as it is shown. */
export interface ShownOption {
  id: string;
  text: string;
  because: string;
}
export interface ShownStep {
  id: string;
  prompt: string;
  /** Whether the options are numbers, from small to large. */
  isNumeric: boolean;
  options: ShownOption[];
}

/** Counts stay what they are. Times get two figures: no more than a reader could have worked out. */
export const rounded = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(2)));

/** Whether a step asks for a number. */
export const isNumeric = ({ asks }: Pick<TracingStep, 'asks'>): boolean =>
  (quantities as readonly string[]).includes(asks);

/** The number behind an option of a step that asks for one; undefined for other steps and while there is no trace. */
function numberBehind(question: Tracing, step: string, option: string): number | undefined {
  const { distractors } = question.facts.steps[step]!;
  if (option === tracedOption) return own(question.traced?.values ?? {}, step);
  return Array.isArray(distractors) ? undefined : own(distractors, option);
}

function stepShown(question: Tracing, id: string): ShownStep {
  const words = own(question.words.steps, id);
  const step = question.facts.steps[id]!;
  const written = words?.options ?? {};
  const numberOf = (option: string): number => numberBehind(question, id, option) ?? 0;
  const ids = isNumeric(step)
    ? Object.keys(written).toSorted((a, b) => numberOf(a) - numberOf(b) || (a < b ? -1 : 1))
    : shuffled(Object.keys(written), `${question.facts.id}/${id}`);
  return {
    id,
    prompt: words?.prompt ?? id,
    isNumeric: isNumeric(step),
    options: ids.map((option) => {
      const { text, because } = written[option]!;
      const value = numberBehind(question, id, option);
      const printed =
        value === undefined ? option : (words?.shown ?? '{value}').replace('{value}', String(rounded(value)));
      return { id: option, text: text ?? printed, because };
    }),
  };
}

/** The steps in order, each with its options in the order in which they are shown. */
export function stepsShown(question: Tracing): ShownStep[] {
  return Object.keys(question.facts.steps).map((id) => stepShown(question, id));
}

/** How many steps are shown: each opens when the one before has been answered, since what is asked next would tell. */
export function stepsOpen(question: Tracing, answer: Record<string, string>, isTried: boolean): number {
  const ids = Object.keys(question.facts.steps);
  if (isTried) return ids.length;
  const open = ids.findIndex((id) => own(answer, id) === undefined);
  return open < 0 ? ids.length : open + 1;
}

export const grading: Grading<Tracing, Record<string, string>> = {
  blank: () => ({}),
  read: ({ facts, words }, value) =>
    isRecord(value)
      ? Object.fromEntries(
          Object.keys(facts.steps).flatMap((id) => {
            const chosen = own(value, id);
            const options = own(words.steps, id)?.options ?? {};
            return typeof chosen === 'string' && Object.hasOwn(options, chosen) ? [[id, chosen]] : [];
          }),
        )
      : {},
  isAnswered: ({ facts }, answer) => Object.keys(facts.steps).every((id) => own(answer, id) !== undefined),
  grade({ facts, traced }, answer) {
    const key = traced?.key ?? {};
    const parts = Object.fromEntries(
      Object.keys(facts.steps).map((id) => [id, own(key, id) !== undefined && own(answer, id) === own(key, id)]),
    );
    const score = shareRight(parts);
    return { right: score === 1, score, parts };
  },
  key: ({ traced }) => ({ ...traced?.key }),
  retry: (_question, answer, verdict) =>
    Object.fromEntries(Object.entries(answer).filter(([id]) => own(verdict.parts, id) === true)),
  feedback(question, answer, verdict, revealed) {
    return stepsShown(question).flatMap(({ id, prompt, options }): Feedback[] => {
      const isRight = own(verdict.parts, id) === true;
      const key = own(question.traced?.key ?? {}, id);
      const told = [...(isRight ? [] : [own(answer, id)]), ...(revealed ? [key] : [])];
      return told.flatMap((option) => {
        const chosen = options.find((one) => one.id === option);
        return chosen === undefined
          ? []
          : [
              {
                key: pointerOf(id, chosen.id),
                about: `${prompt} *${chosen.text}*`,
                right: chosen.id === key,
                because: chosen.because,
              },
            ];
      });
    });
  },
};

/** The key under which `see` may point somewhere for one option of one step. */
export const pointerOf = (step: string, option: string): string => `${step}.${option}`;
