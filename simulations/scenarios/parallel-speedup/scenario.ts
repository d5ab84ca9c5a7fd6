/** Parallel speed-up: what many workers gain, by three laws and by waiting and telling that are really done. */
import type { ScenarioSource } from '../../index.ts';

/** A program that is nothing but its pieces, so that lock and exchange are seen alone. */
const allParallel = { serial: 0 };
/** The same without any exchange. */
const onlyLock = { ...allParallel, coherence: 0 };
/** With a lock of 2 percent the law's peak is at 32 workers, and as high on either side at half and twice as many. */
const peakAt32 = { ...allParallel, contention: 0.02, coherence: 0.98 / 1024 };

/** One of the workers is slow for the whole run. */
const slowOne = [{ at: 0, fault: 'straggler', duration: 300 }];

const scenario: ScenarioSource = {
  id: 'parallel-speedup',
  family: 'computing',
  // Not quite 300: a tenth of it, where the drawing opens, then falls into the reading.
  horizon: 280,
  parts: {
    film: {
      kind: 'traffic',
      arrivals: { pattern: 'closed', users: 1, think: { law: 'constant', mean: 0 } },
      calls: ['renderers'],
    },
    renderers: {
      kind: 'workers',
      workers: 32,
      job: 100,
      serial: 0.05,
      pieces: 1024,
      locked: 0.02,
      exchange: 0.001,
      inStep: true,
    },
  },
  designs: [
    {
      id: 'fixed',
      set: { 'parts.renderers.inStep': false, 'parts.renderers.locked': 0, 'parts.renderers.exchange': 0 },
    },
    {
      id: 'growing',
      set: {
        'parts.renderers.grows': true,
        'parts.renderers.pieces': 16,
        'parts.renderers.inStep': false,
        'parts.renderers.locked': 0,
        'parts.renderers.exchange': 0,
      },
    },
    { id: 'shared', set: {} },
    { id: 'free', set: { 'parts.renderers.inStep': false } },
    { id: 'side-by-side', set: { 'parts.renderers.exchanges': 'side-by-side' } },
  ],
  dials: [
    {
      id: 'workers',
      unit: 'count',
      min: 1,
      max: 1024,
      step: 1,
      scale: 'doubling',
      start: 32,
      sets: ['parts.renderers.workers'],
    },
    { id: 'serial', unit: 'share', min: 0, max: 0.5, step: 0.01, start: 0.05, sets: ['parts.renderers.serial'] },
    { id: 'contention', unit: 'share', min: 0, max: 0.5, step: 0.01, start: 0.02, sets: ['parts.renderers.locked'] },
    {
      id: 'coherence',
      unit: 'share',
      min: 0,
      max: 0.002,
      step: 0.0001,
      start: 0.001,
      sets: ['parts.renderers.exchange'],
    },
    { id: 'unevenness', unit: 'number', min: 0, max: 4, step: 0.25, start: 0, sets: ['parts.renderers.unevenness'] },
  ],
  faults: [{ id: 'straggler', part: 'renderers', action: 'slow-instance', instance: 1, amount: 8, duration: 60 }],
  show: {
    measures: [
      'renderers.speedUp',
      'renderers.response.mean',
      'renderers.atPieces',
      'renderers.standingBy',
      'renderers.atLock',
      'renderers.inExchange',
      'renderers.lockWait.mean',
    ],
    series: ['renderers.idle', 'renderers.lockQueue', 'renderers.exchanging'],
    sweep: { dial: 'workers', measure: 'renderers.speedUp', theory: 'speedUp' },
  },
  positions: { film: [0, 0], renderers: [1, 0] },
  claims: [
    {
      id: 'amdahl',
      at: { design: 'fixed', dials: { workers: 256 } },
      measure: 'renderers.speedUp',
      relation: 'about',
      value: { theory: 'speedUp' },
      margin: 0.001,
      control: { design: 'fixed', dials: { workers: 256, unevenness: 1 } },
    },
    {
      id: 'amdahl-nearly-with-uneven-pieces',
      at: { design: 'fixed', dials: { workers: 16, unevenness: 1 } },
      measure: 'renderers.speedUp',
      relation: 'about',
      value: 1 / (0.05 + 0.95 / 16),
      margin: 0.04,
      control: { design: 'fixed', dials: { workers: 1024, unevenness: 1 } },
    },
    {
      id: 'never-passes-twenty',
      at: { design: 'fixed', dials: { workers: 1024 } },
      measure: 'renderers.speedUp',
      relation: 'below',
      value: 20,
      control: { design: 'fixed', dials: { workers: 1024, serial: 0.04 } },
    },
    {
      id: 'gustafson',
      at: { design: 'growing', dials: { workers: 1024 } },
      measure: 'renderers.speedUp',
      relation: 'about',
      value: 0.05 + 0.95 * 1024,
      margin: 0.001,
      control: { design: 'fixed', dials: { workers: 1024 } },
    },
    {
      id: 'growing-frame-takes-as-long',
      at: { design: 'growing', dials: { workers: 1024 } },
      measure: 'renderers.response.mean',
      over: { at: { design: 'growing', dials: { workers: 1 } } },
      relation: 'about',
      value: 1,
      margin: 0.001,
      control: { design: 'growing', dials: { workers: 1024, unevenness: 1 } },
    },
    {
      id: 'two-serial-shares',
      at: { design: 'growing' },
      measure: 'renderers.speedUp',
      over: {
        at: { design: 'fixed', dials: { serial: 0.05 / (0.05 + 0.95 * 32) } },
        control: { design: 'fixed' },
      },
      relation: 'about',
      value: 1,
      margin: 0.001,
      control: { design: 'growing' },
    },
    {
      id: 'scalability-law',
      at: { design: 'shared', dials: { ...allParallel, workers: 128 } },
      measure: 'renderers.speedUp',
      relation: 'about',
      value: { theory: 'speedUp' },
      margin: 0.001,
      control: { design: 'free', dials: { ...allParallel, workers: 128 } },
    },
    {
      id: 'peak-before-it',
      at: { design: 'shared', dials: { ...peakAt32, workers: 32 } },
      measure: 'renderers.speedUp',
      over: {
        at: { design: 'shared', dials: { ...peakAt32, workers: 16 } },
        control: { design: 'shared', dials: { ...peakAt32, workers: 32 } },
      },
      relation: 'above',
      value: 1.15,
      control: { design: 'shared', dials: { ...peakAt32, workers: 64 } },
    },
    {
      id: 'peak-after-it',
      at: { design: 'shared', dials: { ...peakAt32, workers: 64 } },
      measure: 'renderers.speedUp',
      over: {
        at: { design: 'shared', dials: { ...peakAt32, workers: 32 } },
        control: { design: 'shared', dials: { ...onlyLock, workers: 32 } },
      },
      relation: 'below',
      value: 0.85,
      control: { design: 'shared', dials: { ...onlyLock, workers: 64 } },
    },
    {
      id: 'slower-than-one',
      at: { design: 'shared', dials: { workers: 1024 } },
      measure: 'renderers.speedUp',
      relation: 'below',
      value: 1,
      control: { design: 'side-by-side', dials: { workers: 1024 } },
    },
    {
      id: 'free-workers-beat-the-law',
      at: { design: 'free', dials: { ...allParallel, workers: 16 } },
      measure: 'renderers.speedUp',
      over: {
        at: { design: 'shared', dials: { ...allParallel, workers: 16 } },
        control: { design: 'shared', dials: { ...allParallel, workers: 256 } },
      },
      relation: 'above',
      value: 1.45,
      control: { design: 'free', dials: { ...allParallel, workers: 256 } },
    },
    {
      id: 'free-workers-are-a-closed-network',
      at: { design: 'free', dials: { ...onlyLock, workers: 16, contention: 0.1, unevenness: 1 } },
      measure: 'renderers.speedUp',
      relation: 'about',
      value: { theory: 'speedUp' },
      margin: 0.05,
      control: { design: 'shared', dials: { ...onlyLock, workers: 16, contention: 0.1, unevenness: 1 } },
    },
    {
      id: 'lock-is-a-ceiling',
      at: { design: 'free', dials: { ...onlyLock, workers: 1024, contention: 0.05 } },
      measure: 'renderers.speedUp',
      relation: 'below',
      value: 20,
      control: { design: 'free', dials: { ...onlyLock, workers: 1024, contention: 0.04 } },
    },
    {
      id: 'telling-side-by-side-has-no-peak',
      at: { design: 'side-by-side', dials: { ...allParallel, workers: 1024 } },
      measure: 'renderers.speedUp',
      over: {
        at: { design: 'side-by-side', dials: { ...allParallel, workers: 64 } },
        control: { design: 'shared', dials: { ...allParallel, workers: 64 } },
      },
      relation: 'above',
      value: 1.5,
      control: { design: 'shared', dials: { ...allParallel, workers: 1024 } },
    },
    {
      id: 'barrier-waits-for-the-slowest',
      at: { design: 'shared', dials: { ...onlyLock, contention: 0, unevenness: 1 } },
      measure: 'renderers.speedUp',
      relation: 'about',
      // 32 over the 32nd harmonic number, the mean of the slowest of 32 exponential pieces
      value: 7.8847,
      margin: 0.03,
      control: { design: 'free', dials: { ...onlyLock, contention: 0, unevenness: 1 } },
    },
    {
      id: 'one-slow-worker-slows-all',
      at: { design: 'shared', dials: allParallel, inputs: slowOne },
      measure: 'renderers.speedUp',
      over: {
        at: { design: 'shared', dials: allParallel },
        control: { design: 'free', dials: allParallel },
      },
      relation: 'below',
      value: 0.5,
      control: { design: 'free', dials: allParallel, inputs: slowOne },
    },
  ],
};

export default scenario;
