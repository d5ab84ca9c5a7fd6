/** A small stored-program computer: program and data in one memory, and the one port between them and the processor. */
import type { ScenarioSource } from '../../index.ts';

// The sum of a list of 24 numbers.
const sum = `      SET A, list
      SET B, 24
loop: LOAD C, [A]
      ADD D, C
      ADD A, 1
      SUB B, 1
      JUMPZ B, done
      JUMP loop
done: STORE D, OUT
      HALT
      AT 100
base: WORD 0
list: RANDOM 24, 0, 99`;

// Copies 24 numbers from one place to another.
const copy = `      SET A, from
      SET B, to
      SET C, 24
loop: LOAD D, [A]
      STORE D, [B]
      ADD A, 1
      ADD B, 1
      SUB C, 1
      JUMPZ C, done
      JUMP loop
done: STORE D, OUT
      HALT
      AT 100
from: RANDOM 24, 0, 99
to:   WORD 0`;

// Multiplies by adding again and again.
const multiply = `      LOAD A, x
      LOAD B, y
loop: JUMPZ B, done
      ADD C, A
      SUB B, 1
      JUMP loop
done: STORE C, OUT
      HALT
x:    RANDOM 1, 1, 99
y:    RANDOM 1, 20, 60`;

// Sorts 8 numbers: neighbours change places until none has to.
const sort = `      SET A, list
step: LOAD B, [A]
      ADD A, 1
      LOAD C, [A]
      SUB C, B
      JUMPN C, swap
next: SET D, last
      SUB D, A
      JUMPZ D, pass
      JUMP step
swap: ADD C, B
      STORE B, [A]
      SUB A, 1
      STORE C, [A]
      ADD A, 1
      STORE A, moved
      JUMP next
pass: LOAD D, moved
      JUMPZ D, done
      SET D, 0
      STORE D, moved
      SET A, list
      JUMP step
done: LOAD A, list
      STORE A, OUT
      HALT
moved: WORD 0
      AT 100
list: RANDOM 7, 0, 99
last: RANDOM 1, 0, 99`;

// The same sum, as it was written before there were pointers:
// the program counts on in the address of its own next instruction.
const rewrite = `      SET B, 24
loop: LOAD C, here
      ADD C, 1
      STORE C, here
here: LOAD A, base
      ADD D, A
      SUB B, 1
      JUMPZ B, done
      JUMP loop
done: STORE D, OUT
      HALT
      AT 100
base: WORD 0
list: RANDOM 24, 0, 99`;

