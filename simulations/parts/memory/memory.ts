/**
 * A memory: words, one port that serves an access at a time, and perhaps a cache before it; or two memories with a port
 * each, for instructions and for data. What an instruction is it does not know: it loads words and gives words.
 */
import { stream, uniform } from '../../engine/draws.ts';
import { ANSWERED } from '../../engine/machine.ts';
import type { Part } from '../../engine/part.ts';
import { assemble, type Mistake } from '../computer/assembler.ts';
import { WORDS } from '../computer/instructions.ts';
import { Lines } from '../computer/lines.ts';
import { loaded, traceProgram } from '../computer/tracing.ts';
import { defineKind } from '../kind.ts';
import { access, memoryColumns, memoryRow } from './journal.ts';
import { settings, type MemorySettings } from './settings.ts';

const NONE = -1;
/** Words that are on their way for one caller at a time: the number of its request modulo this, for each operation. */
const ON_THE_WAY = 64;
/** Which port a call is for, by its `instance`: that of the instructions, or any other. */
export const PROGRAM_PORT = 0;
export const DATA_PORT = 1;

/** A memory as the processor that is joined to it sees it. */
export interface WordMemory extends Part {
  /** Loads the program, with new luck for each run. It takes no time: whoever loads is outside the computer. */
  load(run: number): void;
  /** Hands over what a request is going to write. */
  entrust(caller: number, request: number, value: number): void;
  /** What a request's access has brought. */
  brought(caller: number, request: number, isFetch: boolean): number;
  /** Whether the word that is fetched from here was written by the program itself. */
  isRewritten(address: number): boolean;
}

/** The program that these settings load. */
export const programOf = ({ own, programs, program }: MemorySettings): string =>
  own.trim() === '' ? (programs[program - 1] ?? '') : own;

/** Loads of a program that its accesses are counted over. */
const LOADS = 10;

/** A mistake as a sentence for whoever writes scenarios; a page says it in words of its own. */
export const mistakeInWords = ({ line, kind, found }: Mistake): string =>
  `line ${line}: ${kind}${found === '' ? '' : ` (${found})`}`;

