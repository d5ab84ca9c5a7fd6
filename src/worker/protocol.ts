/**
 * What the page asks of the simulation's worker and what it gets back. Everything here is plain data.
 * Questions are checked where they arrive, so that a stale page or a damaged message is an answer, not a crash.
 */
import { z } from 'zod/mini';
import type { Run, ScenarioSource, SweepPoint } from '../../simulations/index.ts';

const setting = z.strictObject({
  design: z.string().check(z.maxLength(60)),
  dials: z.record(z.string(), z.number()),
  inputs: z
    .array(
      z.strictObject({
        at: z.number(),
        fault: z.string().check(z.maxLength(60)),
        duration: z.optional(z.number()),
      }),
    )
    .check(z.maxLength(100)),
  seed: z.number(),
});

const number = z.int().check(z.nonnegative());

/** A question. `id` comes back with every answer to it; a newer question of the same kind makes older ones moot. */
export const questionSchema = z.discriminatedUnion('ask', [
  /** Holds a scenario for the questions that follow; the machine itself checks what is in it. */
  z.strictObject({ ask: z.literal('hold'), id: number, scenario: z.unknown() }),
  /** One run with its trace. */
  z.strictObject({ ask: z.literal('run'), id: number, setting }),
  /** A curve over a dial, point by point. */
  z.strictObject({
    ask: z.literal('sweep'),
    id: number,
    setting,
    dial: z.string().check(z.maxLength(60)),
    measure: z.string().check(z.maxLength(120)),
    theory: z.optional(z.string().check(z.maxLength(60))),
    at: z.array(z.number()).check(z.maxLength(200)),
    replications: z.int().check(z.minimum(2), z.maximum(50)),
  }),
  /** Breaks off whatever sweep is going on. */
  z.strictObject({ ask: z.literal('rest'), id: number }),
]);

export type Question = z.infer<typeof questionSchema> | { ask: 'hold'; id: number; scenario: ScenarioSource };

export type Answer =
  | { answer: 'held'; id: number; engine: string }
  /** `theory`: for measures that have a closed form at this setting, its value. `took`: milliseconds. */
  | { answer: 'run'; id: number; run: Run; theory: Record<string, number>; took: number }
  | { answer: 'point'; id: number; point: SweepPoint; left: number }
  /** What went wrong, where in the scenario or setting if that is known, and whether asking again could help. */
  | { answer: 'error'; id: number; kind: ErrorKind; message: string; path: string };

export type ErrorKind = 'bad-question' | 'bad-scenario' | 'failed' | 'too-slow' | 'gone';

/** The columns of a run that can be handed over to another thread instead of being copied. */
export function transferables(run: Run): ArrayBuffer[] {
  const { trace } = run;
  if (trace === undefined) return [];
  const columns: unknown[] = [...Object.values(trace.hops), ...Object.values(trace.windows.columns)];
  const buffers = new Set<ArrayBuffer>();
  for (const column of columns) {
    if (ArrayBuffer.isView(column) && column.buffer instanceof ArrayBuffer) buffers.add(column.buffer);
  }
  return [...buffers];
}