const scenario: ScenarioSource = {
  id: 'stored-program',
  family: 'computing',
  time: { unit: 'cycle', ticks: 1 },
  horizon: 20_000,
  parts: {
    processor: { kind: 'processor', memory: 'memory', execute: 1, again: 40 },
    memory: { kind: 'memory', programs: [sum, copy, multiply, sort, rewrite], program: 1, latency: 20 },
  },
  designs: [
    { id: 'cached', set: { 'parts.memory.cache': { lines: 8, words: 4, hitTime: 1, perWord: 1 } } },
    { id: 'one', set: {} },
    { id: 'separate', set: { 'parts.memory.arrangement': 'separate' } },
  ],
  dials: [
    { id: 'latency', unit: 'time', min: 1, max: 50, step: 1, start: 20, sets: ['parts.memory.latency'] },
    { id: 'lines', unit: 'count', min: 1, max: 16, step: 1, start: 4, sets: ['parts.memory.cache.lines'] },
    { id: 'program', unit: 'count', min: 1, max: 5, step: 1, start: 1, sets: ['parts.memory.program'] },
  ],
  texts: [{ id: 'own', most: 4000, sets: ['parts.memory.own'] }],
  show: {
    measures: [
      'processor.cpi.mean',
      'processor.accesses',
      'memory.readTime.mean',
      'memory.missRate',
      'memory.utilisation',
      'processor.output.mean',
      'processor.rewritten',
    ],
    series: ['memory.portBusy', 'memory.queue', 'processor.busy'],
    sweep: { dial: 'latency', measure: 'processor.cpi.mean', theory: 'cpi' },
  },
  claims: [
    {
      id: 'one-port-line',
      at: { design: 'one', dials: { latency: 40 }, horizon: 60_000 },
      measure: 'processor.cpi.mean',
      relation: 'about',
      value: { theory: 'cpi' },
      margin: 0.01,
      control: { design: 'cached', dials: { latency: 40 }, horizon: 60_000 },
    },
    {
      id: 'each-access-costs-the-latency',
      at: { design: 'one', horizon: 60_000 },
      measure: 'processor.stalled.mean',
      over: { measure: 'processor.accesses' },
      relation: 'about',
      value: 20,
      margin: 0.005,
      control: { design: 'separate', horizon: 60_000 },
    },
    {
      id: 'four-times-the-latency',
      at: { design: 'one', dials: { latency: 40 }, horizon: 60_000 },
      measure: 'processor.stalled.mean',
      over: {
        at: { design: 'one', dials: { latency: 10 }, horizon: 60_000 },
        control: { design: 'cached', dials: { latency: 10 }, horizon: 60_000 },
      },
      relation: 'about',
      value: 4,
      margin: 0.01,
      control: { design: 'cached', dials: { latency: 40 }, horizon: 60_000 },
    },
    {
      id: 'port-nearly-always-busy',
      at: { design: 'one', dials: { latency: 40 } },
      measure: 'memory.utilisation',
      relation: 'above',
      value: 0.95,
      control: { design: 'cached', dials: { latency: 40, lines: 16 } },
    },
    {
      id: 'miss-penalty',
      at: { design: 'cached' },
      measure: 'memory.beyondHit.mean',
      over: { measure: 'memory.missRate' },
      relation: 'about',
      value: { theory: 'missPenalty' },
      margin: 0.01,
      control: { design: 'cached', dials: { latency: 25 } },
    },
    {
      id: 'miss-penalty-whatever-the-size',
      at: { design: 'cached', dials: { lines: 1, program: 4 } },
      measure: 'memory.beyondHit.mean',
      over: { measure: 'memory.missRate' },
      relation: 'about',
      value: { theory: 'missPenalty' },
      margin: 0.01,
      control: { design: 'cached', dials: { lines: 1, program: 4, latency: 25 } },
    },
    {
      id: 'cache-saves-most',
      at: { design: 'cached', dials: { lines: 16 } },
      measure: 'processor.cpi.mean',
      over: { at: { design: 'one' } },
      relation: 'below',
      value: 0.25,
      control: { design: 'cached', dials: { lines: 1 } },
    },
    {
      id: 'more-lines-can-be-slower',
      at: { design: 'cached', dials: { lines: 9 } },
      measure: 'processor.cpi.mean',
      over: { at: { design: 'cached', dials: { lines: 8 } } },
      relation: 'above',
      value: 1.2,
      control: { design: 'cached', dials: { lines: 16 } },
    },
    {
      id: 'loop-fits',
      at: { design: 'cached', dials: { program: 3, lines: 2 } },
      measure: 'memory.missRate',
      relation: 'below',
      value: 0.05,
      control: { design: 'cached', dials: { program: 3, lines: 1 } },
    },
    {
      id: 'separate-overlaps',
      at: { design: 'separate', horizon: 60_000 },
      measure: 'processor.cpi.mean',
      relation: 'about',
      value: 21,
      margin: 0.002,
      control: { design: 'one', horizon: 60_000 },
    },
    {
      id: 'separate-gains-the-data',
      at: { design: 'one', dials: { program: 5 }, horizon: 60_000 },
      measure: 'processor.cpi.mean',
      over: {
        at: { design: 'separate', dials: { program: 5 }, horizon: 60_000 },
        control: { design: 'separate', dials: { program: 3 }, horizon: 60_000 },
      },
      relation: 'above',
      value: 1.3,
      control: { design: 'one', dials: { program: 3 }, horizon: 60_000 },
    },
    {
      id: 'rewrites-itself',
      at: { design: 'one', dials: { program: 5 } },
      measure: 'processor.rewritten',
      relation: 'above',
      value: 23,
      control: { design: 'separate', dials: { program: 5 } },
    },
    {
      id: 'rewriting-sums-the-list',
      at: { design: 'one', dials: { program: 5 }, horizon: 60_000 },
      measure: 'processor.output.mean',
      over: { at: { design: 'one', dials: { program: 1 }, horizon: 60_000 } },
      relation: 'about',
      value: 1,
      margin: 0.05,
      control: { design: 'separate', dials: { program: 5 }, horizon: 60_000 },
    },
    {
      id: 'separate-sums-nothing',
      at: { design: 'separate', dials: { program: 5 } },
      measure: 'processor.output.mean',
      relation: 'below',
      value: 1,
      control: { design: 'one', dials: { program: 5 } },
    },
  ],
  positions: { processor: [0, 0], memory: [1, 0] },
};

export default scenario;
