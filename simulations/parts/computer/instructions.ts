/**
 * What the small computer can do: twelve instructions, each one word of sixteen bits. A word is a number like any other;
 * it is an instruction only while a processor takes it for one. It knows no memory and no time.
 *
 *   15 … 12   11 … 8     7 … 0
 *   what      register   an address, a number, or another register
 */

/** Words that a memory has: an address is eight bits. */
export const WORDS = 256;
/** The registers by their names. */
export const registerNames = ['A', 'B', 'C', 'D'] as const;
/** What is stored at the last address leaves the computer: it is what a program has to say. */
export const OUT = WORDS - 1;

/** The instructions by their numbers, as they are in a word. */
export const op = {
  halt: 0,
  load: 1,
  store: 2,
  loadAt: 3,
  storeAt: 4,
  set: 5,
  add: 6,
  subtract: 7,
  addNumber: 8,
  jump: 9,
  jumpIfZero: 10,
  jumpIfNegative: 11,
} as const;

/** One more than the greatest number of an instruction. */
export const OPERATIONS = 12;

/** Puts an instruction into a word. @param low an address or number, of which the lower eight bits count. */
export const encode = (operation: number, register: number, low: number): number =>
  toWord((operation << 12) | (register << 8) | (low & 0xff));

/** The parts of a word, taken as an instruction. */
export const operationOf = (word: number): number => (word >>> 12) & 15;
export const registerOf = (word: number): number => (word >>> 8) & 3;
export const lowOf = (word: number): number => word & 0xff;
/** The lower eight bits as a number from −128 to 127. */
export const signedLow = (word: number): number => ((word & 0xff) << 24) >> 24;

/** A number cut down to a word: sixteen bits, from −32768 to 32767. What is beyond comes round again. */
export const toWord = (value: number): number => (value << 16) >> 16;

/** A word in four hexadecimal digits. */
export const inHex = (word: number): string => (word & 0xffff).toString(16).toUpperCase().padStart(4, '0');

/** Whether a word can be carried out. */
export const isInstruction = (word: number): boolean =>
  operationOf(word) < OPERATIONS && ((word >>> 8) & 15) < registerNames.length;

/**
 * A word as an instruction, in the assembly language; null where it is none. A word that was meant as a number reads as
 * whatever instruction it happens to be.
 * @param labels names for addresses, where there are any.
 */
export function disassemble(word: number, labels: ReadonlyMap<number, string> = new Map()): string | null {
  if (!isInstruction(word)) return null;
  const own = registerNames[registerOf(word)]!;
  const low = lowOf(word);
  const other = registerNames[low & 3]!;
  const place = labels.get(low) ?? String(low);
  const number = signedLow(word);
  switch (operationOf(word)) {
    case op.halt:
      return 'HALT';
    case op.load:
      return `LOAD ${own}, ${place}`;
    case op.store:
      return `STORE ${own}, ${place}`;
    case op.loadAt:
      return `LOAD ${own}, [${other}]`;
    case op.storeAt:
      return `STORE ${own}, [${other}]`;
    case op.set:
      return `SET ${own}, ${labels.get(low) ?? low}`;
    case op.add:
      return `ADD ${own}, ${other}`;
    case op.subtract:
      return `SUB ${own}, ${other}`;
    case op.addNumber:
      return number < 0 ? `SUB ${own}, ${-number}` : `ADD ${own}, ${number}`;
    case op.jump:
      return `JUMP ${place}`;
    case op.jumpIfZero:
      return `JUMPZ ${own}, ${place}`;
    default:
      return `JUMPN ${own}, ${place}`;
  }
}
