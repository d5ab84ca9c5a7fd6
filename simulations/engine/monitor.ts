/**
 * What is watched while a run goes on: levels (a number that holds until it changes), tallies (one value a request) and
 * counts. Each is kept over the measured span, per batch of it, and, when a trace is wanted, per window of the run.
 * It knows names, not parts.
 */
import { Histogram } from './histogram.ts';
import { BATCHES, estimateFromBatches, estimateOfQuantile, type JudgedEstimate } from './statistics.ts';
import type { MeasureUnit } from './run.ts';

/** Quantiles that every tally reports, by the name they bear in a measure. */
const QUANTILES = [
  ['p50', 0.5],
  ['p90', 0.9],
  ['p95', 0.95],
  ['p99', 0.99],
  ['p999', 0.999],
] as const;

/** A number that holds until it changes, such as how many wait. */
export class Level {
  value = 0;
  /** Sum of value × ticks since time 0, as far as it has been brought up to date. */
  area = 0;
  /** The greatest since somebody last set it back to the present value. */
  max = 0;
  protected since = 0;

  /** Changes the number. @param now in ticks, never before an earlier call's. */
  set(now: number, value: number): void {
    this.area += this.value * (now - this.since);
    this.since = now;
    this.value = value;
    if (value > this.max) this.max = value;
  }

  /** Reads the area up to now and leaves it where it is: whoever only looks may not round the sum elsewhere. */
  areaSeenAt(now: number): number {
    return this.area + this.value * (now - this.since);
  }

  /** Brings the area up to now and reads it. */
  areaAt(now: number): number {
    this.set(now, this.value);
    return this.area;
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
    if (value > this.max) this.max = value;
  }
}

/** The values of one class of requests. Sums run from time 0; whoever reads takes differences. */
export class TallyCell {
  count = 0;
  sum = 0;
  squares = 0;
  /** The greatest since a window was last cut. */
  max = 0;
  /** The greatest of the present window before measuring began, and the greatest of the measured windows before it. */
  unmeasuredMax = 0;
  measuredMax = 0;
  /** Made new when the measured span begins; absent where only the mean is wanted. */
  histogram: Histogram | null;

  constructor(withHistogram: boolean) {
    this.histogram = withHistogram ? new Histogram() : null;
  }

  add(ticks: number): void {
    this.count++;
    this.sum += ticks;
    this.squares += ticks * ticks;
    if (ticks > this.max) this.max = ticks;
    if (this.histogram !== null) this.histogram.add(ticks);
  }
}

/** What says how often something has happened since time 0, by class. */
export interface Counted {
  readonly classes: number;
  of(cls: number): number;
  /** Of all classes. */
  readonly total: number;
}

/**
 * One value a request, such as its response time, in ticks, kept by class; what holds for all is added up when read.
 * It is counted, too: how many values there were.
 */
export class Tally implements Counted {
  readonly cells: TallyCell[];

  constructor(classes: number, withHistogram: boolean) {
    this.cells = Array.from({ length: classes }, () => new TallyCell(withHistogram));
  }

  add(cls: number, ticks: number): void {
    this.cells[cls]!.add(ticks);
  }

  get classes(): number {
    return this.cells.length;
  }

  of(cls: number): number {
    return this.cells[cls]!.count;
  }

  get total(): number {
    return totalOf(this);
  }
}

/** How often something happened, by class; what holds for all is added up when read. */
export class Count implements Counted {
  /** Since time 0. */
  readonly cells: Float64Array;

  constructor(classes = 1) {
    this.cells = new Float64Array(classes);
  }

  /** Counts one. */
  add(cls: number): void {
    this.cells[cls]!++;
  }

  get classes(): number {
    return this.cells.length;
  }

  of(cls: number): number {
    return this.cells[cls]!;
  }

  get total(): number {
    return totalOf(this);
  }
}

function totalOf(counted: Omit<Counted, 'total'>): number {
  let sum = 0;
  for (let cls = 0; cls < counted.classes; cls++) sum += counted.of(cls);
  return sum;
}

/** How far a tally had come at some moment. */
interface Reading {
  count: number;
  sum: number;
  squares: number;
}

interface WatchedLevel {
  name: string;
  level: Level;
  /** What its mean is divided by: a number, or the mean of another level. */
  over: number | Level;
  isShare: boolean;
  batches: number[];
  atStart: number;
  atBatch: number;
  overAtStart: number;
  overAtBatch: number;
  windows: number[];
  atWindow: number;
  overAtWindow: number;
}
interface WatchedTally {
  /** How many values each batch has. */
  weights: number[];
  name: string;
  /** `@class` for one class, else empty. */
  suffix: string;
  unit: MeasureUnit;
  cells: readonly TallyCell[];
  atStart: Reading;
  atBatch: Reading;
  atWindow: Reading;
  batches: number[];
  windowMeans: number[];
  windowMaxima: number[];
}
interface WatchedCount {
  /** What each batch's share is of. */
  weights: number[];
  name: string;
  suffix: string;
  unit: 'count' | 'rate' | 'share' | 'number';
  /** The class that is read, or -1 for all. */
  cls: number;
  /** For a share or a quotient: what it is of. */
  of: Counted | null;
  count: Counted;
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
  /** Names of the classes of requests. */
  classes: readonly string[];
}