export const memory = defineKind({
  kind: 'memory',
  settings,
  actions: {},
  adopts: ['latency'],
  takesCalls: true,
  callees: () => [],
  size: () => WORDS,
  reasons: () => [],
  contradictions(own) {
    const problems: { path: string; message: string; expected: string }[] = [];
    const check = (path: string, text: string): void => {
      const assembly = assemble(text);
      if (assembly.ok) return;
      for (const mistake of assembly.mistakes)
        problems.push({ path, message: mistakeInWords(mistake), expected: mistake.expected });
    };
    for (const [i, text] of own.programs.entries()) check(`programs.${i}`, text);
    if (own.own.trim() !== '') check('own', own.own);
    if (own.program > own.programs.length)
      problems.push({
        path: 'program',
        message: `${own.program} of ${own.programs.length}`,
        expected: `from 1 to ${own.programs.length}`,
      });
    if (own.cache !== null && own.arrangement === 'separate')
      problems.push({ path: 'cache', message: 'stands before two memories', expected: 'null, or one memory' });
    return problems;
  },
  counted(own, { id, seed }) {
    const assembly = assemble(programOf(own));
    if (!assembly.ok) return null;
    const chance = stream(seed, 0, id, 'words');
    let instructions = 0;
    let accesses = 0;
    for (let load = 0; load < LOADS; load++) {
      const { steps, ended } = traceProgram(loaded(assembly.program, (address) => uniform(chance, load, address)));
      if (ended !== 'halt') return null;
      instructions += steps.length;
      accesses += steps.length + steps.filter(({ reads, writes }) => reads >= 0 || writes >= 0).length;
    }
    return accesses / instructions;
  },
  build(first, { machine, id, row, ticks, books }): WordMemory {
    const own: MemorySettings = first;
    const { calls, monitor } = machine;
    const isSeparate = own.arrangement === 'separate';
    const ports = isSeparate ? 2 : 1;
    const assembly = assemble(programOf(own));
    if (!assembly.ok) throw new Error('a scenario that was checked has a program that is right');
    const { program } = assembly;
    const chance = machine.stream(id, 'words');
    const journal = machine.journal(id, memoryColumns);

    let data: Int16Array = new Int16Array(WORDS);
    /** Where instructions come from: the same words, unless they are apart. */
    let instructions = data;
    const rewritten = new Uint8Array(WORDS);
    const lines = own.cache === null ? null : new Lines(own.cache.lines, own.cache.words);
    const onTheWay = new Map<number, Int16Array>();

    const inTicks = (time: number): number => Math.max(1, Math.round(time * ticks));
    let latency = inTicks(own.latency);
    const hitTime = own.cache === null ? 0 : inTicks(own.cache.hitTime);
    const restOfLine = own.cache === null ? 0 : Math.round((own.cache.words - 1) * own.cache.perWord * ticks);

    const lineup: number[][] = Array.from({ length: ports }, () => []);
    const serving = new Int32Array(ports).fill(NONE);
    const isMiss = new Uint8Array(ports);

    const inside = monitor.countedLevel(`${id}.inside`);
    const queue = monitor.level(`${id}.queue`);
    const busy = monitor.level(`${id}.busy`);
    const portBusy = monitor.level(`${id}.portBusy`);
    monitor.share(`${id}.utilisation`, portBusy, ports);
    const response = monitor.tally(`${id}.response`);
    const wait = monitor.meanTally(`${id}.wait`);
    const accessTime = monitor.meanTally(`${id}.access`);
    const readTime = monitor.meanTally(`${id}.readTime`);
    const beyondHit = monitor.meanTally(`${id}.beyondHit`);
    const arrivals = monitor.count(`${id}.arrivals`, 'count', monitor.counter());
    const completions = monitor.count(`${id}.completions`, 'count', monitor.counter());
    monitor.count(`${id}.throughput`, 'rate', completions);
    const fetches = monitor.count(`${id}.fetches`, 'count', monitor.counter());
    const reads = monitor.count(`${id}.reads`, 'count', monitor.counter());
    const writes = monitor.count(`${id}.writes`, 'count', monitor.counter());
    const hits = monitor.count(`${id}.hits`, 'count', monitor.counter());
    const misses = monitor.count(`${id}.misses`, 'count', monitor.counter());
    monitor.count(`${id}.missRate`, 'share', misses, reads);
    books(inside);

    const finish = machine.on((call, port) => finished(call, port));
    const miss = machine.on((call, port) => {
      occupy(1);
      note(memoryRow.missed, port, call, 0, 0);
      machine.after(latency + restOfLine, finish, call, port);
    });

    function occupy(change: number): void {
      portBusy.set(machine.now, portBusy.value + change);
    }

    const isFetch = (call: number): boolean => calls.instance[call] === PROGRAM_PORT;
    const isWrite = (call: number): boolean => !isFetch(call) && calls.operation[call] !== 0;
    const addressOf = (call: number): number => calls.key[call]! & (WORDS - 1);
    const portOf = (call: number): number => (isSeparate && !isFetch(call) ? DATA_PORT : PROGRAM_PORT);
    const placeOf = (request: number, fetched: boolean): number =>
      (((request * 2 + (fetched ? 0 : 1)) % ON_THE_WAY) + ON_THE_WAY) % ON_THE_WAY;
    function wordsFor(caller: number): Int16Array {
      let words = onTheWay.get(caller);
      if (words === undefined) onTheWay.set(caller, (words = new Int16Array(ON_THE_WAY)));
      return words;
    }
    const callerOf = (call: number): number => machine.wayAt(calls.way[call]!).from;

    function note(what: number, port: number, call: number, value: number, hit: number): void {
      if (journal === null) return;
      const operation = isFetch(call) ? access.fetch : isWrite(call) ? access.write : access.read;
      journal.write(machine.now, what, port, operation, addressOf(call), value, hit);
    }

    function receive(call: number): void {
      const { now } = machine;
      const port = portOf(call);
      inside.set(now, inside.value + 1);
      arrivals.add(calls.cls[call]!);
      if (serving[port] === NONE) begin(call, port);
      else {
        lineup[port]!.push(call);
        queue.set(now, queue.value + 1);
      }
    }

    function begin(call: number, port: number): void {
      const { now } = machine;
      serving[port] = call;
      busy.set(now, busy.value + 1);
      wait.add(calls.cls[call]!, now - calls.arrivedAt[call]!);
      machine.begins(call, port);
      isMiss[port] = 0;
      if (lines === null || isWrite(call)) {
        note(memoryRow.begins, port, call, 0, NONE);
        occupy(1);
        machine.after(latency, finish, call, port);
        return;
      }
      const holds = lines.holds(addressOf(call));
      note(memoryRow.begins, port, call, 0, holds ? 1 : 0);
      isMiss[port] = holds ? 0 : 1;
      machine.after(hitTime, holds ? finish : miss, call, port);
    }

    function finished(call: number, port: number): void {
      const { now } = machine;
      const cls = calls.cls[call]!;
      const address = addressOf(call);
      const writing = isWrite(call);
      const took = now - calls.startedAt[call]!;
      const words = wordsFor(callerOf(call));
      const place = placeOf(calls.request[call]!, isFetch(call));
      let value: number;
      if (writing) {
        value = words[place]!;
        data[address] = value;
        if (!isSeparate) rewritten[address] = 1;
        writes.add(cls);
      } else {
        value = isFetch(call) ? instructions[address]! : data[address]!;
        words[place] = value;
        reads.add(cls);
        if (isFetch(call)) fetches.add(cls);
        readTime.add(cls, took);
        if (lines !== null) {
          beyondHit.add(cls, took - hitTime);
          (isMiss[port] === 1 ? misses : hits).add(cls);
        }
      }
      if (lines === null || writing || isMiss[port] === 1) occupy(-1);
      if (isMiss[port] === 1) lines!.fill(address);
      note(memoryRow.ends, port, call, value, isMiss[port]!);
      accessTime.add(cls, took);
      response.add(cls, now - calls.arrivedAt[call]!);
      completions.add(cls);
      serving[port] = NONE;
      busy.set(now, busy.value - 1);
      inside.set(now, inside.value - 1);
      const next = lineup[port]!.shift();
      if (next !== undefined) {
        queue.set(now, queue.value - 1);
        begin(next, port);
      }
      machine.answer(call, ANSWERED, row);
    }

    let isLoaded = false;
    function load(run: number): void {
      isLoaded = true;
      data = loaded(program, (address) => uniform(chance, run, address));
      instructions = isSeparate ? data.slice() : data;
      rewritten.fill(0);
      lines?.clear();
      if (journal === null) return;
      const { now } = machine;
      journal.write(now, memoryRow.cleared, 0, 0, 0, run, 0);
      for (let address = 0; address < WORDS; address++)
        if (data[address] !== 0) journal.write(now, memoryRow.loaded, 0, 0, address, data[address]!, 0);
    }

    return {
      receive,
      load,
      entrust: (caller, request, value) => {
        wordsFor(caller)[placeOf(request, false)] = value;
      },
      brought: (caller, request, fetched) => wordsFor(caller)[placeOf(request, fetched)]!,
      isRewritten: (address) => rewritten[address] === 1,
      start() {
        // a processor loads for itself
        if (!isLoaded) load(0);
      },
      adopt(changed: MemorySettings) {
        latency = inTicks(changed.latency);
      },
      state: () => ({
        instances: [true],
        slots: Array.from(serving, (call) => ({ instance: 0, hop: call === NONE ? NONE : machine.hopOf(call) })),
        queue: lineup.flat().map((call) => machine.hopOf(call)),
        inside: inside.value,
        readings: {
          words: [...data],
          tags: lines === null ? [] : [...lines.tags],
          lineWords: own.cache?.words ?? 0,
          text: programOf(own),
        },
      }),
    };
  },
});
