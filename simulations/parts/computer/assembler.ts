/**
 * The assembler: from a program as text to words in a memory. It is pure, bounded, and says of every mistake in which
 * line it is and what would be right. It knows no processor and no time.
 *
 *   label:  LOAD A, place     register from a place            ; a comment
 *           LOAD A, [B]       from the place whose address is in B
 *           STORE A, place    STORE A, [B]
 *           SET A, number     a number from 0 to 255, or the address of a label
 *           ADD A, B          ADD A, number   SUB A, B   SUB A, number   (numbers from 0 to 127)
 *           JUMP place        JUMPZ A, place  (if A is 0)   JUMPN A, place  (if A is below 0)
 *           HALT
 *   list:   WORD 3, -1, 4     numbers, or addresses of labels
 *   more:   RANDOM 10, 0, 99  ten words that chance fills, each from 0 to 99
 *           AT 128            what follows stands from address 128 on
 *
 * A place is a label or an address from 0 to 255. The label OUT is the last address; what is stored there leaves the
 * computer. The first instruction stands at address 0. Capitals and small letters are the same.
 */
import { encode, op, OUT, registerNames, WORDS } from './instructions.ts';

/** A program has at most so many letters and lines, and so many mistakes are told. */
export const MOST_LETTERS = 4000;
export const MOST_LINES = 300;
export const MOST_MISTAKES = 10;

/** What can be wrong with a line. */
export type MistakeKind =
  | 'too-long'
  | 'empty'
  | 'unknown'
  | 'operands'
  | 'register'
  | 'number'
  | 'place'
  | 'label'
  | 'label-name'
  | 'label-twice'
  | 'occupied'
  | 'full';

/** One mistake: in which line (from 1; 0 for the whole text), what stands there, and what would be right. */
export interface Mistake {
  line: number;
  kind: MistakeKind;
  found: string;
  expected: string;
}

/** Words that chance fills when a program is loaded. */
export interface RandomWords {
  address: number;
  count: number;
  min: number;
  max: number;
}

/** A program as words, and how its text and its words belong together. */
export interface Assembled {
  /** All words of the memory. */
  words: Int16Array;
  random: RandomWords[];
  /** Per address: the line that it was written in, from 1; 0 where the text says nothing. */
  lineOf: Uint16Array;
  /** Per address: 1 for an instruction, 2 for data, 0 for nothing. */
  use: Uint8Array;
  /** Addresses by label, in capitals. */
  labels: Map<string, number>;
}

export type Assembly = { ok: true; program: Assembled } | { ok: false; mistakes: Mistake[] };

const LABEL = /^[A-Z_][A-Z0-9_]{0,15}$/;
const NUMBER = /^-?\d{1,6}$/;
const reserved = new Set<string>([
  ...registerNames,
  ...'OUT LOAD STORE SET ADD SUB JUMP JUMPZ JUMPN HALT WORD RANDOM AT'.split(' '),
]);

/** How each instruction is written, for whoever made a mistake. */
const forms: Readonly<Record<string, string>> = {
  LOAD: 'LOAD A, list · LOAD A, [B]',
  STORE: 'STORE A, total · STORE A, [B]',
  SET: 'SET A, 5',
  ADD: 'ADD A, B · ADD A, 1',
  SUB: 'SUB A, B · SUB A, 1',
  JUMP: 'JUMP loop',
  JUMPZ: 'JUMPZ A, done',
  JUMPN: 'JUMPN A, done',
  HALT: 'HALT',
  WORD: 'WORD 3, 1, 4',
  RANDOM: 'RANDOM 10, 0, 99',
  AT: 'AT 128',
};

/** The words that a line may begin with, in the order of the manual. */
export const mnemonics: readonly string[] = Object.keys(forms);

interface Line {
  number: number;
  name: string;
  operands: string[];
  address: number;
}

