/**
 * What a computer is doing at one moment of a run, read off the journals of its processor and its memory: registers, the
 * instruction, every word, the lines of the cache, and what goes over each port. It replays what was written down and runs no program.
 */
import { access, memoryRow, processorRow, WORDS } from '../../../simulations/computing.ts';
import type { Journal, Run } from '../../../simulations/index.ts';
import { countUpTo } from './frame.ts';

/** What the processor is at. */
export type Phase = 'idle' | 'fetching' | 'executing' | 'accessing' | 'halted' | 'stuck';

/** What goes over one port: an access, or nothing. */
export interface Port {
  operation: 'fetch' | 'read' | 'write';
  address: number;
  /** Whether it looks in the cache, waits for the memory behind it, or has no cache to look in. */
  at: 'cache' | 'memory';
  /** Found in the cache or not; null where there is none. */
  hit: boolean | null;
}

export interface Computer {
  phase: Phase;
  /** Which run of the program it is, from 0. */
  run: number;
  /** Where the present instruction stands, and its word; null while it is fetched. */
  counter: number;
  word: number | null;
  registers: number[];
  /** Where the instruction stands that is fetched meanwhile; −1 for none. */
  ahead: number;
  /** Instructions done in this run of the program. */
  done: number;
  /** The program as it was written. */
  text: string;
  /** Each word: of the data, and of the instructions where those are apart. */
  words: number[];
  program: number[] | null;
  /** Per address: 1 where the program has written since it was loaded. */
  written: number[];
  ports: (Port | null)[];
  /** Per line of the cache the block in it, or −1; empty where there is no cache. */
  tags: number[];
  /** Words in a line; 0 where there is no cache. */
  lineWords: number;
  /** The line that was looked at last, and whether what was looked for was there. */
  line: number;
  lineHit: boolean;
  hits: number;
  misses: number;
  /** What was written last, and where; −1 for nothing. */
  wrote: number;
  /** What was stored at the last address in this run of the program; null for nothing. */
  output: number | null;
}

const operations = ['fetch', 'read', 'write'] as const;
/** A moment is at most so many rows away from one that is kept. */
const DISTANCE = 1024;

interface Place {
  /** Rows of the processor's and of the memory's journal that are behind it. */
  processor: number;
  memory: number;
  state: Computer;
}

/** Reads a computer at any moment. */
export interface ComputerReader {
  /** The state after all that has happened at a time, in ticks. It is the reader's own: it changes with the next question. */
  at(time: number): Computer;
  /** A number that changes exactly when the state does. */
  rows(time: number): number;
  /** When the next and the last instruction before a time began to be carried out, in ticks; null where there is none. */
  next(time: number): number | null;
  previous(time: number): number | null;
  /** False where the run was so long that its end was not written down. */
  isWhole: boolean;
}

const known = new WeakMap<Run, ComputerReader | null>();

/** The computer of a run; null where it has none, or was not traced. */
export function readComputer(run: Run): ComputerReader | null {
  const found = known.get(run);
  if (found !== undefined) return found;
  const all = Object.entries(run.trace?.journals ?? {});
  const processor = all.find(([, { columns }]) => columns['counter'] !== undefined);
  const memory = all.find(([, { columns }]) => columns['operation'] !== undefined);
  const reader =
    processor === undefined || memory === undefined ? null : readerOf(processor[1], memory[1], run.state[memory[0]]!);
  known.set(run, reader);
  return reader;
}

