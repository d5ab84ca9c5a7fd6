/** A 64-bit digest of a stream of numbers, to tell whether two runs are the same run (rules R1, V1). Not for secrets. */
export class Digest {
  #a = 0x243f6a88;
  #b = 0x85a308d3;

  /** @param value a whole number, at most 2^53 either side of 0. */
  add(value: number): void {
    const low = value | 0;
    const high = ((value - (low >>> 0)) / 4294967296) | 0;
    this.#a = Math.imul(this.#a ^ low, 0x9e3779b1);
    this.#a ^= this.#a >>> 15;
    this.#b = Math.imul(this.#b ^ high ^ this.#a, 0x85ebca77);
    this.#b ^= this.#b >>> 13;
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    const hex = (word: number) => (word >>> 0).toString(16).padStart(8, '0');
    const mixed = Math.imul(this.#a ^ (this.#b >>> 16), 0xc2b2ae3d);
    return hex(mixed ^ (mixed >>> 16)) + hex(this.#b);
  }
}
