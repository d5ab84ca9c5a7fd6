import { describe, expect, it } from 'vitest';
import { JournalWriter } from '../../engine/journal.ts';
import { parseScenario, ScenarioError, simulate, type Run, type ScenarioSource } from '../../index.ts';
import { memoryRow } from '../memory/journal.ts';
import { processorRow } from './journal.ts';

interface Machine {
  latency?: number;
  again?: number | null;
  memory?: object;
  horizon?: number;
  links?: ScenarioSource['links'];
}

/** A computer with a program; a tick is a cycle. */
const computer = (
  program: string,
  { latency = 10, again = null, memory = {}, horizon = 1000, links = [] }: Machine = {},
): ScenarioSource => ({
  id: 'by-hand',
  time: { unit: 'cycle', ticks: 1 },
  horizon,
  parts: {
    processor: { kind: 'processor', memory: 'memory', again },
    memory: { kind: 'memory', programs: [program], latency, ...memory },
  },
  links,
});
const run = (program: string, machine: Machine = {}): Run => simulate(computer(program, machine), { record: 'trace' });

/** When each instruction was asked for, carried out from, and done. */
function instructions({ trace }: Run): number[][] {
  const { hops } = trace!;
  return Array.from({ length: hops.count }, (_, hop) => hop)
    .filter((hop) => hops.from[hop] === hops.to[hop])
    .map((hop) => [hops.arrivedAt[hop]!, hops.startedAt[hop]!, hops.endedAt[hop]!]);
}

/** Of each access: which instruction it belongs to, when it arrived, had the port, and was over. */
function accesses({ trace }: Run): number[][] {
  const { hops } = trace!;
  return Array.from({ length: hops.count }, (_, hop) => hop)
    .filter((hop) => hops.from[hop] !== hops.to[hop])
    .map((hop) => [hops.request[hop]!, hops.arrivedAt[hop]!, hops.startedAt[hop]!, hops.endedAt[hop]!]);
}

const valueOf = ({ measures }: Run, name: string): number | null => measures[name]!.value;
const registersOf = ({ state }: Run): unknown => state['processor']!.readings!['registers'];
const wordsOf = ({ state }: Run): number[] => state['memory']!.readings!['words'] as number[];

function keepsItsBooks({ ledger }: Run): void {
  expect(ledger.conserves).toBe(true);
  for (const { holds } of Object.values(ledger.little)) expect(holds).toBe(true);
}

