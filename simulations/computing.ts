/**
 * The small door to the computer in the machine: its language, its instructions and what its journals mean, without the
 * machine itself. For a page that shows or writes a program, and for a quiz that asks what one does.
 */
export {
  assemble,
  mnemonics,
  MOST_LETTERS,
  type Assembled,
  type Assembly,
  type Mistake,
  type MistakeKind,
} from './parts/computer/assembler.ts';
export { disassemble, inHex, OUT, registerNames, WORDS } from './parts/computer/instructions.ts';
export { loaded, traceProgram, type Step, type Traced } from './parts/computer/tracing.ts';
export { access, memoryRow } from './parts/memory/journal.ts';
export { processorRow } from './parts/processor/journal.ts';
