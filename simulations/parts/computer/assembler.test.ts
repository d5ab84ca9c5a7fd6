import { describe, expect, it } from 'vitest';
import { assemble, MOST_LETTERS, MOST_MISTAKES, type Assembled, type Mistake } from './assembler.ts';
import { disassemble, encode, inHex, isInstruction, op, toWord } from './instructions.ts';

function program(text: string): Assembled {
  const assembly = assemble(text);
  if (!assembly.ok) throw new Error(JSON.stringify(assembly.mistakes));
  return assembly.program;
}

function mistakes(text: string): Mistake[] {
  const assembly = assemble(text);
  return assembly.ok ? [] : assembly.mistakes;
}

describe('the assembler', () => {
  it('puts each instruction into a word: what, which register, and an address, number or register', () => {
    const { words } = program(`
      LOAD A, 64
      STORE B, 65
      LOAD C, [D]
      STORE D, [A]
      SET A, 200
      ADD A, B
      SUB C, D
      ADD B, 3
      SUB B, 1
      JUMP 2
      JUMPZ A, 3
      JUMPN D, 4
      HALT`);
    expect(Array.from(words.slice(0, 13), inHex)).toEqual([
      '1040',
      '2141',
      '3203',
      '4300',
      '50C8',
      '6001',
      '7203',
      '8103',
      '81FF',
      '9002',
      'A003',
      'B304',
      '0000',
    ]);
  });

  it('takes labels before and after they are used, in capitals and small letters, and OUT for the last address', () => {
    const { words, labels } = program('start: JUMP End\n STORE a, out\nend: JUMP START');
    expect(Array.from(words.slice(0, 3), inHex)).toEqual(['9002', '20FF', '9000']);
    expect(labels.get('END')).toBe(2);
  });

  it('places data: numbers, addresses of labels, words for chance, and what follows AT', () => {
    const { words, random, use, labels, lineOf } = program(
      'HALT\nlist: WORD 3, -1, list\nAT 100\nmore: RANDOM 4, -5, 5',
    );
    expect(Array.from(words.slice(0, 4))).toEqual([0, 3, -1, 1]);
    expect(random).toEqual([{ address: 100, count: 4, min: -5, max: 5 }]);
    expect([use[0], use[1], use[103], use[104]]).toEqual([1, 2, 2, 0]);
    expect(labels.get('MORE')).toBe(100);
    expect([lineOf[0], lineOf[3], lineOf[100]]).toEqual([1, 2, 4]);
  });

  it('gives a label on a line with AT the address that follows', () => {
    expect(program('HALT\nthere: AT 50\nWORD 7').labels.get('THERE')).toBe(50);
  });

  it.each<[string, string, Partial<Mistake>]>([
    ['an unknown word', 'HALT\nMOVE A, B', { line: 2, kind: 'unknown', found: 'MOVE' }],
    ['too few operands', 'ADD A', { line: 1, kind: 'operands', expected: 'ADD A, B · ADD A, 1' }],
    ['too many operands', 'HALT 3', { line: 1, kind: 'operands', expected: 'HALT' }],
    ['a register that is not there', 'ADD E, A', { line: 1, kind: 'register', found: 'E', expected: 'A, B, C, D' }],
    ['a number that does not fit', 'ADD A, 128', { line: 1, kind: 'number', found: '128', expected: '0–127' }],
    ['a word that does not fit', 'HALT\nWORD 40000', { line: 2, kind: 'number', expected: '-32768–32767' }],
    ['an address that does not exist', 'JUMP 256', { line: 1, kind: 'number', expected: '0–255' }],
    ['a label that is not there', 'JUMP nowhere', { line: 1, kind: 'label', found: 'nowhere' }],
    ['a place that is none', 'JUMP [A]', { line: 1, kind: 'place', expected: 'JUMP loop' }],
    ['a label that stands twice', 'x: HALT\nx: HALT', { line: 2, kind: 'label-twice', found: 'X' }],
    ['a label that is an instruction', 'ADD: HALT', { line: 1, kind: 'label-name', found: 'ADD' }],
    ['a label that is a register', 'A: HALT', { line: 1, kind: 'label-name', found: 'A' }],
    ['two things in one place', 'HALT\nHALT\nAT 1\nWORD 5', { line: 4, kind: 'occupied', found: '1', expected: '2' }],
    ['more than fits before OUT', 'AT 250\nRANDOM 6, 0, 1', { line: 2, kind: 'full', found: '256', expected: '255' }],
    ['nothing to carry out', '; only a remark', { line: 0, kind: 'empty' }],
    [
      'a range that is upside down',
      'HALT\nRANDOM 3, 9, 1',
      { line: 2, kind: 'number', found: '1', expected: '9–32767' },
    ],
  ])('names the line and the remedy for %s', (_, text, mistake) => {
    expect(mistakes(text)[0]).toMatchObject(mistake);
    expect(mistakes(text)).toHaveLength(1);
  });

  it('tells several mistakes at once, and no more than a reader takes in', () => {
    expect(
      mistakes('FOO\nADD A\nJUMP nowhere')
        .map(({ line }) => line)
        .toSorted(),
    ).toEqual([1, 2, 3]);
    expect(mistakes('FOO\n'.repeat(100))).toHaveLength(MOST_MISTAKES);
  });

  it('is bounded in letters and lines, and quotes nothing that is not seen', () => {
    expect(mistakes(' '.repeat(MOST_LETTERS + 1))[0]).toMatchObject({ line: 0, kind: 'too-long' });
    expect(mistakes('\n'.repeat(400))[0]).toMatchObject({ kind: 'too-long' });
    expect(mistakes(`AD\u0000D${'x'.repeat(100)}`)[0]!.found).toMatch(/^AD D.{0,22}$|^AD$/);
  });

  it('never throws, whatever it is given', () => {
    for (const text of [
      '',
      ':',
      ',,',
      'LOAD',
      'LOAD ,',
      'LOAD A, [',
      'WORD ,',
      'AT',
      'RANDOM',
      '::::',
      'constructor',
      '__proto__: HALT',
    ])
      expect(() => assemble(text)).not.toThrow();
  });
});

describe('a word', () => {
  it('reads as the instruction that it was written as', () => {
    for (const line of [
      'LOAD A, 7',
      'STORE B, 9',
      'LOAD C, [D]',
      'STORE D, [A]',
      'SET A, 5',
      'ADD A, B',
      'SUB A, B',
      'ADD C, 127',
      'SUB C, 1',
      'JUMP 3',
      'JUMPZ A, 4',
      'JUMPN B, 5',
      'HALT',
    ])
      expect(disassemble(program(line).words[0]!)).toBe(line);
  });

  it('that is no instruction reads as none', () => {
    for (const word of [0xc000, 0xf123, 0x0f00]) {
      expect(isInstruction(toWord(word))).toBe(false);
      expect(disassemble(toWord(word))).toBeNull();
    }
  });

  it('is sixteen bits, and comes round again', () => {
    expect(toWord(32_768)).toBe(-32_768);
    expect(encode(op.jumpIfNegative, 3, 255)).toBe(toWord(0xb3ff));
  });
});
