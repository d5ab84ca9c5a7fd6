/**
 * A call plan: which parts a request or a piece of work calls, in which order, and what may be missing.
 * It knows no part: a step only names the one that it calls.
 */
import { choice, field, list, number, object, optional, otherwise, text, whole, z } from '../fields.ts';

const stepFields = {
  to: field('The part that is called.', text(60)),
  probability: field('With which probability it is called at all.', otherwise(number({ min: 0, max: 1 }), 1)),
  copies: field(
    'How many such calls are made at the same time; all are waited for.',
    otherwise(whole({ min: 1, max: 10_000 }), 1),
  ),
  again: field(
    'With which probability the step is done once more after it was answered, and so on (Bernoulli feedback).',
    otherwise(number({ min: 0, max: 0.999 }), 0),
  ),
  optional: field(
    'Whether the plan goes on without it when it fails. The answer then counts as degraded.',
    otherwise(z.boolean(), false),
  ),
  fallback: field(
    'A part that is called instead when it fails. The answer then counts as degraded.',
    optional(text(60)),
  ),
  operation: field(
    '`read` changes nothing; `write` changes something; `write-if-unchanged` fails as `conflict` when it was changed since this plan read it (optimistic concurrency). When left out: what the caller was asked for.',
    optional(choice(['read', 'write', 'write-if-unchanged'])),
  ),
};

/** Calls that a plan may make at the same time. */
const MOST_AT_ONCE = 20_000;

const step = field('One call, with all that can be said about it.', object(stepFields));
const stepOfItsOwn = field(
  'One call, with all that can be said about it.',
  object({
    ...stepFields,
    inTurn: field(
      'How often the step is made, one after the other: each begins when the one before it was answered.',
      otherwise(whole({ min: 1, max: 100 }), 1),
    ),
  }),
);
const name = field('The part that is called, when there is nothing more to say.', text(60));

export const callPlan = (meaning: string) =>
  field(
    meaning,
    list(
      z.union([
        name,
        stepOfItsOwn,
        object({
          parallel: field('Calls that are made at the same time.', list(z.union([name, step]), { min: 1, max: 100 })),
          need: field(
            'How many of them must be answered; all when left out. The others are then given up.',
            optional(whole({ min: 1, max: 1000 })),
          ),
        }),
      ]),
      { max: 100 },
    ).check(
      z.refine(
        (plan): boolean => widthOf(plan as never) <= MOST_AT_ONCE,
        `at most ${MOST_AT_ONCE} calls at the same time`,
      ),
    ),
  );

type Source = z.output<ReturnType<typeof callPlan>>;

export interface Step {
  to: string;
  probability: number;
  copies: number;
  again: number;
  optional: boolean;
  fallback: string | undefined;
  /** 0 read, 1 write, 2 write if unchanged; −1 as the caller was asked. */
  operation: number;
}

/** Steps that are made at the same time, and how many must be answered. */
export interface Stage {
  steps: Step[];
  need: number | null;
}

const OPERATIONS = ['read', 'write', 'write-if-unchanged'];

function stepOf(written: string | z.output<typeof step>): Step {
  const own = typeof written === 'string' ? { to: written } : written;
  return {
    probability: 1,
    copies: 1,
    again: 0,
    optional: false,
    ...own,
    fallback: 'fallback' in own ? own.fallback : undefined,
    operation: 'operation' in own && own.operation !== undefined ? OPERATIONS.indexOf(own.operation) : -1,
  } as Step;
}

/** A plan as its author wrote it: what is made several times in turn stands there once. */
function writtenStages(plan: Source): Stage[] {
  return plan.map((written) =>
    typeof written === 'object' && 'parallel' in written
      ? { steps: written.parallel.map((inner) => stepOf(inner)), need: written.need ?? null }
      : { steps: [stepOf(written)], need: null },
  );
}

/** A plan as stages, one after the other. */
export function stagesOf(plan: Source): Stage[] {
  const stages = writtenStages(plan);
  return plan.flatMap((written, i) =>
    Array.from({ length: typeof written === 'object' && 'inTurn' in written ? written.inTurn : 1 }, () => stages[i]!),
  );
}

/** The parts that a plan calls. */
export function calleesOf(plan: Source): string[] {
  return writtenStages(plan).flatMap(({ steps }) =>
    steps.flatMap(({ to, fallback }) => (fallback === undefined ? [to] : [to, fallback])),
  );
}

/** Calls that a plan makes at most in one stage. */
export function widthOf(plan: Source): number {
  return Math.max(0, ...writtenStages(plan).map(({ steps }) => steps.reduce((sum, { copies }) => sum + copies, 0)));
}
