import { describe, expect, it } from 'vitest';
import source from '../../scenarios/stored-program/scenario.ts';
import { assemble } from './assembler.ts';
import { Lines } from './lines.ts';
import { loaded, traceProgram } from './tracing.ts';

function image(text: string, draw?: (address: number) => number): Int16Array {
  const assembly = assemble(text);
  if (!assembly.ok) throw new Error(JSON.stringify(assembly.mistakes));
  return loaded(assembly.program, draw);
}

const [sum, copy, multiply, sort, rewrite] = (source.parts['memory'] as { programs: string[] }).programs as [
  string,
  string,
  string,
  string,
  string,
];
/** Numbers that look like chance and are the same each time. */
const draw = (address: number): number => ((address * 7919) % 101) / 101;

describe('a program without time', () => {
  it('adds, counts down, jumps and stops, and says each step', () => {
    const { steps, output, ended } = traceProgram(
      image('SET A, 2\nloop: ADD B, 5\nSUB A, 1\nJUMPZ A, done\nJUMP loop\ndone: STORE B, OUT\nHALT'),
    );
    expect(output).toEqual([10]);
    expect(ended).toBe('halt');
    expect(steps.map(({ address }) => address)).toEqual([0, 1, 2, 3, 4, 1, 2, 3, 5, 6]);
    expect(steps.at(-2)).toMatchObject({ writes: 255, reads: -1, value: 10, registers: [0, 10, 0, 0] });
  });

  it('jumps if negative, and a word that is too large comes round', () => {
    const { output } = traceProgram(
      image('LOAD A, big\nADD A, 1\nJUMPN A, yes\nHALT\nyes: STORE A, OUT\nHALT\nbig: WORD 32767'),
    );
    expect(output).toEqual([-32_768]);
  });

  it('stops at what is no instruction, and is given up when it never ends', () => {
    expect(traceProgram(image('LOAD A, list\nlist: WORD -1')).ended).toBe('no-instruction');
    const endless = traceProgram(image('loop: JUMP loop'), false, 50);
    expect([endless.ended, endless.steps.length]).toEqual(['too-many-steps', 50]);
  });

  it('runs into its data where nothing stops it: a word is an instruction when it is taken for one', () => {
    const { steps } = traceProgram(image('SET A, 1\nWORD 20997\nHALT'));
    // 20997 is 5205 in hexadecimal: SET C, 5
    expect(steps[1]!.registers).toEqual([1, 0, 5, 0]);
  });
});

describe('the programs of the course', () => {
  it('sum a list', () => {
    const words = image(sum, draw);
    expect(traceProgram(words).output).toEqual([words.slice(101, 125).reduce((total, each) => total + each, 0)]);
  });

  it('copy a list', () => {
    const words = image(copy, draw);
    const { words: after, ended } = traceProgram(words);
    expect(ended).toBe('halt');
    expect(Array.from(after.slice(124, 148))).toEqual(Array.from(words.slice(100, 124)));
  });

  it('multiply', () => {
    const words = image(multiply, draw);
    expect(traceProgram(words).output).toEqual([words[8]! * words[9]!]);
  });

  it('sort', () => {
    for (const shift of [0, 3, 17, 40]) {
      const words = image(sort, (address) => draw(address + shift));
      const { words: after, ended } = traceProgram(words);
      expect(ended).toBe('halt');
      expect(Array.from(after.slice(100, 108))).toEqual(Array.from(words.slice(100, 108)).toSorted((a, b) => a - b));
    }
  });

  it('sum a list by rewriting their own next instruction, and sum nothing where they cannot', () => {
    const words = image(rewrite, draw);
    const total = words.slice(101, 125).reduce((sum, each) => sum + each, 0);
    expect(traceProgram(words).output).toEqual([total]);
    expect(traceProgram(words, true).output).toEqual([0]);
  });
});

describe('the lines of a cache', () => {
  it('hold whole blocks, each in the one line where it may be', () => {
    const lines = new Lines(2, 4);
    expect(lines.holds(5)).toBe(false);
    lines.fill(5);
    expect([4, 5, 6, 7, 8, 3].map((address) => lines.holds(address))).toEqual([true, true, true, true, false, false]);
  });

  it('push each other out where they share a line', () => {
    const lines = new Lines(2, 4);
    lines.fill(0);
    lines.fill(4);
    lines.fill(9);
    expect([0, 4, 8].map((address) => lines.holds(address))).toEqual([false, true, true]);
    expect([...lines.tags]).toEqual([2, 1]);
    lines.clear();
    expect(lines.holds(4)).toBe(false);
  });
});
