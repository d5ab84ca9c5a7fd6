/**
 * Runs the program of a question on the small stored-program computer, and reads off what the question asks: what is in a
 * register, what comes next, how it ends. It knows no time: here a program is only its steps.
 */
import { assemble, loadProgram, traceProgram } from '../../../simulations/index.ts';
import type { ProgramWay, Traced } from './question.ts';
import { tracedOption, type TracingFacts, type TracingStep } from './types/tracing/grading.ts';

/** Instructions that are listed for the reader at most. */
const most = 60;
const registers = ['A', 'B', 'C', 'D'];

/** What a program does. Throws, naming question, line and remedy, when it is none, or when a step asks for what there is not. */
export function programTraced(facts: TracingFacts): Traced {
  const text = facts.program ?? '';
  const assembly = assemble(text);
  if (!assembly.ok)
    throw new Error(
      assembly.mistakes
        .map(
          ({ line, kind, found, expected }) =>
            `question "${facts.id}", program, line ${line}: "${found}" (${kind}); right would be ${expected}`,
        )
        .join('\n'),
    );
  const { program } = assembly;
  if (program.random.length > 0)
    throw new Error(
      `question "${facts.id}", program: RANDOM fills words by chance; right would be WORD, so that everybody has the same numbers`,
    );
  const ran = traceProgram(loadProgram(program), facts.separate === true);
  const way: ProgramWay = {
    kind: 'program',
    lines: text.trimEnd().split('\n'),
    ended: ran.ended,
    count: ran.steps.length,
    output: ran.output,
    steps: ran.steps.slice(0, most).map(({ address, writes, value, registers: after }) => ({
      line: program.lineOf[address]!,
      registers: after,
      ...(writes < 0 ? {} : { writes: { place: nameOf(writes, program.labels), value } }),
    })),
  };
  const traced: Traced = { key: {}, values: {}, way };

  /** Words of the memory after so many steps. */
  const wordAfter = (address: number, count: number): number =>
    ran.steps.slice(0, count).findLast(({ writes }) => writes === address)?.value ?? loadProgram(program)[address]!;
  const read = ({ asks, after = 0, register = 'A', place = '' }: TracingStep): string | number | undefined => {
    if (after > ran.steps.length) return undefined;
    switch (asks) {
      case 'register':
        return after === 0 ? 0 : ran.steps[after - 1]?.registers[registers.indexOf(register)];
      case 'word': {
        const address = program.labels.get(place.toUpperCase());
        return address === undefined ? undefined : wordAfter(address, after);
      }
      case 'line': {
        const next = ran.steps[after];
        return next === undefined ? undefined : program.lineOf[next.address];
      }
      case 'output':
        return ran.output.at(-1);
      case 'instructions':
        return ran.ended === 'too-many-steps' ? undefined : ran.steps.length;
      case 'stops':
        return ran.ended;
      default:
        return undefined;
    }
  };
  for (const [id, step] of Object.entries(facts.steps)) {
    const found = read(step);
    if (found === undefined)
      throw new Error(
        `question "${facts.id}", steps.${id}: the program does not say "${step.asks}" after ${step.after ?? 0} of its ${ran.steps.length} instructions; right would be another step, or a label that the program has`,
      );
    traced.key[id] = typeof found === 'number' ? tracedOption : found;
    if (typeof found === 'number') traced.values[id] = found;
  }
  return traced;
}

/** What an address is called in the program; its number where it has no name. */
function nameOf(address: number, labels: ReadonlyMap<string, number>): string {
  return [...labels].find(([, at]) => at === address)?.[0] ?? String(address);
}
