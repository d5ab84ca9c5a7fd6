/**
 * The code that an organisation grows: files, who wrote each last, and the links from file to file. It knows who needs what,
 * and asks somebody else by which of the three ways a need is met.
 */
import type { JournalWriter } from '../../engine/journal.ts';
import { bond, organisationRow } from './journal.ts';
import { Ties } from './mirror.ts';

const NONE = -1;
/** Files that are kept at most; from then on every task writes an old one anew. */
export const MOST_FILES = 50_000;

/** What a need is to be drawn by: the task's request and the path of the draw. */
export interface Need {
  from: number;
  to: number;
  request: number;
  path: number;
}

export interface Link extends Need {
  /** One of `bond`. */
  kind: number;
  /** How many charts there had been when it was made. */
  era: number;
}

export class Code {
  /** Tight and loose links between code of different people. */
  readonly tight: Ties;
  readonly loose: Ties;
  /** Files by the person who wrote them last. */
  readonly held: Int32Array;
  /** Tight links between different people that are older than the present chart. */
  old = 0;

  #author: number[] = [];
  #from: Set<Link>[] = [];
  #to: Set<Link>[] = [];
  #era = 0;
  #journal: JournalWriter | null;

  constructor(people: number, journal: JournalWriter | null) {
    this.tight = new Ties(people);
    this.loose = new Ties(people);
    this.held = new Int32Array(people);
    this.#journal = journal;
  }

  get files(): number {
    return this.#author.length;
  }

  authorOf(file: number): number {
    return this.#author[file]!;
  }

  /** A new file. @returns its number. */
  add(now: number, author: number): number {
    const file = this.#author.length;
    this.#author.push(author);
    this.#from.push(new Set());
    this.#to.push(new Set());
    this.#hold(now, author, 1);
    return file;
  }

  /**
   * Somebody writes a file anew: what it needed is forgotten, and they hold it now. @returns the tight links of others to
   * it, which are to be settled anew; they are no links until that is done.
   */
  rewrite(now: number, file: number, author: number): Link[] {
    for (const link of this.#from[file]!) this.#untie(now, link);
    const others = [...this.#to[file]!];
    for (const link of others) this.#untie(now, link);
    this.#hold(now, this.#author[file]!, -1);
    this.#author[file] = author;
    this.#hold(now, author, 1);
    const unsettled: Link[] = [];
    for (const link of others) {
      if (link.kind === bond.tight) unsettled.push(link);
      else this.#tie(now, link);
    }
    return unsettled;
  }

  /** A need has been met. */
  meet(now: number, { from, to, request, path }: Need, kind: number): void {
    if (kind === bond.copy) {
      this.#journal?.write(now, organisationRow.link, this.#author[from]!, this.#author[to]!, kind, 1);
      return;
    }
    this.#tie(now, { from, to, request, path, kind, era: this.#era });
  }

  /** Another chart holds: all that is tied is old now. */
  beginEra(): void {
    this.#era++;
    this.old = this.tight.total;
  }

  #hold(now: number, person: number, change: number): void {
    this.held[person]! += change;
    this.#journal?.write(now, organisationRow.file, person, 0, 0, change);
  }

  #tie(now: number, link: Link): void {
    this.#from[link.from]!.add(link);
    this.#to[link.to]!.add(link);
    this.#count(now, link, 1);
  }

  #untie(now: number, link: Link): void {
    this.#from[link.from]!.delete(link);
    this.#to[link.to]!.delete(link);
    this.#count(now, link, -1);
  }

  #count(now: number, { from, to, kind, era }: Link, change: number): void {
    const a = this.#author[from]!;
    const b = this.#author[to]!;
    // what somebody needs from code of their own ties nobody to anybody
    if (a === b) return;
    (kind === bond.tight ? this.tight : this.loose).add(a, b, change);
    if (kind === bond.tight && era < this.#era) this.old += change;
    this.#journal?.write(now, organisationRow.link, a, b, kind, change);
  }
}

/** The last so many tasks, by their numbers: which file each wrote, and of what domain it was. */
export class Past {
  #file: Int32Array;
  #domain: Uint8Array;
  #reach: number;
  count = 0;

  constructor(reach: number) {
    this.#reach = reach;
    this.#file = new Int32Array(reach).fill(NONE);
    this.#domain = new Uint8Array(reach);
  }

  /** One more task. @returns its number. */
  add(domain: number): number {
    const task = this.count++;
    this.#file[task % this.#reach] = NONE;
    this.#domain[task % this.#reach] = domain;
    return task;
  }

  /** The first task that one before this can be of. */
  firstBefore(task: number): number {
    return Math.max(0, task - this.#reach, this.count - this.#reach);
  }

  domainOf(task: number): number {
    return this.#domain[task % this.#reach]!;
  }

  setFile(task: number, file: number): void {
    if (task >= this.count - this.#reach) this.#file[task % this.#reach] = file;
  }

  /** −1 where nobody has begun it. */
  fileOf(task: number): number {
    return this.#file[task % this.#reach]!;
  }

  /**
   * One of the tasks before one, by lot; of the same domain, where that is asked for and there is one: the next before the
   * one drawn, else the next after it. −1 where there is none at all.
   */
  before(task: number, u: number, isOfDomain: boolean): number {
    const first = this.firstBefore(task);
    if (task <= first) return NONE;
    const drawn = first + Math.floor(u * (task - first));
    if (!isOfDomain) return drawn;
    const domain = this.domainOf(task);
    for (let other = drawn; other >= first; other--) if (this.domainOf(other) === domain) return other;
    for (let other = drawn + 1; other < task; other++) if (this.domainOf(other) === domain) return other;
    return drawn;
  }
}
