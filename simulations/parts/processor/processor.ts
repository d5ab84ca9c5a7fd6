/**
 * A processor: fetch, carry out, read or write, and on to the next. It makes each instruction as a request of its own,
 * from itself to itself, and each access as a call to its memory that belongs to that request. The next instruction is
 * asked for as soon as its address is known, behind what the present one reads or writes. How a memory is made it does not know.
 */
import { pathOf } from '../../engine/draws.ts';
import { ANSWERED, childPath, fateOf } from '../../engine/machine.ts';
import { OUT } from '../computer/instructions.ts';
import { after, execute, newEffect, newRegisters } from '../computer/interpreter.ts';
import { defineKind } from '../kind.ts';
import { DATA_PORT, PROGRAM_PORT, type WordMemory } from '../memory/memory.ts';
import { processorColumns, processorRow } from './journal.ts';
import { settings } from './settings.ts';

const NONE = -1;
const ERROR = fateOf('error');
/** What a call to the memory is for: the caller's own note on it. */
const FETCH = 0;
const DATA = 1;

export const processor = defineKind({
  kind: 'processor',
  settings,
  actions: {},
  adopts: [],
  takesCalls: false,
  callees: (own) => [{ id: own.memory, path: 'memory', kind: 'memory' }],
  size: () => 1,
  reasons: () => ['error'],
  classes: (_, { id, row }) => [{ id, source: row, priority: 0 }],
  build(own, { machine, id, row, ticks, books }) {
    const { calls, monitor } = machine;
    const cls = machine.classes.findIndex(({ source }) => source === row);
    const origin = pathOf(id);
    const itself = machine.way(row, row);
    const memoryRow = machine.rowOf(own.memory);
    const bus = machine.way(row, memoryRow);
    const memory = (): WordMemory => machine.partAt(memoryRow) as WordMemory;
    const executeTicks = Math.max(1, Math.round(own.execute * ticks));
    const pause = own.again === null ? null : Math.max(1, Math.round(own.again * ticks));
    const journal = machine.journal(id, processorColumns);

    const registers = newRegisters();
    const effect = newEffect();
    let run = 0;
    let isRunning = false;
    let request = 0;
    /** The instruction that is being carried out, as a call; and the one after it, while it is fetched. */
    let current = NONE;
    let coming = NONE;
    let currentAt = 0;
    let comingAt = 0;
    let word = 0;
    /** The word of the one that comes, once it is there. */
    let comingWord = 0;
    let hasCome = false;
    let lastEnd = 0;

    const inside = monitor.countedLevel(`${id}.inside`);
    const queue = monitor.level(`${id}.queue`);
    const busy = monitor.level(`${id}.busy`);
    monitor.share(`${id}.utilisation`, busy, 1);
    const response = monitor.tally(`${id}.response`);
    const fetching = monitor.meanTally(`${id}.wait`);
    const perInstruction = monitor.meanTally(`${id}.cpi`, 'number');
    const waiting = monitor.meanTally(`${id}.stalled`, 'number');
    const output = monitor.meanTally(`${id}.output`, 'number');
    const arrivals = monitor.count(`${id}.arrivals`, 'count', monitor.counter());
    const completions = monitor.count(`${id}.completions`, 'count', monitor.counter());
    monitor.count(`${id}.throughput`, 'rate', completions);
    const accesses = monitor.counter();
    monitor.count(`${id}.accesses`, 'number', accesses, completions);
    const rewritten = monitor.count(`${id}.rewritten`, 'count', monitor.counter());
    const programs = monitor.count(`${id}.programs`, 'count', monitor.counter());
    books(inside);
    machine.isSource(row);

    function note(what: number, counter: number, value: number): void {
      if (journal === null) return;
      const [a, b, c, d] = registers.values;
      journal.write(machine.now, what, counter, value, a!, b!, c!, d!);
    }

    const carriedOut = machine.on((call) => {
      busy.set(machine.now, busy.value - 1);
      execute(registers, word, effect);
      accesses.add(cls);
      if (effect.then === after.nothing) {
        end(call);
        ask();
      } else if (effect.then === after.halt) {
        end(call);
        stop(processorRow.halted);
      } else if (effect.then === after.noInstruction) {
        current = NONE;
        leave();
        machine.refuse(call, ERROR);
        stop(processorRow.stuck);
      } else reach(call);
    });
    const start = machine.on(() => begin());

    /** Loads the program and starts it. */
    function begin(): void {
      memory().load(run);
      registers.counter = 0;
      registers.values.fill(0);
      isRunning = true;
      lastEnd = machine.now;
      note(processorRow.starts, 0, run++);
      ask();
    }

    /** Asks for the instruction at the counter. */
    function ask(): void {
      machine.requestMade();
      const call = machine.call(itself, request++, cls, origin, 0, 0, NONE);
      comingAt = registers.counter;
      machine.dispatch(call);
    }

    /** An instruction has begun its stay: its own call has arrived. */
    function receive(call: number): void {
      const { now } = machine;
      inside.set(now, inside.value + 1);
      queue.set(now, queue.value + 1);
      arrivals.add(cls);
      coming = call;
      hasCome = false;
      note(processorRow.fetches, comingAt, 0);
      const fetch = machine.call(bus, calls.request[call]!, cls, childPath(origin, FETCH), FETCH, 0, call);
      calls.key[fetch] = comingAt;
      calls.instance[fetch] = PROGRAM_PORT;
      machine.dispatch(fetch);
    }

    /** The present instruction reads or writes; and the next is asked for behind it. */
    function reach(call: number): void {
      accesses.add(cls);
      note(processorRow.accesses, currentAt, word);
      const number = calls.request[call]!;
      const isWrite = effect.then === after.write;
      const data = machine.call(bus, number, cls, childPath(origin, DATA), DATA, 0, call);
      calls.key[data] = effect.address;
      calls.instance[data] = DATA_PORT;
      calls.operation[data] = isWrite ? 1 : 0;
      if (isWrite) memory().entrust(row, number, effect.value);
      machine.dispatch(data);
      ask();
    }

    function answered(call: number): void {
      if (calls.way[call] === itself) {
        machine.requestEnded(row, calls.fate[call]!, calls.by[call]!);
        return;
      }
      const number = calls.request[call]!;
      const isFetch = calls.note[call] === FETCH;
      if (calls.fate[call] !== ANSWERED) {
        failed(isFetch ? coming : current, calls.fate[call]!, calls.by[call]!);
        return;
      }
      if (!isRunning) {
        failed(coming, ERROR, row);
        return;
      }
      if (isFetch) {
        comingWord = memory().brought(row, number, true);
        hasCome = true;
        if (current === NONE) next();
        return;
      }
      if (effect.then === after.read) registers.values[effect.register] = memory().brought(row, number, false);
      else if (effect.address === OUT) output.add(cls, effect.value * ticks);
      end(current);
      if (hasCome) next();
    }

    /** Carries out the instruction that has come. */
    function next(): void {
      const { now } = machine;
      current = coming;
      currentAt = comingAt;
      word = comingWord;
      coming = NONE;
      hasCome = false;
      queue.set(now, queue.value - 1);
      busy.set(now, busy.value + 1);
      fetching.add(cls, now - calls.arrivedAt[current]!);
      if (memory().isRewritten(currentAt)) rewritten.add(cls);
      machine.begins(current, 0);
      note(processorRow.executes, currentAt, word);
      machine.after(executeTicks, carriedOut, current, 0);
    }

    function leave(): void {
      inside.set(machine.now, inside.value - 1);
    }

    /** The present instruction is done. */
    function end(call: number): void {
      const { now } = machine;
      note(processorRow.done, currentAt, word);
      current = NONE;
      leave();
      completions.add(cls);
      response.add(cls, now - calls.arrivedAt[call]!);
      perInstruction.add(cls, now - lastEnd);
      waiting.add(cls, now - lastEnd - executeTicks);
      lastEnd = now;
      machine.answer(call, ANSWERED, row);
    }

    /** The memory could not be reached: a computer without its memory stops for good. */
    function failed(call: number, fate: number, by: number): void {
      if (call === NONE) return;
      if (call === coming) {
        coming = NONE;
        queue.set(machine.now, queue.value - 1);
      } else current = NONE;
      leave();
      machine.answer(call, fate, by);
      if (!isRunning) return;
      isRunning = false;
      note(processorRow.stuck, currentAt, word);
      machine.mark(id, 'event', 'program stopped');
    }

    function stop(what: number): void {
      isRunning = false;
      programs.add(cls);
      note(what, currentAt, word);
      machine.mark(id, 'event', what === processorRow.halted ? 'program ended' : 'program stopped');
      if (pause !== null) machine.after(pause, start, 0, 0);
    }

    return {
      start: begin,
      receive,
      answered,
      state: () => ({
        instances: [true],
        slots: [{ instance: 0, hop: current === NONE ? NONE : machine.hopOf(current) }],
        queue: coming === NONE ? [] : [machine.hopOf(coming)],
        inside: inside.value,
        readings: { counter: registers.counter, registers: [...registers.values], isRunning },
      }),
    };
  },
});
