/** A 64-bit digest of a stream of numbers, to tell whether two runs are the same run (rules R1, V1). Not for secrets. */
export class Digest {
  /** Two words of 32 bits, in a column because a number of that size would be boxed elsewhere. */
  #words = Int32Array.of(0x243f6a88, 0x05a308d3);

  /**
   * Takes in the low 32 bits of four whole numbers. Times also differ above them, but then two runs that differ only by
   * multiples of 2^32 ticks would have to agree in everything else.
   */
  add(w: number, x: number, y: number, z: number): void {
    const words = this.#words;
    let a = words[0]!;
    let b = words[1]!;
    a = Math.imul(a ^ w, 0x9e3779b1);
    b = Math.imul(b ^ x, 0x85ebca77);
    a = Math.imul(a ^ (a >>> 15) ^ y, 0xc2b2ae3d);
    b = Math.imul(b ^ (b >>> 13) ^ z, 0x27d4eb2f);
    words[0] = a + (b >>> 16);
    words[1] = b + (a >>> 15);
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    const hex = (word: number) => (word >>> 0).toString(16).padStart(8, '0');
    return hex(this.#words[0]!) + hex(this.#words[1]!);
  }
}