describe('processor', () => {
  it('fetches an instruction in the latency, carries it out in a cycle, and asks for the next (P90)', () => {
    const made = run('SET A, 5\nADD A, A\nHALT');
    expect(instructions(made)).toEqual([
      [0, 10, 11],
      [11, 21, 22],
      [22, 32, 33],
    ]);
    expect(registersOf(made)).toEqual([10, 0, 0, 0]);
    expect(valueOf(made, 'processor.cpi.mean')).toBe(11);
    expect(made.ledger).toMatchObject({ made: 3, answered: 3, failed: 0, inside: 0 });
    keepsItsBooks(made);
  });

  it('asks for the next instruction behind what the present one reads, and carries it out when that is done (P90)', () => {
    const made = run('LOAD A, 3\nSTORE A, 4\nHALT\nWORD 7');
    expect(instructions(made)).toEqual([
      [0, 10, 21],
      [11, 31, 42],
      [32, 52, 53],
    ]);
    expect(accesses(made)).toEqual([
      [0, 0, 0, 10],
      [0, 11, 11, 21],
      [1, 11, 21, 31],
      [1, 32, 32, 42],
      [2, 32, 42, 52],
    ]);
    expect(wordsOf(made)[4]).toBe(7);
    expect(valueOf(made, 'processor.accesses')).toBeCloseTo(5 / 3, 12);
    keepsItsBooks(made);
  });

  it('has an instruction inside while it is under way, so that none is lost when the run ends in its midst', () => {
    for (let horizon = 1000; horizon < 1040; horizon++) {
      const made = run('loop: LOAD A, 2\nJUMP loop\nWORD 1', { horizon });
      expect(made.ledger.inside).toBeGreaterThan(0);
      keepsItsBooks(made);
    }
  });

  it('stops at a word that is no instruction, which fails as an error (P94)', () => {
    const made = run('LOAD A, bad\nbad: WORD -1');
    expect(made.ledger).toMatchObject({ made: 2, answered: 1, failed: 1 });
    expect(made.failures).toEqual([{ reason: 'error', by: 'processor', source: 'processor', count: 1 }]);
    expect(made.trace!.marks.map(({ detail }) => detail)).toEqual(['error', 'program stopped']);
    keepsItsBooks(made);
  });

  it('loads an ended program anew after the pause, with other numbers and an empty cache (P94)', () => {
    const made = run('LOAD A, x\nSTORE A, OUT\nHALT\nx: RANDOM 1, 0, 9999', {
      again: 7,
      memory: { cache: { lines: 4 } },
    });
    const { columns, at, count } = made.trace!.journals!['processor']!;
    const starts = Array.from({ length: count }, (_, row) => row).filter(
      (row) => columns['what']![row] === processorRow.starts,
    );
    const ends = made.trace!.marks.filter(({ detail }) => detail === 'program ended').map((mark) => mark.at);
    expect(starts.slice(1).map((row) => at[row])).toEqual(ends.map((end) => end + 7).filter((end) => end <= 1000));
    // the first fetch of each run misses
    const memory = made.trace!.journals!['memory']!.columns;
    const firsts = starts.map((row) => {
      const begins = made.trace!.journals!['memory']!.at.findIndex(
        (time, each) => time >= at[row]! && memory['what']![each] === memoryRow.begins,
      );
      return memory['hit']![begins];
    });
    expect(new Set(firsts)).toEqual(new Set([0]));
    expect(new Set(columns['a']).size).toBeGreaterThan(5);
    keepsItsBooks(made);
  });

  it('meets the same numbers in every arrangement (P94)', () => {
    const program = 'LOAD A, x\nSTORE A, OUT\nHALT\nx: RANDOM 1, 0, 9999';
    const outputs = [{}, { cache: { lines: 4 } }, { arrangement: 'separate' }].map(
      (memory) => wordsOf(run(program, { memory }))[255],
    );
    expect(new Set(outputs).size).toBe(1);
    expect(outputs[0]).toBeGreaterThan(0);
  });

  it('stops for good when its memory cannot be reached', () => {
    const links = [{ from: 'processor', to: 'memory', latency: 1, timeout: 5 }];
    const made = run('loop: JUMP loop', { links });
    expect(made.ledger).toMatchObject({ made: 1, failed: 1 });
    keepsItsBooks(made);
  });

  it('is no slower over a link than the link is long', () => {
    const made = run('SET A, 5\nHALT', { links: [{ from: 'processor', to: 'memory', latency: 3 }] });
    expect(instructions(made)).toEqual([
      [0, 16, 17],
      [17, 33, 34],
    ]);
  });

  it('writes down the same with and without being watched (S3)', () => {
    const source = computer('loop: LOAD A, 2\nJUMP loop\nRANDOM 1, 0, 9', { again: 5 });
    expect(simulate(source).digest).toBe(simulate(source, { record: 'trace' }).digest);
  });
});

