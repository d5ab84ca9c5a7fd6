/**
 * Which version of a row a caller has seen, for writes that must find it unchanged. The caller is the call that both were
 * made for, whatever parts passed them on in between; or, at a source, the request. It knows rows, and not what is in them.
 */
import { wider } from '../../engine/calendar.ts';
import type { Calls } from '../../engine/calls.ts';
import type { Machine } from '../../engine/machine.ts';

/** Requests that are remembered at sources: a ring of so many. Requests are numbered in a row, so those under way do not meet. */
const REQUESTS = 65_536;
const NONE = -1;

export class Seen {
  #machine: Machine;
  #calls: Calls;
  /** By the row of the call that was read for: which call it was then, and what it has seen last. */
  #hop = new Int32Array(64).fill(NONE);
  #row = new Int32Array(64);
  #version = new Int32Array(64);
  /** The same by request, made when a first one is remembered. */
  #requests: { request: Float64Array; source: Int32Array; row: Int32Array; version: Int32Array } | null = null;

  constructor(machine: Machine) {
    this.#machine = machine;
    this.#calls = machine.calls;
  }

  /** A read has seen a version of a row. */
  remember(call: number, row: number, version: number): void {
    const { hop, parent, request } = this.#calls;
    let at = call;
    for (let above = this.#above(at); above !== NONE; above = this.#above(at)) {
      at = above;
      while (at >= this.#hop.length) this.#grow();
      this.#hop[at] = hop[at]!;
      this.#row[at] = row;
      this.#version[at] = version;
    }
    if (parent[at] !== NONE) return;
    this.#requests ??= {
      request: new Float64Array(REQUESTS).fill(NONE),
      source: new Int32Array(REQUESTS),
      row: new Int32Array(REQUESTS),
      version: new Int32Array(REQUESTS),
    };
    const cell = request[at]! % REQUESTS;
    this.#requests.request[cell] = request[at]!;
    this.#requests.source[cell] = this.#sourceOf(at);
    this.#requests.row[cell] = row;
    this.#requests.version[cell] = version;
  }

  /** The version of a row that the caller of a write has seen, or −1 where it has seen none. */
  recall(call: number, row: number): number {
    const { hop, parent, request } = this.#calls;
    let at = call;
    for (let above = this.#above(at); above !== NONE; above = this.#above(at)) {
      at = above;
      if (at < this.#hop.length && this.#hop[at] === hop[at] && this.#row[at] === row) return this.#version[at]!;
    }
    const requests = this.#requests;
    if (parent[at] !== NONE || requests === null) return NONE;
    const cell = request[at]! % REQUESTS;
    const isKnown =
      requests.request[cell] === request[at] &&
      requests.source[cell] === this.#sourceOf(at) &&
      requests.row[cell] === row;
    return isKnown ? requests.version[cell]! : NONE;
  }

  #sourceOf(call: number): number {
    return this.#machine.wayAt(this.#calls.way[call]!).from;
  }

  /** The call that a call was made for, as long as it is open; −1 else. */
  #above(call: number): number {
    const { parent, hop } = this.#calls;
    const above = parent[call]!;
    // a row that was closed, or is another and so a later call by now, is not the parent any more
    return above !== NONE && hop[above]! >= 0 && hop[above]! < hop[call]! ? above : NONE;
  }

  #grow(): void {
    const from = this.#hop.length;
    this.#hop = wider(this.#hop).fill(NONE, from);
    this.#row = wider(this.#row);
    this.#version = wider(this.#version);
  }
}
