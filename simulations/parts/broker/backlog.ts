/**
 * What waits for one group: a line for each partition, before it those that are to be delivered again, and how far each
 * partition lags behind. It knows no consumer.
 */
import { wider } from '../../engine/calendar.ts';
import { WAITING, type Messages } from './messages.ts';

const NOBODY = -1;

export class Backlog {
  /** Per partition: how many the group is not done with. */
  readonly lag: Int32Array;
  /** The greatest lag of a partition. */
  worst = 0;

  #messages: Messages;
  /** First and last of each line: those to be delivered again at 2 × partition, the others behind them. */
  #first: Int32Array;
  #last: Int32Array;
  /** How many partitions have just so great a lag. */
  #lagging = new Int32Array(64);

  constructor(messages: Messages, partitions: number) {
    this.#messages = messages;
    this.lag = new Int32Array(partitions);
    this.#first = new Int32Array(2 * partitions).fill(NOBODY);
    this.#last = new Int32Array(2 * partitions).fill(NOBODY);
    this.#lagging[0] = partitions;
  }

  /** A new message stands last. */
  append(row: number, partition: number): void {
    this.#push(row, 2 * partition + 1);
  }

  /** One that was delivered before stands before all that were not, behind others of its kind. */
  putBack(row: number, partition: number): void {
    this.#push(row, 2 * partition);
  }

  has(partition: number): boolean {
    return this.#first[2 * partition]! >= 0 || this.#first[2 * partition + 1]! >= 0;
  }

  /** Takes the next of a partition; −1 when there is none after all. */
  take(partition: number): number {
    const messages = this.#messages;
    for (;;) {
      const row = this.#shift(2 * partition);
      if (row < 0) break;
      if (messages.state[row] === WAITING) return row;
      // a late answer has settled it while it stood here
      messages.letGo(messages.of(row));
    }
    return this.takeOldest(partition);
  }

  /** Takes the first of those that wait for their first delivery, or −1. */
  takeOldest(partition: number): number {
    return this.#shift(2 * partition + 1);
  }

  /** The group has one more, or one fewer, to be done with in a partition. */
  changeLag(partition: number, by: 1 | -1): void {
    const before = this.lag[partition]!;
    const after = before + by;
    this.lag[partition] = after;
    if (after === this.#lagging.length) this.#lagging = wider(this.#lagging);
    this.#lagging[before]!--;
    this.#lagging[after]!++;
    if (after > this.worst) this.worst = after;
    // the last one there has gone down by one: that is now the greatest
    else if (before === this.worst && this.#lagging[before] === 0) this.worst = after;
  }

  #push(row: number, line: number): void {
    this.#messages.next[row] = NOBODY;
    if (this.#first[line]! < 0) this.#first[line] = row;
    else this.#messages.next[this.#last[line]!] = row;
    this.#last[line] = row;
  }

  #shift(line: number): number {
    const row = this.#first[line]!;
    if (row >= 0) this.#first[line] = this.#messages.next[row]!;
    return row;
  }
}