describe('memory', () => {
  it('serves one access at a time, in order, each for the latency (P91)', () => {
    const made = run('LOAD A, 2\nHALT\nWORD 1', { latency: 25 });
    for (const [, , started, ended] of accesses(made)) expect(ended! - started!).toBe(25);
    const order = accesses(made).map(([, , started]) => started);
    expect(order).toEqual(order.toSorted((a, b) => a! - b!));
    expect(valueOf(made, 'memory.access.mean')).toBe(25);
  });

  it('lets a program write over its own next instruction, which is then carried out as written (P92)', () => {
    const program = 'LOAD A, patch\nSTORE A, next\nnext: SET B, 1\nHALT\npatch: SET B, 2';
    const one = run(program);
    expect(registersOf(one)).toMatchObject({ 1: 2 });
    expect(valueOf(one, 'processor.rewritten')).toBe(1);
    const cached = run(program, { memory: { cache: { lines: 2 } } });
    expect(registersOf(cached)).toMatchObject({ 1: 2 });
    const separate = run(program, { memory: { arrangement: 'separate' } });
    expect(registersOf(separate)).toMatchObject({ 1: 1 });
    expect(valueOf(separate, 'processor.rewritten')).toBe(0);
    for (const made of [one, cached, separate]) keepsItsBooks(made);
  });

  it('goes on with the next fetch beside the data where they have a port each', () => {
    const made = run('LOAD A, 3\nSTORE A, 4\nHALT\nWORD 7', { memory: { arrangement: 'separate' } });
    expect(instructions(made)).toEqual([
      [0, 10, 21],
      [11, 21, 32],
      [22, 32, 33],
    ]);
    expect(valueOf(made, 'processor.cpi.mean')).toBe(11);
  });

  it('answers from its cache in the hit time, and fetches a whole line on a miss (P93)', () => {
    const made = run('SET A, 1\nADD A, A\nADD A, A\nADD A, A\nHALT', { memory: { cache: { lines: 2, words: 4 } } });
    // a look of 1, the latency of 10, and 3 for the rest of the line
    expect(accesses(made).map(([, arrived, , ended]) => ended! - arrived!)).toEqual([14, 1, 1, 1, 14]);
    expect(valueOf(made, 'memory.missRate')).toBe(2 / 5);
    expect(valueOf(made, 'memory.readTime.mean')).toBeCloseTo(1 + (2 / 5) * 13, 12);
    expect(valueOf(made, 'memory.beyondHit.mean')! / valueOf(made, 'memory.missRate')!).toBeCloseTo(13, 12);
  });

  it('writes through its cache in the latency, and what is read next is what was written (P93)', () => {
    const made = run('LOAD A, 8\nADD A, 1\nSTORE A, 8\nLOAD B, 8\nHALT\nAT 8\nWORD 41', {
      memory: { cache: { lines: 4 } },
    });
    expect(registersOf(made)).toMatchObject({ 0: 42, 1: 42 });
    expect(valueOf(made, 'memory.writes')).toBe(1);
    const writes = accesses(made).filter(([number]) => number === 2);
    expect(writes.map(([, , started, ended]) => ended! - started!)).toContain(10);
  });

  it('refuses a program that is wrong, with the line and what would be right (B2)', () => {
    try {
      parseScenario(computer('HALT\nJUMP nowhere'));
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      expect(error.problems[0]).toMatchObject({ path: 'parts.memory.programs.0', message: 'line 2: label (nowhere)' });
    }
    expect(() => parseScenario(computer('HALT', { memory: { program: 2 } }))).toThrow(/2 of 1/);
    expect(() => parseScenario(computer('HALT', { memory: { arrangement: 'separate', cache: { lines: 2 } } }))).toThrow(
      /two memories/,
    );
  });
});

describe('a text of a scenario', () => {
  const source: ScenarioSource = {
    ...computer('HALT'),
    texts: [{ id: 'own', most: 100, sets: ['parts.memory.own'] }],
  };

  it('is put into its place, and the run says what it was', () => {
    const made = simulate(source, { texts: { own: 'SET A, 9\nHALT' } });
    expect(registersOf(made)).toMatchObject({ 0: 9 });
    expect(made.texts).toEqual({ own: 'SET A, 9\nHALT' });
  });

  it('is refused where it is unknown, too long, wrong, or has no place (B2)', () => {
    expect(() => simulate(source, { texts: { other: 'HALT' } })).toThrow(/no text other/);
    expect(() => simulate(source, { texts: { own: ';'.repeat(101) } })).toThrow(/too long/);
    expect(() => simulate(source, { texts: { own: 'HALP' } })).toThrow(/line 1/);
    expect(() => parseScenario({ ...source, texts: [{ id: 'own', most: 9, sets: ['parts.memory.latency'] }] })).toThrow(
      /no text at/,
    );
  });
});

describe('a journal', () => {
  it('keeps as many rows as it may, and says that its end is missing (B5)', () => {
    const journal = new JournalWriter(['a', 'b'], 300);
    for (let row = 0; row < 400; row++) journal.write(row, row, -row);
    const { count, isWhole, at, columns } = journal.read();
    expect([count, isWhole, at[299], columns['b']![299]]).toEqual([300, false, 299, -299]);
  });

  it('is absent where nobody keeps one, and where nothing is traced', () => {
    expect(run('HALT').trace!.journals).toBeDefined();
    const served = simulate(
      {
        id: 'plain',
        horizon: 10,
        parts: {
          clients: { kind: 'traffic', arrivals: { pattern: 'constant', rate: 1 }, calls: ['server'] },
          server: { kind: 'service', service: { law: 'constant', mean: 0.1 } },
        },
      },
      { record: 'trace' },
    );
    expect(served.trace!.journals).toBeUndefined();
  });
});
