/**
 * Processor sharing: all requests in work at an instance advance at the same pace, which is full while there are no more
 * of them than cores. Kept by virtual time: a request is done when the work that each has been given reaches what it had
 * on arrival plus its own. Source: Kleinrock, Queueing Systems II (1976), ch. 4.
 */
import type { Machine } from '../../engine/machine.ts';

interface Processor {
  /** Work, in ticks, that each request has been given since time 0, and when that was reckoned. */
  given: number;
  since: number;
  active: number;
  isPaused: boolean;
  token: number;
  /** A heap of when, in given work, each is done; with its call. Entries of requests that left are dropped when they come up. */
  due: number[];
  call: number[];
  entry: number[];
}

export class Sharing {
  #machine: Machine;
  #cores: number;
  #processors: Processor[] = [];
  #done: (call: number) => void;
  #turn: number;
  /** Per row of a call: the number of its entry that counts; −1 when it is not in work here. */
  #entry: number[] = [];
  #entries = 0;

  /** @param done is told each call whose work is done. */
  constructor(machine: Machine, cores: number, done: (call: number) => void) {
    this.#machine = machine;
    this.#cores = cores;
    this.#done = done;
    this.#turn = machine.on((instance, token) => this.#next(instance, token));
  }

  /** Begins work of so many ticks at full speed. */
  begin(instance: number, call: number, ticks: number): void {
    const processor = this.#at(instance);
    this.#advance(processor);
    processor.active++;
    this.#entry[call] = this.#entries;
    this.#push(processor, processor.given + ticks, call, this.#entries++);
    this.#plan(instance, processor);
  }

  /** A request leaves before its work is done. */
  leave(instance: number, call: number): void {
    const processor = this.#at(instance);
    this.#advance(processor);
    processor.active--;
    this.#entry[call] = -1;
    this.#plan(instance, processor);
  }

  pause(instance: number, isPaused: boolean): void {
    const processor = this.#at(instance);
    this.#advance(processor);
    processor.isPaused = isPaused;
    this.#plan(instance, processor);
  }

  #at(instance: number): Processor {
    return (this.#processors[instance] ??= {
      given: 0,
      since: 0,
      active: 0,
      isPaused: false,
      token: 0,
      due: [],
      call: [],
      entry: [],
    });
  }

  /** How much work each request is given in a tick. */
  #pace({ active, isPaused }: Processor): number {
    return isPaused ? 0 : active <= this.#cores ? 1 : this.#cores / active;
  }

  #advance(processor: Processor): void {
    const { now } = this.#machine;
    if (processor.active > 0) processor.given += (now - processor.since) * this.#pace(processor);
    processor.since = now;
  }

  #plan(instance: number, processor: Processor): void {
    processor.token++;
    // whoever left is still in the heap
    while (processor.due.length > 0 && this.#entry[processor.call[0]!] !== processor.entry[0]) this.#pop(processor);
    if (processor.due.length === 0 || processor.isPaused) return;
    const wait = Math.max(0, Math.round((processor.due[0]! - processor.given) / this.#pace(processor)));
    this.#machine.after(Math.min(wait, 2 ** 50), this.#turn, instance, processor.token);
  }

  #next(instance: number, token: number): void {
    const processor = this.#at(instance);
    if (processor.token !== token) return;
    this.#advance(processor);
    const call = processor.call[0]!;
    // the moment was rounded to a tick: whose turn it is, is done
    processor.given = Math.max(processor.given, processor.due[0]!);
    this.#pop(processor);
    processor.active--;
    this.#entry[call] = -1;
    this.#plan(instance, processor);
    this.#done(call);
  }

  #push({ due, call, entry }: Processor, time: number, row: number, number: number): void {
    let i = due.length;
    due.push(time);
    call.push(row);
    entry.push(number);
    while (i > 0) {
      const up = (i - 1) >> 1;
      if (due[up]! <= time) break;
      due[i] = due[up]!;
      call[i] = call[up]!;
      entry[i] = entry[up]!;
      i = up;
    }
    due[i] = time;
    call[i] = row;
    entry[i] = number;
  }

  #pop({ due, call, entry }: Processor): void {
    const time = due.pop()!;
    const row = call.pop()!;
    const number = entry.pop()!;
    const size = due.length;
    if (size === 0) return;
    let i = 0;
    for (;;) {
      let down = 2 * i + 1;
      if (down >= size) break;
      // of two that are done at the same moment, the one that began first
      const other = down + 1;
      if (other < size && (due[other]! < due[down]! || (due[other] === due[down] && entry[other]! < entry[down]!)))
        down = other;
      if (time < due[down]! || (time === due[down] && number < entry[down]!)) break;
      due[i] = due[down]!;
      call[i] = call[down]!;
      entry[i] = entry[down]!;
      i = down;
    }
    due[i] = time;
    call[i] = row;
    entry[i] = number;
  }
}
