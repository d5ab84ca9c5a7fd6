/** What a program does, as a question asks it: registers, memory, the line that comes next, what it puts out and how it ends. */
import { describe, expect, it } from 'vitest';
import type { ProgramWay } from './question.ts';
import { programTraced } from './trace-program.ts';
import type { TracingFacts, TracingStep } from './types/tracing/grading.ts';

const product = `      SET A, 3
      SET B, 4
loop: JUMPZ A, done
      ADD C, B
      SUB A, 1
      JUMP loop
done: STORE C, total
      STORE C, OUT
      HALT
total: WORD 99`;

const read = (program: string, step: Partial<TracingStep>, more: Partial<TracingFacts> = {}) =>
  programTraced({
    id: 'q',
    program,
    steps: { it: { call: 1, distractors: {}, ...step } },
    ...more,
  } as unknown as TracingFacts);
const said = (...given: Parameters<typeof read>): number | string | undefined => {
  const { key, values } = read(...given);
  return values['it'] ?? key['it'];
};

describe('of a program it is said', () => {
  it('what is in a register after so many instructions', () => {
    const after = (count: number): unknown => said(product, { asks: 'register', register: 'C', after: count });
    expect([after(0), after(3), after(4), after(8)]).toEqual([0, 0, 4, 8]);
  });
  it('what is in a place of the memory, before and after it is written', () => {
    const after = (count: number): unknown => said(product, { asks: 'word', place: 'total', after: count });
    expect([after(0), after(14), after(16)]).toEqual([99, 99, 12]);
  });
  it('which line comes next', () => {
    const after = (count: number): unknown => said(product, { asks: 'line', after: count });
    expect([after(0), after(2), after(6)]).toEqual([1, 3, 3]);
  });
  it('what it puts out, how many instructions it takes, and how it ends', () => {
    expect(said(product, { asks: 'output' })).toBe(12);
    expect(said(product, { asks: 'instructions' })).toBe(18);
    expect(said(product, { asks: 'stops' })).toBe('halt');
    expect(said('here: JUMP here', { asks: 'stops' })).toBe('too-many-steps');
    expect(said('JUMP data\ndata: WORD -1', { asks: 'stops' })).toBe('no-instruction');
  });
  it('something else where its instructions have a memory of their own', () => {
    // It writes HALT (a word of nought) over its own next instruction.
    const overwrites = 'STORE A, next\nnext: SET B, 1\nHALT';
    expect(said(overwrites, { asks: 'instructions' })).toBe(2);
    expect(said(overwrites, { asks: 'instructions' }, { separate: true })).toBe(3);
  });
});

it('what it did is listed, line by line, with what was stored where', () => {
  const way = read(product, { asks: 'output' }).way as ProgramWay;
  expect([way.lines.length, way.count, way.output]).toEqual([10, 18, [12]]);
  expect(way.steps[3]).toEqual({ line: 4, registers: [3, 4, 4, 0] });
  expect(way.steps[15]).toEqual({ line: 7, registers: [0, 4, 12, 0], writes: { place: 'TOTAL', value: 12 } });
});

describe('a mistake is told with question and remedy:', () => {
  it('in the program, with its line', () => {
    expect(() => said('SET A, 1\nHOLD', { asks: 'output' })).toThrow(
      /^question "q", program, line 2: "HOLD" .*right would be/,
    );
  });
  it('chance, which would give each reader other numbers', () => {
    expect(() => said('HALT\nx: RANDOM 2, 0, 9', { asks: 'stops' })).toThrow(
      /RANDOM fills words by chance; right would be WORD/,
    );
  });
  it('a step that is never reached, and a label that there is not', () => {
    expect(() => said(product, { asks: 'line', after: 18 })).toThrow(
      /does not say "line" after 18 of its 18 instructions/,
    );
    expect(() => said(product, { asks: 'word', place: 'sum' })).toThrow(/or a label that the program has/);
  });
});
