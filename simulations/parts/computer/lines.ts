/**
 * The lines of a cache: which blocks of words it holds, by their tags. Each block has one line where it may be (direct
 * mapped), so two blocks that share a line push each other out. It knows no words and no time.
 */
export class Lines {
  /** Per line: the block that is in it, or −1. */
  readonly tags: Int16Array;
  readonly #words: number;

  /** @param lines how many, at least 1. @param words how many words a line has. */
  constructor(lines: number, words: number) {
    this.tags = new Int16Array(lines).fill(-1);
    this.#words = words;
  }

  /** The line in which an address may be. */
  lineOf(address: number): number {
    return Math.floor(address / this.#words) % this.tags.length;
  }

  /** Whether the cache holds an address. */
  holds(address: number): boolean {
    return this.tags[this.lineOf(address)] === Math.floor(address / this.#words);
  }

  /** Puts the block of an address into its line, and pushes out what was there. */
  fill(address: number): void {
    this.tags[this.lineOf(address)] = Math.floor(address / this.#words);
  }

  clear(): void {
    this.tags.fill(-1);
  }
}