export class Monitor {
  /** When something is due to be cut; the run loop calls `pass` before anything that happens at or after it. */
  boundary: number;

  #plan: SpanPlan;
  #levels: WatchedLevel[] = [];
  #tallies: WatchedTally[] = [];
  #counts: WatchedCount[] = [];
  #cells: TallyCell[] = [];
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

  /** Watches a level; its mean over time becomes the measure `name.mean`, its greatest `name.max`, its value at the end `name.last`. */
  level(name: string): Level {
    return this.#watch(name, new Level(), 1, false);
  }

  /** A level whose shares of time at each value are kept too (see `timeShares`); it also has `name.variance`. */
  countedLevel(name: string): CountedLevel {
    const level = new CountedLevel();
    this.#watch(name, level, 1, false);
    return level;
  }

  /** The same level seen as a share of a number, or of another level's mean: the measure `name`. */
  share(name: string, level: Level, whole: number | Level): void {
    this.#watch(name, level, whole, true);
  }

  #watch(name: string, level: Level, over: number | Level, isShare: boolean): Level {
    this.#levels.push({
      name,
      level,
      over,
      isShare,
      batches: [],
      atStart: 0,
      atBatch: 0,
      overAtStart: 0,
      overAtBatch: 0,
      windows: [],
      atWindow: 0,
      overAtWindow: 0,
    });
    return level;
  }

  /** One value a request: `name.mean`, quantiles, `name.max`; for each class too where there are several. */
  tally(name: string): Tally {
    return this.#tally(name, true);
  }

  /** As `tally`, without quantiles: half the cost. What has no unit of time is added in ticks all the same, as ratio × ticks. */
  meanTally(name: string, unit: MeasureUnit = 'time'): Tally {
    return this.#tally(name, false, unit);
  }

  #tally(name: string, withHistogram: boolean, unit: MeasureUnit = 'time'): Tally {
    const { classes } = this.#plan;
    const tally = new Tally(Math.max(1, classes.length), withHistogram);
    this.#cells.push(...tally.cells);
    const watch = (suffix: string, cells: readonly TallyCell[]): void => {
      const atStart = { count: 0, sum: 0, squares: 0 };
      this.#tallies.push({
        name,
        suffix,
        unit,
        cells,
        atStart,
        atBatch: atStart,
        atWindow: atStart,
        batches: [],
        weights: [],
        windowMeans: [],
        windowMaxima: [],
      });
    };
    watch('', tally.cells);
    if (classes.length > 1) for (const [i, id] of classes.entries()) watch(`@${id}`, [tally.cells[i]!]);
    return tally;
  }

  /** A new count for every class, to be handed to `count`. */
  counter(): Count {
    return new Count(Math.max(1, this.#plan.classes.length));
  }

  /**
   * Reads a count as a measure: how many (`count`), how many per unit of time (`rate`), or over another count (`share`,
   * or `number` where it may be above 1). @param byClass whether each class has its own measure, too.
   */
  count<Kind extends Counted = Count>(
    name: string,
    unit: 'count' | 'rate' | 'share' | 'number',
    count: Kind = new Count() as Counted as Kind,
    of: Counted | null = null,
    byClass = false,
  ): Kind {
    const { classes } = this.#plan;
    const watch = (suffix: string, cls: number): void =>
      void this.#counts.push({
        name,
        suffix,
        unit,
        cls,
        of,
        count,
        batches: [],
        weights: [],
        atBatch: 0,
        ofAtBatch: 0,
        atStart: 0,
        ofAtStart: 0,
        windows: [],
        atWindow: 0,
      });
    watch('', -1);
    if (byClass && classes.length > 1) for (const [i, id] of classes.entries()) watch(`@${id}`, i);
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
    for (const { level, over } of this.#levels) {
      level.areaAt(now);
      if (typeof over !== 'number') over.areaAt(now);
    }
    if (this.#plan.window > 0 && now > this.#windowStart) this.#cutWindow(now);
  }

  /** All measures by name. @param now where the run ended, in ticks. */
  measures(now: number): { measures: Record<string, JudgedEstimate>; units: Record<string, MeasureUnit> } {
    const measures: Record<string, JudgedEstimate> = {};
    const units: Record<string, MeasureUnit> = {};
    const { from } = this.#plan;
    const span = now - from;
    const measuring = this.#batch > 0 && span > 0;
    const put = (key: string, unit: MeasureUnit, estimate: JudgedEstimate): void => {
      measures[key] = estimate;
      units[key] = unit;
    };
    for (const watched of this.#levels) this.#readLevel(watched, span, measuring, put);
    for (const watched of this.#tallies) this.#readTally(watched, measuring, put);
    for (const watched of this.#counts) this.#readCount(watched, span, measuring, put);
    return { measures, units };
  }

  #readLevel(watched: WatchedLevel, span: number, measuring: boolean, put: Put): void {
    const { name, level, over, isShare, batches, atStart, overAtStart } = watched;
    const whole = typeof over === 'number' ? over * span : over.area - overAtStart;
    const value = measuring && whole > 0 ? (level.area - atStart) / whole : null;
    const mean = estimateFromBatches(value, batches, batches.length);
    if (isShare) {
      put(name, 'share', mean);
      return;
    }
    put(`${name}.mean`, 'number', mean);
    // what the level reached and where it ended is what it is: there is nothing to estimate
    const exact = (reading: number) => ({ value: reading, halfWidth: null, enough: true, samples: 1, memory: 0 });
    put(`${name}.max`, 'number', exact(level.max));
    put(`${name}.last`, 'number', exact(level.value));
    if (!(level instanceof CountedLevel)) return;
    put(`${name}.variance`, 'number', {
      ...mean,
      value: measuring ? varianceOf(level.ticksAt) : null,
      halfWidth: null,
    });
  }

  #readTally(
    { name, suffix, unit, cells, atStart, batches, weights }: WatchedTally,
    measuring: boolean,
    put: Put,
  ): void {
    const { ticks } = this.#plan;
    const now = read(cells);
    const samples = measuring ? now.count - atStart.count : 0;
    const any = samples > 0;
    const whole = estimateFromBatches(
      any ? (now.sum - atStart.sum) / samples / ticks : null,
      batches.map((batch) => batch / ticks),
      samples,
      weights,
    );
    put(`${name}.mean${suffix}`, unit, whole);
    const alone = (value: number | null, enough: boolean) => ({
      value,
      halfWidth: null,
      enough,
      samples,
      memory: whole.memory,
    });
    if (cells[0]!.histogram !== null) {
      const values = any ? quantilesOf(cells) : null;
      for (const [i, [quantile, q]] of QUANTILES.entries()) {
        const value = values === null ? null : values[i]!;
        put(
          `${name}.${quantile}${suffix}`,
          'time',
          estimateOfQuantile(value === null ? null : value / ticks, q, samples, whole.memory),
        );
      }
    }
    let max = 0;
    for (const cell of cells) max = Math.max(max, cell.max, cell.measuredMax);
    put(`${name}.max${suffix}`, unit, alone(any ? max / ticks : null, any));
    // the second moment, in squared units of time: what tells disciplines with one mean apart
    const square = any ? (now.squares - atStart.squares) / samples / ticks / ticks : null;
    put(`${name}.meanSquare${suffix}`, 'number', alone(square, whole.enough));
  }

  #readCount(watched: WatchedCount, span: number, measuring: boolean, put: Put): void {
    const { name, suffix, unit, of, batches, weights, atStart, ofAtStart } = watched;
    const seen = countOf(watched) - atStart;
    const base = of === null ? 0 : baseOf(watched) - ofAtStart;
    const value = !measuring
      ? null
      : unit === 'count'
        ? seen
        : unit === 'rate'
          ? (seen / span) * this.#plan.ticks
          : base > 0
            ? seen / base
            : null;
    const estimate = estimateFromBatches(value, batches, of === null ? seen : base, of === null ? undefined : weights);
    // a count is exact: what happened, happened
    put(
      `${name}${suffix}`,
      unit,
      unit === 'count' ? { ...estimate, halfWidth: null, enough: true, memory: 0 } : estimate,
    );
  }

  /** Readings per window by name; a mean over no requests is NaN. */
  windows(): { ticks: number; count: number; columns: Record<string, Float64Array> } {
    const columns: Record<string, Float64Array> = {};
    for (const { name, windows } of this.#levels) columns[name] = Float64Array.from(windows);
    for (const { name, suffix, windowMeans, windowMaxima } of this.#tallies) {
      columns[`${name}.mean${suffix}`] = Float64Array.from(windowMeans, (mean) => mean / this.#plan.ticks);
      columns[`${name}.max${suffix}`] = Float64Array.from(windowMaxima, (max) => max / this.#plan.ticks);
    }
    for (const { name, suffix, unit, windows } of this.#counts)
      if (unit === 'count') columns[`${name}${suffix}`] = Float64Array.from(windows);
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
      const { level, over } = watched;
      watched.atStart = watched.atBatch = level.areaAt(now);
      if (typeof over !== 'number') watched.overAtStart = watched.overAtBatch = over.areaAt(now);
      level.max = level.value;
      if (level instanceof CountedLevel) level.ticksAt.fill(0);
    }
    for (const cell of this.#cells) {
      if (cell.histogram !== null) cell.histogram = new Histogram();
      cell.unmeasuredMax = cell.max;
      cell.max = 0;
    }
    for (const watched of this.#tallies) watched.atStart = watched.atBatch = read(watched.cells);
    for (const watched of this.#counts) {
      watched.atStart = watched.atBatch = countOf(watched);
      watched.ofAtStart = watched.ofAtBatch = baseOf(watched);
    }
  }

  #cutBatch(now: number): void {
    const width = now - this.#batchStart;
    this.#widths.push(width);
    for (const watched of this.#levels) {
      const { level, over } = watched;
      const area = level.areaAt(now);
      const overArea = typeof over === 'number' ? 0 : over.areaAt(now);
      const whole = typeof over === 'number' ? over * width : overArea - watched.overAtBatch;
      if (whole > 0) watched.batches.push((area - watched.atBatch) / whole);
      watched.atBatch = area;
      watched.overAtBatch = overArea;
    }
    for (const watched of this.#tallies) {
      const { atBatch } = watched;
      const reading = read(watched.cells);
      const count = reading.count - atBatch.count;
      watched.batches.push(count > 0 ? (reading.sum - atBatch.sum) / count : 0);
      watched.weights.push(count);
      watched.atBatch = reading;
    }
    for (const watched of this.#counts) {
      const total = countOf(watched);
      const seen = total - watched.atBatch;
      watched.atBatch = total;
      if (watched.of === null) watched.batches.push((seen / width) * this.#plan.ticks);
      else {
        const base = baseOf(watched);
        const weight = base - watched.ofAtBatch;
        watched.batches.push(weight > 0 ? seen / weight : 0);
        watched.weights.push(weight);
        watched.ofAtBatch = base;
      }
    }
    this.#batchStart = now;
    this.#batch++;
  }

  #cutWindow(now: number): void {
    const width = now - this.#windowStart;
    for (const watched of this.#levels) {
      const { level, over } = watched;
      const area = level.areaSeenAt(now);
      const overArea = typeof over === 'number' ? 0 : over.areaSeenAt(now);
      const whole = typeof over === 'number' ? over * width : overArea - watched.overAtWindow;
      watched.windows.push(whole > 0 ? (area - watched.atWindow) / whole : 0);
      watched.atWindow = area;
      watched.overAtWindow = overArea;
    }
    for (const watched of this.#tallies) {
      const { atWindow } = watched;
      const reading = read(watched.cells);
      const count = reading.count - atWindow.count;
      let max = 0;
      for (const cell of watched.cells) max = Math.max(max, cell.max, cell.unmeasuredMax);
      watched.windowMeans.push(count > 0 ? (reading.sum - atWindow.sum) / count : NaN);
      watched.windowMaxima.push(count > 0 ? max : NaN);
      watched.atWindow = reading;
    }
    for (const cell of this.#cells) {
      if (this.#batch > 0) cell.measuredMax = Math.max(cell.measuredMax, cell.max);
      cell.max = 0;
      cell.unmeasuredMax = 0;
    }
    for (const watched of this.#counts) {
      const total = countOf(watched);
      watched.windows.push(total - watched.atWindow);
      watched.atWindow = total;
    }
    this.#windowStart = now;
    this.#window++;
  }
}

type Put = (key: string, unit: MeasureUnit, estimate: JudgedEstimate) => void;

function read(cells: readonly TallyCell[]): Reading {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (const cell of cells) {
    count += cell.count;
    sum += cell.sum;
    squares += cell.squares;
  }
  return { count, sum, squares };
}

function countOf({ count, cls }: WatchedCount): number {
  return cls < 0 ? count.total : count.of(cls);
}

function baseOf({ of, cls }: WatchedCount): number {
  return of === null ? 0 : cls < 0 || of.classes === 1 ? of.total : of.of(cls);
}

function quantilesOf(cells: readonly TallyCell[]): (number | null)[] {
  let all = cells[0]!.histogram!;
  if (cells.length > 1) {
    all = new Histogram();
    for (const { histogram } of cells) all.merge(histogram!);
  }
  return all.quantiles(QUANTILES.map(([, q]) => q));
}

/** Variance over time of a level from how long it stood at each value. The last cell holds all above: it counts as 255. */
function varianceOf(ticksAt: Float64Array): number {
  let total = 0;
  let sum = 0;
  let squares = 0;
  for (const [value, ticks] of ticksAt.entries()) {
    total += ticks;
    sum += value * ticks;
    squares += value * value * ticks;
  }
  const mean = sum / total;
  return total > 0 ? squares / total - mean * mean : 0;
}