/** What is quoted of a line: short, and without what is not seen. */
const quoted = (text: string): string => text.replace(/[^\u0020-\u{10FFFF}]/gu, ' ').slice(0, 24);

/** Turns a program's text into words, or tells what is wrong with it. Never throws. */
export function assemble(text: string): Assembly {
  const mistakes: Mistake[] = [];
  const mistake = (line: number, kind: MistakeKind, found: string, expected: string): void => {
    if (mistakes.length < MOST_MISTAKES) mistakes.push({ line, kind, found: quoted(found), expected });
  };
  if (text.length > MOST_LETTERS) mistake(0, 'too-long', String(text.length), String(MOST_LETTERS));
  const written = text.slice(0, MOST_LETTERS).split(/\r\n|\r|\n/);
  if (written.length > MOST_LINES) mistake(MOST_LINES + 1, 'too-long', String(written.length), String(MOST_LINES));
  if (mistakes.length > 0) return { ok: false, mistakes };

  const program: Assembled = {
    words: new Int16Array(WORDS),
    random: [],
    lineOf: new Uint16Array(WORDS),
    use: new Uint8Array(WORDS),
    labels: new Map([['OUT', OUT]]),
  };
  const lines = place(written, program, mistake);
  if (lines.every(({ name }) => name === 'AT') && mistakes.length === 0) mistake(0, 'empty', '', forms.HALT!);
  for (const line of lines) fill(line, program, mistake);
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, program };
}

type Tell = (line: number, kind: MistakeKind, found: string, expected: string) => void;

