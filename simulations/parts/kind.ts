/**
 * What registers a kind of part: its settings, its behaviour, and the actions by which it can be broken.
 * One folder per kind; `parts/index.ts` is the one list.
 */
import type { Stream } from '../engine/draws.ts';
import type { Machine, RequestClass } from '../engine/machine.ts';
import type { Level } from '../engine/monitor.ts';
import type { Part } from '../engine/part.ts';
import type { FailureReason } from '../engine/run.ts';
import type { z } from '../fields.ts';

/** What a part's behaviour is built from. */
export interface Site {
  machine: Machine;
  /** The part's id and row. */
  id: string;
  row: number;
  /** Ticks per unit of time. */
  ticks: number;
  /** Every reason for which something in this scenario may fail, for whoever counts failures by reason. */
  reasons: readonly FailureReason[];
  /** Gives the level that counts what is inside, for the books. */
  books(level: Level): void;
  /** What breaks and mends another part, or a link (`from>to`), by an action that it knows; only once the run begins. */
  strikeAt(id: string, action: string): (begins: boolean, amount: number, instance: number) => void;
}

/** What the classes of a source's requests are built from, before there is a machine. */
export interface ClassSite {
  id: string;
  row: number;
  ticks: number;
  stream(id: string, purpose: string): Stream;
}

/** Which parts a part calls. */
export interface Callee {
  id: string;
  /** Where in the part's settings it is named, for messages. */
  path: string;
  /** True where the part must have a fleet of instances. */
  steers?: boolean;
  /** True where the part is only watched, so that the two are not drawn as joined. */
  watches?: boolean;
  /** An action that the part must know. */
  action?: string;
  /** A version that the part must have. */
  version?: string;
  /** The kind that the part must be of, where not every one that takes calls will do. */
  kind?: string;
}

export interface Kind<Schema extends z.core.$ZodType = z.core.$ZodType> {
  kind: string;
  /** The settings, documented field by field. */
  settings: Schema;
  /** Actions that a fault may name, each with a sentence. */
  actions: Record<string, string>;
  /** Settings, by their first word, that a dial may turn while a run goes on. */
  adopts: readonly string[];
  /** Whether a part of this kind takes calls. */
  takesCalls: boolean;
  /** Whether it consists of instances that others can steer. */
  hasFleet?: boolean;
  /** Parts that these settings call. */
  callees(settings: z.output<Schema>): Callee[];
  /** Parts that these settings look at or steer without calling them. */
  steers?(settings: z.output<Schema>): Callee[];
  /** How many things these settings keep from the start, such as threads or users: it bounds what a run may ask for. */
  size(settings: z.output<Schema>): number;
  /** Reasons for which a part with these settings may itself fail a request. */
  reasons(settings: z.output<Schema>): FailureReason[];
  /** What else is wrong with these settings in a run of this length, in units of time, where their schema cannot say so. */
  contradictions?(settings: z.output<Schema>, horizon: number): { path: string; message: string; expected: string }[];
  /** The classes of requests that it makes, for a source. */
  classes?(settings: z.output<Schema>, site: ClassSite): RequestClass[];
  /** What theory has to have counted on these settings, without time: accesses per instruction, or the share of pairs of people in one team. Null where it cannot be. */
  counted?(settings: z.output<Schema>, of: { id: string; seed: number }): number | null;
  build(settings: z.output<Schema>, site: Site): Part;
}

/** Ties a kind's behaviour to the type of its settings. */
export function defineKind<Schema extends z.core.$ZodType>(kind: Kind<Schema>): Kind<Schema> {
  return kind;
}

/** The callees of a list of ids that stands under one setting. */
export function calleesAt(path: string, ids: readonly string[]): Callee[] {
  return ids.map((id, i) => ({ id, path: `${path}.${i}` }));
}
