/**
 * What a memory is: its settings, field by field. Its readings in a run's state: `words`, what is in it (the data, where
 * those are apart), and `tags`, which block each line of its cache holds, `lineWords`, how many words
 * a line has, and `text`, the program that was loaded. Its journal is in `journal.ts`.
 */
import { choice, field, list, nullable, number, object, otherwise, text, whole, z } from '../../fields.ts';
import { MOST_LETTERS } from '../computer/assembler.ts';

const program = text(MOST_LETTERS);

export const cacheSettings = object({
  lines: field(
    'How many lines it has, 1 to 256. A block of words has one line where it may be: its number modulo this.',
    whole({ min: 1, max: 256 }),
  ),
  words: field(
    'How many words a line has, 1 to 64. A miss fetches a whole line.',
    otherwise(whole({ min: 1, max: 64 }), 4),
  ),
  hitTime: field(
    'How long it takes to look, in units of time: all of a hit, and the beginning of a miss.',
    otherwise(number({ above: 0, max: 1e6 }), 1),
  ),
  perWord: field(
    'How long each further word of a line takes after the first has come, in units of time.',
    otherwise(number({ min: 0, max: 1e6 }), 1),
  ),
});

export const settings = field(
  'A memory of 256 words of 16 bits, with a program in it. It serves one access at a time at each of its ports, first come first served.',
  object({
    kind: z.literal('memory'),
    programs: field(
      'Programs to choose from, in the assembly language of docs/scenario-format.md.',
      list(program, { min: 1, max: 20 }),
    ),
    program: field('Which of them is loaded, from 1.', otherwise(whole({ min: 1, max: 20 }), 1)),
    own: field('A program that is loaded instead of those; empty for none.', otherwise(program, '')),
    latency: field('How long an access occupies the port, in units of time.', number({ above: 0, max: 1e6 })),
    arrangement: field(
      'Where program and data are. `one`: in one memory with one port. `separate`: both are loaded into two memories with a port each; instructions are fetched from the first, and data read from and written to the second.',
      otherwise(choice(['one', 'separate']), 'one'),
    ),
    cache: field(
      'A cache before the port, for what is read. A write goes through it to the memory and takes the latency; where the cache holds the word it is renewed. Null for none; only for `one`.',
      otherwise(nullable(cacheSettings), null),
    ),
  }),
);

export type MemorySettings = z.output<typeof settings>;
