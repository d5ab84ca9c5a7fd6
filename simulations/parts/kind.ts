/**
 * What registers a kind of part: its settings, its behaviour, and the actions by which it can be broken.
 * One folder per kind; `parts/index.ts` is the one list.
 */
import type { Machine } from '../engine/machine.ts';
import type { Part } from '../engine/part.ts';
import type { Level } from '../engine/monitor.ts';
import type { z } from '../fields.ts';

/** What a part's behaviour is built from. */
export interface Site {
  machine: Machine;
  /** The part's id and row. */
  id: string;
  row: number;
  /** Ticks per unit of time. */
  ticks: number;
  /** Gives the level that counts what is inside, for the books. */
  books(level: Level): void;
}

export interface Kind<Schema extends z.core.$ZodType = z.core.$ZodType> {
  kind: string;
  /** The settings, documented field by field. */
  settings: Schema;
  /** Actions that a fault may name, each with a sentence. */
  actions: Record<string, string>;
  /** Ids of the parts that these settings call. */
  callees(settings: z.output<Schema>): string[];
  /** How many things these settings keep from the start, such as threads or users: it bounds what a run may ask for. */
  size(settings: z.output<Schema>): number;
  build(settings: z.output<Schema>, site: Site): Part;
}

/** Ties a kind's behaviour to the type of its settings. */
export function defineKind<Schema extends z.core.$ZodType>(kind: Kind<Schema>): Kind<Schema> {
  return kind;
}