function readerOf(processor: Journal, memory: Journal, end: Run['state'][string]): ComputerReader {
  const { tags, lineWords, text } = end.readings ?? {};
  const first: Computer = {
    phase: 'idle',
    run: 0,
    counter: 0,
    word: null,
    registers: [0, 0, 0, 0],
    ahead: -1,
    done: 0,
    text: String(text ?? ''),
    words: Array.from({ length: WORDS }, () => 0),
    program: end.slots.length > 1 ? Array.from({ length: WORDS }, () => 0) : null,
    written: Array.from({ length: WORDS }, () => 0),
    ports: end.slots.map(() => null),
    tags: Array.isArray(tags) ? tags.map(() => -1) : [],
    lineWords: typeof lineWords === 'number' ? lineWords : 0,
    line: -1,
    lineHit: false,
    hits: 0,
    misses: 0,
    wrote: -1,
    output: null,
  };
  const places: Place[] = [{ processor: 0, memory: 0, state: copyOf(first) }];
  const last = copyPlace(places[0]!);
  const executed: number[] = [];
  const { what } = processor.columns as { what: Int32Array };
  for (let row = 0; row < processor.count; row += 1)
    if (what[row] === processorRow.executes || what[row] === processorRow.starts) executed.push(processor.at[row]!);

  /** Goes on to where both journals have been read up to a time. */
  function advance(place: Place, time: number): void {
    for (;;) {
      const own = place.processor < processor.count ? processor.at[place.processor]! : Infinity;
      const other = place.memory < memory.count ? memory.at[place.memory]! : Infinity;
      if (Math.min(own, other) > time) return;
      // at one moment the memory comes first: an instruction begins with what it has brought
      if (other <= own) takeMemory(place.state, memory, place.memory++);
      else takeProcessor(place.state, processor, place.processor++);
      const newest = places.at(-1)!;
      if (place.processor + place.memory >= newest.processor + newest.memory + DISTANCE) places.push(copyPlace(place));
    }
  }

  return {
    at(time) {
      const rows = countUpTo(processor.at, time) + countUpTo(memory.at, time);
      const from = places.findLast((place) => place.processor + place.memory <= rows)!;
      const distance = (place: Place): number => rows - place.processor - place.memory;
      if (distance(last) < 0 || distance(from) < distance(last)) Object.assign(last, copyPlace(from));
      advance(last, time);
      return last.state;
    },
    rows: (time) => countUpTo(processor.at, time) + countUpTo(memory.at, time),
    next(time) {
      const place = countUpTo(executed, time);
      return executed[place] ?? null;
    },
    previous(time) {
      let place = countUpTo(executed, time) - 1;
      while (place >= 0 && executed[place]! >= time) place -= 1;
      return executed[place] ?? null;
    },
    isWhole: processor.isWhole && memory.isWhole,
  };
}

const copyOf = (state: Computer): Computer => ({
  ...state,
  registers: [...state.registers],
  words: [...state.words],
  program: state.program === null ? null : [...state.program],
  written: [...state.written],
  ports: state.ports.map((port) => (port === null ? null : { ...port })),
  tags: [...state.tags],
});
const copyPlace = ({ processor, memory, state }: Place): Place => ({ processor, memory, state: copyOf(state) });

function takeProcessor(state: Computer, { columns }: Journal, row: number): void {
  const what = columns['what']![row]!;
  const counter = columns['counter']![row]!;
  const word = columns['word']![row]!;
  state.registers = ['a', 'b', 'c', 'd'].map((name) => columns[name]![row]!);
  switch (what) {
    case processorRow.starts:
      state.run = word;
      state.phase = 'idle';
      state.done = 0;
      state.output = null;
      state.ahead = -1;
      return;
    case processorRow.fetches:
      if (state.phase === 'accessing') state.ahead = counter;
      else {
        state.phase = 'fetching';
        state.counter = counter;
        state.word = null;
      }
      return;
    case processorRow.executes:
      state.phase = 'executing';
      state.counter = counter;
      state.word = word;
      state.ahead = -1;
      return;
    case processorRow.accesses:
      state.phase = 'accessing';
      return;
    case processorRow.done:
      state.done += 1;
      if (state.ahead >= 0) {
        state.phase = 'fetching';
        state.counter = state.ahead;
        state.word = null;
        state.ahead = -1;
      } else state.phase = 'idle';
      return;
    case processorRow.halted:
      state.phase = 'halted';
      return;
    default:
      state.phase = 'stuck';
  }
}

function takeMemory(state: Computer, { columns }: Journal, row: number): void {
  const what = columns['what']![row]!;
  const port = columns['port']![row]!;
  const operation = columns['operation']![row]!;
  const address = columns['address']![row]!;
  const value = columns['value']![row]!;
  const hit = columns['hit']![row]!;
  switch (what) {
    case memoryRow.cleared:
      state.words.fill(0);
      state.program?.fill(0);
      state.written.fill(0);
      state.tags.fill(-1);
      state.line = -1;
      state.wrote = -1;
      state.hits = 0;
      state.misses = 0;
      return;
    case memoryRow.loaded:
      state.words[address] = value;
      if (state.program !== null) state.program[address] = value;
      return;
    case memoryRow.begins:
      state.ports[port] = {
        operation: operations[operation]!,
        address,
        at: hit < 0 ? 'memory' : 'cache',
        hit: hit < 0 ? null : hit === 1,
      };
      if (hit < 0) return;
      state.line = Math.floor(address / state.lineWords) % state.tags.length;
      state.lineHit = hit === 1;
      if (hit === 1) state.hits += 1;
      else state.misses += 1;
      return;
    case memoryRow.missed:
      if (state.ports[port] !== null) state.ports[port]!.at = 'memory';
      return;
    default:
      state.ports[port] = null;
      if (operation === access.write) {
        state.words[address] = value;
        state.written[address] = 1;
        state.wrote = address;
        if (address === WORDS - 1) state.output = value;
      } else if (hit === 1) {
        // in the last row of an access it says that a line was filled
        const block = Math.floor(address / state.lineWords);
        state.tags[block % state.tags.length] = block;
      }
  }
}
