/**
 * A question on its way to another program: all that can be said about it, whatever its type, in one shape. It knows no format
 * of a file, and which numbers are right only from the question, whose key has been measured before.
 */
import { own, type Question } from '../question.ts';
import type { Kprime } from '../types/kprime/grading.ts';
import { itemsShown, type Matching } from '../types/matching/grading.ts';
import { measuredKey, type Measured } from '../types/measured/grading.ts';
import { unitsOf, type NumberQuestion } from '../types/number/grading.ts';
import { optionsShown as oneShown, type OneChoice } from '../types/one-choice/grading.ts';
import { grading as ordering, type Ordering } from '../types/ordering/grading.ts';
import { pointsOf, type Prediction } from '../types/prediction/grading.ts';
import { optionsShown as severalShown, type Several } from '../types/several/grading.ts';
import type { ShortAnswer } from '../types/short-answer/grading.ts';
import { pointerOf, stepsShown, type Tracing } from '../types/tracing/grading.ts';

/** Says a message of the interface, by its key. */
export type Say = (key: string, values?: Record<string, string | number>) => string;

/** A link that holds outside of the site. */
export interface LeavingLink {
  href: string;
  text: string;
}

/** A question and its place in the course, in one language. */
export interface Leaving {
  question: Question;
  /** Part, lesson (or simulation) and topic, as they are called in this language. */
  path: readonly string[];
  /** Where to look, by what it is about; `reread` is about the question. Empty where nobody knows the address of the site. */
  links: Record<string, LeavingLink[]>;
}

/** Something to choose, with what there is to say to whoever chooses it. */
export interface Choice {
  id: string;
  text: string;
  right: boolean;
  because: string;
}

/** A wrong number, or a range of them, and what it comes from; `value: null` is any other. */
export interface WrongNumber {
  id: string;
  value: number | null;
  /** Half of the range about `value`. */
  within: number;
  because: string;
}

export type Body =
  | { kind: 'choices'; single: boolean; choices: Choice[] }
  /** Several small questions below one another, each with one right choice. */
  | { kind: 'steps'; steps: { prompt: string; choices: Choice[] }[] }
  /** Items, each with where it belongs, out of `places`. */
  | {
      kind: 'places';
      ordered: boolean;
      places: string[];
      items: { id: string; text: string; place: string; because: string }[];
    }
  | { kind: 'number'; value: number; within: number; units: { name: string; factor: number }[]; wrong: WrongNumber[] }
  | { kind: 'words'; accepts: string[]; wrong: { id: string; accepts: string[]; because: string }[]; otherwise: string }
  /** A height for each setting of a dial; those given are told. */
  | {
      kind: 'curve';
      x: string;
      y: string;
      unit: string;
      digits: number;
      points: { x: number; value: number; within: number; given: boolean }[];
      shapes: Record<string, string>;
    };

/** What a run gave, in four figures: more of them would only be noise to whoever reads the file. */
const figures = (value: number): number => Number(value.toPrecision(4));

/** The units by every name, without those that are there twice. */
function unitNames(question: NumberQuestion | Measured): { name: string; factor: number }[] {
  const all = unitsOf(question).flatMap(({ names, factor }) => names.map((name) => ({ name, factor })));
  return all.filter(({ name }, at) => all.findIndex((other) => other.name === name) === at);
}

function wrongNumbers(question: NumberQuestion | Measured): WrongNumber[] {
  const { facts, words } = question;
  const known = Object.entries(facts.distractors).map(([id, value]) => ({
    id,
    value,
    within: Math.abs(value) * facts.tolerance,
    because: own(words.distractors, id) ?? words.otherwise,
  }));
  return [...known, { id: 'otherwise', value: null, within: 0, because: words.otherwise }];
}

