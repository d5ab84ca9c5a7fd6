/**
 * What a processor is: its settings, field by field. Its readings in a run's state: `counter`, where the next instruction
 * stands; `registers`, what is in A, B, C and D; `isRunning`. Its journal is in `journal.ts`.
 */
import { field, nullable, number, object, otherwise, text, z } from '../../fields.ts';

export const settings = field(
  'A processor: it fetches instructions from a memory one after the other and carries them out. Each instruction is a request that it makes itself, and each access to the memory is a call.',
  object({
    kind: z.literal('processor'),
    memory: field('The memory that it is joined to.', text(60)),
    execute: field(
      'How long an instruction takes to be read and carried out once it has been fetched, in units of time; what it reads or writes comes after that.',
      otherwise(number({ above: 0, max: 1e6 }), 1),
    ),
    again: field(
      'How long it stands still after a program has ended, in units of time, before the program is loaded and started anew. Null for good.',
      otherwise(nullable(number({ above: 0, max: 1e9 })), null),
    ),
  }),
);

export type ProcessorSettings = z.output<typeof settings>;
