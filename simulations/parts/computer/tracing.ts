/**
 * Runs a program without time: one step after the other, each with what it read, wrote and left in the registers. For
 * quizzes that ask what a program does, for tests, and for counting what theory wants to know. It knows no cycles.
 */
import type { Assembled } from './assembler.ts';
import { OUT, toWord } from './instructions.ts';
import { after, execute, newEffect, newRegisters } from './interpreter.ts';

/** One instruction that was carried out. */
export interface Step {
  /** Where it stood, and the word that stood there. */
  address: number;
  word: number;
  /** What it asked of the memory; −1 for nothing. */
  reads: number;
  writes: number;
  /** What was read or written. */
  value: number;
  /** What is in A, B, C and D after it. */
  registers: number[];
}

export interface Traced {
  steps: Step[];
  /** All words of the memory that data are in, at the end. */
  words: Int16Array;
  /** What was stored at the last address, in order. */
  output: number[];
  ended: 'halt' | 'no-instruction' | 'too-many-steps';
}

/** The words of a program as they are loaded. @param draw a number from 0 up to 1 for an address, where chance fills words. */
export function loaded({ words, random }: Assembled, draw: (address: number) => number = () => 0.5): Int16Array {
  const image = words.slice();
  for (const { address, count, min, max } of random)
    for (let at = address; at < address + count; at++) image[at] = toWord(min + Math.floor(draw(at) * (max - min + 1)));
  return image;
}

/**
 * Runs what is in a memory, from address 0.
 * @param isSeparate whether instructions come from a memory of their own, which no instruction writes to.
 * @param most steps after which it is given up.
 */
export function traceProgram(image: Int16Array, isSeparate = false, most = 10_000): Traced {
  const words = image.slice();
  const program = isSeparate ? image.slice() : words;
  const registers = newRegisters();
  const effect = newEffect();
  const traced: Traced = { steps: [], words, output: [], ended: 'too-many-steps' };
  while (traced.steps.length < most) {
    const address = registers.counter;
    const word = program[address]!;
    execute(registers, word, effect);
    const { then } = effect;
    if (then === after.noInstruction) {
      traced.ended = 'no-instruction';
      break;
    }
    const step = { address, word, reads: -1, writes: -1, value: 0, registers: [] as number[] };
    if (then === after.read) {
      step.reads = effect.address;
      step.value = words[effect.address]!;
      registers.values[effect.register] = step.value;
    } else if (then === after.write) {
      step.writes = effect.address;
      step.value = effect.value;
      words[effect.address] = effect.value;
      if (effect.address === OUT) traced.output.push(effect.value);
    }
    step.registers = [...registers.values];
    traced.steps.push(step);
    if (then === after.halt) {
      traced.ended = 'halt';
      break;
    }
  }
  return traced;
}