/** Reads the lines and gives each its address, and with it the labels theirs. */
function place(written: readonly string[], program: Assembled, tell: Tell): Line[] {
  const lines: Line[] = [];
  let address = 0;
  for (const [i, raw] of written.entries()) {
    const number = i + 1;
    let rest = raw.replace(/[;#].*$/, '').trim();
    const colon = rest.indexOf(':');
    let labelled = '';
    if (colon >= 0) {
      const label = rest.slice(0, colon).trim().toUpperCase();
      rest = rest.slice(colon + 1).trim();
      if (!LABEL.test(label) || reserved.has(label)) tell(number, 'label-name', label, 'loop');
      else if (program.labels.has(label)) tell(number, 'label-twice', label, `${label.slice(0, 14)}_2`);
      else {
        labelled = label;
        program.labels.set(label, address);
      }
    }
    if (rest === '') continue;
    const [, name = '', operandText = ''] = /^(\S+)\s*(.*)$/.exec(rest)!;
    const line = { number, name: name.toUpperCase(), operands: split(operandText), address };
    if (!Object.hasOwn(forms, line.name)) {
      tell(number, 'unknown', name, mnemonics.join(', '));
      continue;
    }
    const count = sizeOf(line, tell);
    if (line.name === 'AT') {
      const to = numberFrom(line, line.operands[0], 0, OUT, tell);
      // a label on this line stands for where the next thing goes
      if (to !== null) {
        if (labelled !== '') program.labels.set(labelled, to);
        address = to;
      }
      continue;
    }
    if (address + count > OUT) {
      tell(number, 'full', String(address + count), String(OUT));
      break;
    }
    for (let at = address; at < address + count; at++) {
      if (program.lineOf[at] !== 0) {
        tell(number, 'occupied', String(at), String(program.lineOf[at]));
        break;
      }
      program.lineOf[at] = number;
    }
    lines.push(line);
    address += count;
  }
  return lines;
}

const split = (text: string): string[] => (text.trim() === '' ? [] : text.split(',').map((each) => each.trim()));

/** How many words a line takes. */
function sizeOf(line: Line, tell: Tell): number {
  if (line.name === 'WORD') {
    if (line.operands.length === 0) tell(line.number, 'operands', '', forms.WORD!);
    return line.operands.length;
  }
  if (line.name !== 'RANDOM') return 1;
  return numberFrom(line, line.operands[0], 1, OUT, tell) ?? 1;
}

/** A number within bounds; null, and told, where it is none. */
function numberFrom(line: Line, found: string | undefined, min: number, max: number, tell: Tell): number | null {
  const value = found !== undefined && NUMBER.test(found) ? Number(found) : NaN;
  if (value >= min && value <= max) return value;
  if (found === undefined) tell(line.number, 'operands', line.name, forms[line.name]!);
  else tell(line.number, 'number', found, `${min}–${max}`);
  return null;
}

/** Writes the words of a line. */
function fill(line: Line, program: Assembled, tell: Tell): void {
  const { name, operands, address, number } = line;
  const { words, use, labels } = program;
  const fit = (count: number): boolean => {
    if (operands.length === count) return true;
    tell(number, 'operands', [name, operands.join(', ')].join(' '), forms[name]!);
    return false;
  };
  const register = (found: string): number => {
    const index = (registerNames as readonly string[]).indexOf(found.toUpperCase());
    if (index < 0) tell(number, 'register', found, registerNames.join(', '));
    return Math.max(0, index);
  };
  /** An address: a label or a number. */
  const target = (found: string): number => {
    const known = labels.get(found.toUpperCase());
    if (known !== undefined) return known;
    if (NUMBER.test(found)) return numberFrom(line, found, 0, OUT, tell) ?? 0;
    if (LABEL.test(found.toUpperCase())) tell(number, 'label', found, [...labels.keys()].join(', '));
    else tell(number, 'place', found, forms[name]!);
    return 0;
  };
  const instruction = (operation: number, own: number, low: number): void => {
    words[address] = encode(operation, own, low);
    use[address] = 1;
  };

  switch (name) {
    case 'HALT':
      if (fit(0)) instruction(op.halt, 0, 0);
      return;
    case 'LOAD':
    case 'STORE': {
      if (!fit(2)) return;
      const own = register(operands[0]!);
      const [, inside] = /^\[\s*(.*?)\s*\]$/.exec(operands[1]!) ?? [];
      const isLoad = name === 'LOAD';
      if (inside !== undefined) instruction(isLoad ? op.loadAt : op.storeAt, own, register(inside));
      else instruction(isLoad ? op.load : op.store, own, target(operands[1]!));
      return;
    }
    case 'SET':
      if (fit(2)) instruction(op.set, register(operands[0]!), target(operands[1]!));
      return;
    case 'ADD':
    case 'SUB': {
      if (!fit(2)) return;
      const own = register(operands[0]!);
      if (NUMBER.test(operands[1]!)) {
        const by = numberFrom(line, operands[1], 0, 127, tell) ?? 0;
        instruction(op.addNumber, own, name === 'ADD' ? by : -by);
      } else instruction(name === 'ADD' ? op.add : op.subtract, own, register(operands[1]!));
      return;
    }
    case 'JUMP':
      if (fit(1)) instruction(op.jump, 0, target(operands[0]!));
      return;
    case 'JUMPZ':
    case 'JUMPN':
      if (fit(2))
        instruction(name === 'JUMPZ' ? op.jumpIfZero : op.jumpIfNegative, register(operands[0]!), target(operands[1]!));
      return;
    case 'WORD':
      for (const [i, found] of operands.entries()) {
        const isNumber = NUMBER.test(found);
        words[address + i] = isNumber ? (numberFrom(line, found, -32_768, 32_767, tell) ?? 0) : target(found);
        use[address + i] = 2;
      }
      return;
    default: {
      // RANDOM
      if (!fit(3)) return;
      const count = numberFrom(line, operands[0], 1, OUT, () => undefined) ?? 1;
      const min = numberFrom(line, operands[1], -32_768, 32_767, tell);
      const max = numberFrom(line, operands[2], min ?? -32_768, 32_767, tell);
      use.fill(2, address, address + count);
      if (min !== null && max !== null) program.random.push({ address, count, min, max });
    }
  }
}
