/**
 * Chance, by counting instead of remembering (rule R2): a draw is a hash of seed, part, purpose, request and index.
 * It does not depend on the order of events, so adding a part changes no other part's draws, and two designs under one
 * seed meet the same customers.
 */

/** The key of all draws that one part makes for one purpose. */
export interface Stream {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Mixes 32 bits so that each input bit changes about half of the output bits (two multiply-xorshift rounds). */
function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return x ^ (x >>> 15);
}

/** 32 bits of a text, for ids; order and length count. */
function hashText(text: string, seed: number): number {
  let h = mix(seed ^ text.length);
  for (let i = 0; i < text.length; i++) h = mix(Math.imul(h, 31) + text.charCodeAt(i));
  return h;
}

/**
 * The stream of one part for one purpose.
 * @param seed 0 to 2^32 − 1. @param replication which repetition of the seed, from 0.
 */
export function stream(seed: number, replication: number, part: string, purpose: string): Stream {
  const base = mix(mix(seed ^ 0x5ea35ea3) + Math.imul(replication, 0x9e3779b9));
  const word = (n: number) => mix(hashText(part, base ^ n) ^ mix(hashText(purpose, base + n)));
  return { a: word(0x3c6ef372), b: word(0xa54ff53a), c: word(0x510e527f) };
}

/**
 * A number drawn uniformly, strictly between 0 and 1, with 52 bits.
 * @param request the customer's number, 0 to 2^53 − 1.
 * @param index which draw for that request and purpose: any 32-bit number, such as the path of a call. A law that needs
 * several steps on from it by a large odd number.
 */
export function uniform(s: Stream, request: number, index: number): number {
  const high = request > 0xffffffff ? (request / 4294967296) | 0 : 0;
  const key = index + Math.imul(high, 0x85ebca6b);
  // the first mixing gives each request of a stream another word; both halves are made of it in two ways
  const word = mix(request ^ s.a);
  const x = mix(word + Math.imul(key, 0x9e3779b9) + s.b);
  const y = Math.imul(word ^ (s.c + key), 0xc2b2ae35);
  // 26 + 26 bits and a half: never 0, never 1, and exact in a double
  return ((x >>> 6) * 67108864 + (y >>> 6) + 0.5) / 4503599627370496;
}

/**
 * Draws for requests that follow one another, all under one index: `into[i]` becomes `uniform(s, request + i, index)`.
 * It takes half as long as asking one by one.
 * @param count how many, at most the length of `into`.
 */
export function uniforms(s: Stream, request: number, index: number, into: Float64Array, count: number): void {
  if (request + count > 4294967296) {
    for (let i = 0; i < count; i++) into[i] = uniform(s, request + i, index);
    return;
  }
  // what does not depend on the request is worked out once
  const first = request | 0;
  const { a } = s;
  const b = (Math.imul(index, 0x9e3779b9) + s.b) | 0;
  const c = (s.c + index) | 0;
  for (let i = 0; i < count; i++) {
    const word = mix((first + i) ^ a);
    const x = mix(word + b);
    const y = Math.imul(word ^ c, 0xc2b2ae35);
    into[i] = ((x >>> 6) * 67108864 + (y >>> 6) + 0.5) / 4503599627370496;
  }
}

/** The path of a call that follows from another by its step: 32 bits, so that draws differ from step to step. */
export function mixPath(path: number, step: number): number {
  return mix(Math.imul(path ^ 0x5bd1e995, 31) + Math.imul(step, 0x9e3779b1));
}

/** 32 bits of an id: where the paths of a source's requests begin. */
export function pathOf(id: string): number {
  return hashText(id, 0x70617468);
}
