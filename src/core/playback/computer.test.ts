import { describe, expect, it } from 'vitest';
import { traceProgram } from '../../../simulations/computing.ts';
import { simulate, type Run } from '../../../simulations/index.ts';
import source from '../../../simulations/scenarios/stored-program/scenario.ts';
import { readComputer, type Computer, type ComputerReader } from './computer.ts';
import { bottleneckAt } from './bottleneck.ts';
import { readFrames } from './frame.ts';

const made = (options: object = {}): Run => simulate(source, { ...options, record: 'trace' });
const read = (run: Run): ComputerReader => readComputer(run)!;
/** The state at a time, kept: the reader's own changes with the next question. */
const at = (run: Run, time: number): Computer => structuredClone(read(run).at(time));

describe('a computer in a run', () => {
  it('is read the same forwards, backwards and by leaps', () => {
    const run = made({ dials: { program: 4 } });
    const moments = Array.from({ length: 120 }, (_, each) => (each * 7919) % 20_000);
    const forwards = new Map(moments.toSorted((a, b) => a - b).map((time) => [time, at(run, time)]));
    const again = made({ dials: { program: 4 } });
    for (const time of moments) expect(at(again, time), String(time)).toEqual(forwards.get(time));
    for (const time of moments.toSorted((a, b) => b - a)) expect(at(run, time)).toEqual(forwards.get(time));
  });

  it('says what it would be had the run been stopped there (S1)', () => {
    for (const design of ['one', 'cached', 'separate']) {
      const run = made({ design, dials: { program: 5 } });
      for (const until of [1, 333, 1999, 7777]) {
        const { readings: memory } = simulate(source, { design, dials: { program: 5 }, until }).state['memory']!;
        const { readings: processor } = simulate(source, { design, dials: { program: 5 }, until }).state['processor']!;
        const computer = at(run, until);
        expect(computer.words).toEqual(memory!['words']);
        expect(computer.tags).toEqual(memory!['tags']);
        expect(computer.registers).toEqual(processor!['registers']);
      }
    }
  });

  it('steps through the instructions as the program without time does', () => {
    const run = made({ design: 'one' });
    const first = at(run, 0);
    const { steps } = traceProgram(Int16Array.from(first.words));
    const reader = read(run);
    let time = reader.next(0)!;
    for (const step of steps) {
      const { counter, word, phase } = reader.at(time);
      expect([counter, word, phase]).toEqual([step.address, step.word, 'executing']);
      time = reader.next(time)!;
    }
    expect(reader.previous(reader.next(0)!)).toBe(0);
  });

  it('shows what goes over the one port, and the fetch that waits behind the data', () => {
    const run = made({ design: 'one' });
    expect(at(run, 5)).toMatchObject({
      phase: 'fetching',
      counter: 0,
      word: null,
      ports: [{ operation: 'fetch', address: 0, at: 'memory', hit: null }],
    });
    // SET, SET, and the load of the first number
    const reads = at(run, 65);
    expect(reads).toMatchObject({
      phase: 'accessing',
      counter: 2,
      ahead: 3,
      ports: [{ operation: 'read', address: 101 }],
    });
    expect(at(run, 90)).toMatchObject({ phase: 'fetching', counter: 3, ahead: -1 });
  });

  it('shows both ports at work where the memories are separate', () => {
    const { ports, program } = at(made({ design: 'separate' }), 65);
    expect(ports.map((port) => port?.operation)).toEqual(['fetch', 'read']);
    expect(program).not.toBeNull();
  });

  it('shows which line of the cache was looked at, and whether it had what was asked for', () => {
    const run = made({ design: 'cached' });
    expect(at(run, 0)).toMatchObject({ line: 0, lineHit: false, misses: 1, ports: [{ at: 'cache', hit: false }] });
    expect(at(run, 2)).toMatchObject({ ports: [{ at: 'memory' }], tags: [-1, -1, -1, -1] });
    expect(at(run, 24).tags).toEqual([0, -1, -1, -1]);
    expect(at(run, 25)).toMatchObject({ hits: 1, lineHit: true });
  });

  it('marks the words that the program wrote over since it was loaded', () => {
    const run = made({ design: 'one', dials: { program: 5 } });
    const here = at(run, 500);
    expect(here.written[4]).toBe(1);
    expect(here.words[4]).not.toBe(at(run, 0).words[4]);
    const halted = run.trace!.marks[0]!.at;
    expect(at(run, halted)).toMatchObject({ phase: 'halted' });
    expect(at(run, halted).output).not.toBeNull();
    expect(at(run, halted + 40)).toMatchObject({ run: 1, done: 0, written: expect.not.arrayContaining([1]) });
  });

  it('is none where a run has no computer', () => {
    const run = simulate(
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
    expect(readComputer(run)).toBeNull();
  });
});

describe('what holds a computer up', () => {
  it('is its memory, where the ports are busy most of the time, and nothing where they are not', () => {
    const slow = made({ design: 'one' });
    expect(bottleneckAt(slow, 8000)).toMatchObject({ part: 'memory', clues: [{ id: 'why.bottleneck.port' }] });
    const quick = made({ design: 'cached', dials: { program: 3, lines: 16 } });
    expect(bottleneckAt(quick, 8000)).toMatchObject({ part: null, clues: [{ id: 'why.bottleneck.none' }] });
  });
});

describe('the frame of a computer', () => {
  it('counts each instruction as one request, and its accesses as none', () => {
    const run = made({ design: 'one' });
    const { made: count, answered } = readFrames(run, { stops: [] }).at(run.endedAt);
    expect([count, answered]).toEqual([run.ledger.made, run.ledger.answered]);
  });
});
