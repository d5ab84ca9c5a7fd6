/**
 * What an instruction does: to the registers at once, and which one word of memory it then asks for, if any. It knows
 * neither where the memory is nor how long anything takes, so a page, a quiz and the simulated processor all go by it.
 */
import {
  lowOf,
  isInstruction,
  op,
  operationOf,
  registerNames,
  registerOf,
  signedLow,
  toWord,
  WORDS,
} from './instructions.ts';

/** All that a processor remembers. */
export interface Registers {
  /** The address of the instruction that is carried out, and afterwards of the next one. */
  counter: number;
  /** What is in A, B, C and D. */
  values: Int16Array;
}

/** What an instruction still wants of the memory, or that there is no next one. */
export const after = { nothing: 0, read: 1, write: 2, halt: 3, noInstruction: 4 } as const;

/** What comes after an instruction: see `after`; the address that it reads or writes, what it writes, and which register a read fills. */
export interface Effect {
  then: number;
  address: number;
  value: number;
  register: number;
}

/** Registers as they are at the start: all nought. */
export const newRegisters = (): Registers => ({ counter: 0, values: new Int16Array(registerNames.length) });

/** A new effect, to be handed to `execute` again and again. */
export const newEffect = (): Effect => ({ then: after.nothing, address: 0, value: 0, register: 0 });

/** Carries out the instruction in a word that was fetched from where the counter stands. Changes the registers, and says in `effect` what comes next. */
export function execute(registers: Registers, word: number, effect: Effect): void {
  const { values } = registers;
  const own = registerOf(word);
  const low = lowOf(word);
  const next = (registers.counter + 1) % WORDS;
  effect.then = after.nothing;
  effect.register = own;
  if (!isInstruction(word)) {
    effect.then = after.noInstruction;
    return;
  }
  switch (operationOf(word)) {
    case op.halt:
      effect.then = after.halt;
      return;
    case op.load:
      effect.then = after.read;
      effect.address = low;
      break;
    case op.loadAt:
      effect.then = after.read;
      effect.address = values[low & 3]! & 0xff;
      break;
    case op.store:
      effect.then = after.write;
      effect.address = low;
      effect.value = values[own]!;
      break;
    case op.storeAt:
      effect.then = after.write;
      effect.address = values[low & 3]! & 0xff;
      effect.value = values[own]!;
      break;
    case op.set:
      values[own] = low;
      break;
    case op.add:
      values[own] = toWord(values[own]! + values[low & 3]!);
      break;
    case op.subtract:
      values[own] = toWord(values[own]! - values[low & 3]!);
      break;
    case op.addNumber:
      values[own] = toWord(values[own]! + signedLow(word));
      break;
    case op.jump:
      registers.counter = low;
      return;
    case op.jumpIfZero:
      registers.counter = values[own] === 0 ? low : next;
      return;
    default:
      registers.counter = values[own]! < 0 ? low : next;
      return;
  }
  registers.counter = next;
}
