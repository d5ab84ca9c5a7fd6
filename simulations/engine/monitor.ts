/**
 * What is watched while a run goes on: levels (a number that holds until it changes), tallies (one value a request) and
 * counts. Each is kept over the measured span, per batch of it, and, when a trace is wanted, per window of the run.
 * It knows names, not parts.
 */
import { Histogram } from './histogram.ts';
import { BATCHES, estimateFromBatches, LONGEST_MEMORY, type JudgedEstimate } from './statistics.ts';
import type { MeasureUnit } from './run.ts';

/** Quantiles that every tally reports, by the name they bear in a measure. */
const QUANTILES = [
  ['p50', 0.5],
  ['p90', 0.9],
  ['p95', 0.95],
  ['p99', 0.99],
  ['p999', 0.999],
] as const;

/** Fewer values than this beyond a quantile say nothing about it. */
const FEWEST_BEYOND = 10;

/** A number that holds until it changes, such as how many wait. */
export class Level {
  value = 0;
  /** Sum of value × ticks since time 0, as far as it has been brought up to date. */
  area = 0;
  protected since = 0;

  /** Changes the number. @param now in ticks, never before an earlier call's. */
  set(now: number, value: number): void {
    this.area += this.value * (now - this.since);
    this.since = now;
    this.value = value;
  }
}

/** A level that also keeps how long it stood at each whole number up to 255; the last cell holds the rest. */
export class CountedLevel extends Level {
  /** In ticks, since time 0 or since the measured span began. */
  readonly ticksAt = new Float64Array(256);

  // not by way of `super`: this is the most frequent call of a run, and each step costs
  override set(now: number, value: number): void {
    const before = this.value;
    const stood = now - this.since;
    this.area += before * stood;
    this.ticksAt[before < 255 ? before : 255]! += stood;
    this.since = now;
    this.value = value;
  }
}

/** One value a request, such as its response time, in ticks. Sums run from time 0; whoever reads takes differences. */
export class Tally {
  count = 0;
  sum = 0;
  squares = 0;
  /** The greatest since somebody last set it back to 0. */
  max = 0;
  /** Made new when the measured span begins. */
  histogram = new Histogram();

  add(ticks: number): void {
    this.count++;
    this.sum += ticks;
    this.squares += ticks * ticks;
    if (ticks > this.max) this.max = ticks;
    this.histogram.add(ticks);
  }
}

/** How far a tally had come at some moment. */
interface Reading {
  count: number;
  sum: number;
  squares: number;
}

/** How often something happened. */
export class Count {
  /** Since time 0. */
  total = 0;
}

interface WatchedLevel {
  name: string;
  level: Level;
  /** What its value is divided by, and whether it is then a share. */
  scale: number;
  isShare: boolean;
  batches: number[];
  atStart: number;
  atBatch: number;
  windows: number[];
  atWindow: number;
}
interface WatchedTally {
  name: string;
  tally: Tally;
  atStart: Reading;
  atBatch: Reading;
  atWindow: Reading;
  batches: number[];
  windowMeans: number[];
  windowMaxima: number[];
  /** The greatest of this window that came before measuring began, and the greatest of all measured windows so far. */
  windowMax: number;
  measuredMax: number;
}
interface WatchedCount {
  name: string;
  unit: 'count' | 'rate' | 'share';
  /** For a share: what it is a share of. */
  of: Count | null;
  count: Count;
  batches: number[];
  atBatch: number;
  ofAtBatch: number;
  atStart: number;
  ofAtStart: number;
  windows: number[];
  atWindow: number;
}

export interface SpanPlan {
  /** Where measuring starts and the run ends, in ticks. */
  from: number;
  to: number;
  /** Width of a window in ticks; 0 for none. */
  window: number;
  /** Ticks per unit of time. */
  ticks: number;
}

export class Monitor {
  /** When something is due to be cut; the run loop calls `pass` before anything that happens at or after it. */
  boundary: number;

  #plan: SpanPlan;
  #levels: WatchedLevel[] = [];
  #tallies: WatchedTally[] = [];
  #counts: WatchedCount[] = [];
  #batch = 0;
  #window = 0;
  #batchStart: number;
  #windowStart = 0;
  #widths: number[] = [];

  constructor(plan: SpanPlan) {
    this.#plan = plan;
    this.#batchStart = plan.from;
    this.boundary = plan.from === 0 ? 0 : Math.min(plan.from, plan.window || Infinity);
  }

  /** Watches a level; its mean over time becomes the measure `name.mean`. */
  level(name: string): Level {
    return this.#watch(name, new Level(), 1, false);
  }

  /** A level whose shares of time at each value are kept too; see `timeShares`. */
  countedLevel(name: string): CountedLevel {
    const level = new CountedLevel();
    this.#watch(name, level, 1, false);
    return level;
  }

  /** The same level seen as a share of `whole`: its mean over time becomes the measure `name`. */
  share(name: string, level: Level, whole: number): void {
    this.#watch(name, level, whole, true);
  }