/** All there is to a question beside its prompt. Throws for a type that it does not know, so that none is left out in silence. */
export function bodyOf(question: Question, say: Say): Body {
  switch (question.facts.type) {
    case 'one-choice': {
      const { facts, words } = question as OneChoice;
      const choices = oneShown(facts).map((id) => ({ id, right: id === facts.answer, ...words.options[id]! }));
      return { kind: 'choices', single: true, choices };
    }
    case 'several': {
      const { facts, words } = question as Several;
      const choices = severalShown(facts).map((id) => ({
        id,
        right: facts.answers.includes(id),
        ...words.options[id]!,
      }));
      return { kind: 'choices', single: false, choices };
    }
    case 'kprime': {
      const { facts, words } = question as Kprime;
      return {
        kind: 'steps',
        steps: Object.entries(facts.statements).map(([id, isTrue]) => {
          const { text, because } = words.statements[id]!;
          const choice = (judged: boolean): Choice => ({
            id,
            text: say(`quiz.kprime.${judged}`),
            right: judged === isTrue,
            because,
          });
          return { prompt: text, choices: [choice(true), choice(false)] };
        }),
      };
    }
    case 'tracing': {
      const tracing = question as Tracing;
      const key = tracing.traced?.key ?? {};
      return {
        kind: 'steps',
        steps: stepsShown(tracing).map(({ id, prompt, options }) => ({
          prompt,
          choices: options.map((option) => ({
            id: pointerOf(id, option.id),
            text: option.text,
            right: own(key, id) === option.id,
            because: option.because,
          })),
        })),
      };
    }
    case 'matching': {
      const { facts, words } = question as Matching;
      const home = (item: string): string =>
        Object.keys(facts.groups).find((group) => facts.groups[group]!.includes(item))!;
      return {
        kind: 'places',
        ordered: false,
        places: Object.keys(facts.groups).map((group) => words.groups[group]!),
        items: itemsShown(facts).map((id) => ({ id, place: words.groups[home(id)]!, ...words.items[id]! })),
      };
    }
    case 'ordering': {
      const asked = question as Ordering;
      const { facts, words } = asked;
      return {
        kind: 'places',
        ordered: true,
        places: facts.order.map((_, at) => String(at + 1)),
        items: ordering
          .blank(asked)
          .map((id) => ({ id, place: String(facts.order.indexOf(id) + 1), ...words.items[id]! })),
      };
    }
    case 'number': {
      const asked = question as NumberQuestion;
      const { answer, tolerance } = asked.facts;
      const within = Math.abs(answer) * tolerance;
      return { kind: 'number', value: answer, within, units: unitNames(asked), wrong: wrongNumbers(asked) };
    }
    case 'measured': {
      const asked = question as Measured;
      const value = figures(measuredKey(asked));
      const within = figures(Math.abs(value) * asked.facts.tolerance);
      return { kind: 'number', value, within, units: unitNames(asked), wrong: wrongNumbers(asked) };
    }
    case 'short-answer': {
      const { facts, words } = question as ShortAnswer;
      const wrong = facts.distractors.flatMap((id) => {
        const wording = own(words.distractors, id);
        return wording === undefined ? [] : [{ id, ...wording }];
      });
      return { kind: 'words', accepts: [...new Set(words.accepts)], wrong, otherwise: words.otherwise };
    }
    case 'prediction': {
      const asked = question as Prediction;
      const { axis, tolerance } = asked.facts;
      return {
        kind: 'curve',
        x: asked.words.x,
        y: asked.words.y,
        unit: asked.words.unit,
        digits: axis.digits,
        // What could not be measured well enough is not asked for.
        points: pointsOf(asked).flatMap(({ x, given, measured: { value, halfWidth, enough } }) => {
          if (value === null || (!enough && !given)) return [];
          const target = Math.min(value, axis.max);
          return [{ x, value: figures(target), within: figures(Math.max(target * tolerance, halfWidth ?? 0)), given }];
        }),
        shapes: asked.words.shapes,
      };
    }
    default:
      throw new Error(
        `question "${question.facts.id}": "${question.facts.type}" cannot be exported; say in bodyOf what it becomes`,
      );
  }
}