  #watch(name: string, level: Level, scale: number, isShare: boolean): Level {
    this.#levels.push({ name, level, scale, isShare, batches: [], atStart: 0, atBatch: 0, windows: [], atWindow: 0 });
    return level;
  }

  tally(name: string): Tally {
    const tally = new Tally();
    const atStart = read(tally);
    this.#tallies.push({
      name,
      tally,
      atStart,
      atBatch: atStart,
      atWindow: atStart,
      batches: [],
      windowMeans: [],
      windowMaxima: [],
      windowMax: 0,
      measuredMax: 0,
    });
    return tally;
  }

  count(name: string, unit: 'count' | 'rate' | 'share', count = new Count(), of: Count | null = null): Count {
    this.#counts.push({
      name,
      unit,
      of,
      count,
      batches: [],
      atBatch: 0,
      ofAtBatch: 0,
      atStart: 0,
      ofAtStart: 0,
      windows: [],
      atWindow: 0,
    });
    return count;
  }

  /** Cuts every batch and window that ends at or before `time`; those that end with the run wait for `close`, as what happens at its last tick belongs to them. */
  pass(time: number): void {
    this.#cutUpTo(Math.min(time, this.#plan.to - 1));
  }

  #cutUpTo(time: number): void {
    while (this.boundary <= time) {
      const at = this.boundary;
      if (this.#plan.window > 0 && at === this.#windowStart + this.#plan.window) this.#cutWindow(at);
      if (this.#batch === 0 && at === this.#plan.from) this.#startMeasuring(at);
      else if (this.#batch > 0 && at === this.#batchEnd()) this.#cutBatch(at);
      const nextBatch = this.#batch === 0 ? this.#plan.from : this.#batch <= BATCHES ? this.#batchEnd() : Infinity;
      const nextWindow = this.#plan.window > 0 ? this.#windowStart + this.#plan.window : Infinity;
      this.boundary = Math.min(nextBatch, nextWindow);
    }
  }

  /** Brings everything up to the end of the run. */
  close(now: number): void {
    this.#cutUpTo(now);
    for (const watched of this.#levels) watched.level.set(now, watched.level.value);
    if (this.#plan.window > 0 && now > this.#windowStart) this.#cutWindow(now);
  }

  /** All measures by name. @param now where the run ended, in ticks. */
  measures(now: number): { measures: Record<string, JudgedEstimate>; units: Record<string, MeasureUnit> } {
    const measures: Record<string, JudgedEstimate> = {};
    const units: Record<string, MeasureUnit> = {};
    const { ticks, from } = this.#plan;
    const span = now - from;
    const measuring = this.#batch > 0 && span > 0;
    for (const { name, level, scale, isShare, batches, atStart } of this.#levels) {
      const value = measuring ? (level.area - atStart) / span / scale : null;
      const key = isShare ? name : `${name}.mean`;
      const means = batches.map((area, i) => area / this.#widths[i]! / scale);
      measures[key] = estimateFromBatches(value, means, batches.length);
      units[key] = isShare ? 'share' : 'number';
    }
    for (const { name, tally, batches, atStart, measuredMax } of this.#tallies) {
      const samples = measuring ? tally.count - atStart.count : 0;
      const any = samples > 0;
      const whole = estimateFromBatches(
        any ? (tally.sum - atStart.sum) / samples / ticks : null,
        batches.map((batch) => batch / ticks),
        samples,
      );
      measures[`${name}.mean`] = whole;
      units[`${name}.mean`] = 'time';
      const alone = (value: number | null, enough: boolean) => ({
        value,
        halfWidth: null,
        enough,
        samples,
        memory: whole.memory,
      });
      for (const [quantile, q] of QUANTILES) {
        const value = any ? tally.histogram.quantile(q) : null;
        const enough = whole.memory <= LONGEST_MEMORY && samples * (1 - q) >= FEWEST_BEYOND;
        measures[`${name}.${quantile}`] = alone(value === null ? null : value / ticks, enough);
        units[`${name}.${quantile}`] = 'time';
      }
      measures[`${name}.max`] = alone(any ? Math.max(measuredMax, tally.max) / ticks : null, any);
      units[`${name}.max`] = 'time';
      // the second moment, in squared units of time: what tells disciplines with one mean apart
      const square = any ? (tally.squares - atStart.squares) / samples / ticks / ticks : null;
      measures[`${name}.meanSquare`] = alone(square, whole.enough);
      units[`${name}.meanSquare`] = 'number';
    }
    for (const { name, unit, count, of, batches, atStart, ofAtStart } of this.#counts) {
      const seen = count.total - atStart;
      const base = of === null ? 0 : of.total - ofAtStart;
      const value = !measuring
        ? null
        : unit === 'count'
          ? seen
          : unit === 'rate'
            ? (seen / span) * ticks
            : base > 0
              ? seen / base
              : null;
      const estimate = estimateFromBatches(value, batches, of === null ? seen : base);
      // a count is exact: what happened, happened
      measures[name] = unit === 'count' ? { ...estimate, halfWidth: null, enough: true, memory: 0 } : estimate;
      units[name] = unit;
    }
    return { measures, units };
  }

  /** Readings per window by name; a mean over no requests is NaN. */
  windows(): { ticks: number; count: number; columns: Record<string, Float64Array> } {
    const columns: Record<string, Float64Array> = {};
    for (const { name, scale, windows } of this.#levels)
      columns[name] = Float64Array.from(windows, (mean) => mean / scale);
    for (const { name, windowMeans, windowMaxima } of this.#tallies) {
      columns[`${name}.mean`] = Float64Array.from(windowMeans, (mean) => mean / this.#plan.ticks);
      columns[`${name}.max`] = Float64Array.from(windowMaxima, (max) => max / this.#plan.ticks);
    }
    for (const { name, unit, windows } of this.#counts)
      if (unit === 'count') columns[name] = Float64Array.from(windows);
    return { ticks: this.#plan.window, count: this.#window, columns };
  }

  /** For each counted level: the share of the measured span that it stood at 0, 1, 2, …; without the zeros at the end. */
  timeShares(): Record<string, number[]> {
    const shares: Record<string, number[]> = {};
    for (const { name, level } of this.#levels) {
      if (!(level instanceof CountedLevel)) continue;
      let total = 0;
      let last = 0;
      for (const [value, ticks] of level.ticksAt.entries()) {
        total += ticks;
        if (ticks > 0) last = value;
      }
      const measured = this.#batch > 0 && total > 0;
      shares[name] = !measured ? [] : Array.from(level.ticksAt.subarray(0, last + 1), (ticks) => ticks / total);
    }
    return shares;
  }

  #batchEnd(): number {
    const { from, to } = this.#plan;
    return this.#batch >= BATCHES ? to : from + Math.round(((to - from) * this.#batch) / BATCHES);
  }

  #startMeasuring(now: number): void {
    this.#batch = 1;
    for (const watched of this.#levels) {
      watched.level.set(now, watched.level.value);
      if (watched.level instanceof CountedLevel) watched.level.ticksAt.fill(0);
      watched.atStart = watched.atBatch = watched.level.area;
    }
    for (const watched of this.#tallies) {
      const { tally } = watched;
      tally.histogram = new Histogram();
      watched.windowMax = tally.max;
      tally.max = 0;
      watched.atStart = watched.atBatch = read(tally);
    }
    for (const watched of this.#counts) {
      watched.atStart = watched.atBatch = watched.count.total;
      if (watched.of !== null) watched.ofAtStart = watched.ofAtBatch = watched.of.total;
    }
  }

  #cutBatch(now: number): void {
    const width = now - this.#batchStart;
    this.#widths.push(width);
    for (const watched of this.#levels) {
      watched.level.set(now, watched.level.value);
      watched.batches.push(watched.level.area - watched.atBatch);
      watched.atBatch = watched.level.area;
    }
    for (const watched of this.#tallies) {
      const { tally, atBatch } = watched;
      if (tally.count > atBatch.count) watched.batches.push((tally.sum - atBatch.sum) / (tally.count - atBatch.count));
      watched.atBatch = read(tally);
    }
    for (const watched of this.#counts) {
      const seen = watched.count.total - watched.atBatch;
      watched.atBatch = watched.count.total;
      if (watched.of === null) watched.batches.push((seen / width) * this.#plan.ticks);
      else {
        const base = watched.of.total - watched.ofAtBatch;
        watched.ofAtBatch = watched.of.total;
        if (base > 0) watched.batches.push(seen / base);
      }
    }
    this.#batchStart = now;
    this.#batch++;
  }

  #cutWindow(now: number): void {
    const width = now - this.#windowStart;
    for (const watched of this.#levels) {
      watched.level.set(now, watched.level.value);
      watched.windows.push((watched.level.area - watched.atWindow) / width);
      watched.atWindow = watched.level.area;
    }
    for (const watched of this.#tallies) {
      const { tally, atWindow } = watched;
      const count = tally.count - atWindow.count;
      watched.windowMeans.push(count > 0 ? (tally.sum - atWindow.sum) / count : NaN);
      watched.windowMaxima.push(count > 0 ? Math.max(watched.windowMax, tally.max) : NaN);
      watched.windowMax = 0;
      if (this.#batch > 0) watched.measuredMax = Math.max(watched.measuredMax, tally.max);
      tally.max = 0;
      watched.atWindow = read(tally);
    }
    for (const watched of this.#counts) {
      watched.windows.push(watched.count.total - watched.atWindow);
      watched.atWindow = watched.count.total;
    }
    this.#windowStart = now;
    this.#window++;
  }
}

function read({ count, sum, squares }: Tally): Reading {
  return { count, sum, squares };
}
