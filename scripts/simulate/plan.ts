/**
 * The command line of `simulate` as a plan: every option, what it takes, and what it means. It reads no file and runs nothing.
 */
import { parseArgs, type ParseArgsOptionDescriptor } from 'node:util';
import type { Input } from '../../simulations/index.ts';
import { Complaint, suggestion } from './complaint.ts';

interface Option {
  /** What stands after it; null for a switch. */
  takes: string | null;
  repeats?: boolean;
  says: string;
}

/** Every option, in the order in which the help prints them. */
export const options = {
  design: { takes: 'ID', says: 'run this design; the first one when left out' },
  seed: { takes: 'N', says: "whose luck, 0 to 4294967295; the scenario's own when left out" },
  replications: {
    takes: 'N',
    says: 'runs, each with its own luck under the seed, 1 to 10000; 1 when left out, 10 with --compare',
  },
  until: { takes: 'T', says: 'stop at this time and show what was measured by then' },
  horizon: { takes: 'T', says: 'make the run longer or shorter than the scenario plans' },
  set: { takes: 'DIAL=VALUE', repeats: true, says: 'turn a dial' },
  input: { takes: 'WHAT@TIME', repeats: true, says: 'break, mend or turn something while the run goes on: see below' },
  sweep: { takes: 'DIAL=A..B[/STEP]', says: 'also run once for each value of a dial' },
  compare: { takes: 'A,B[,…]', says: 'compare designs with the first of them, in pairs of runs with the same luck' },
  factors: {
    takes: 'A,B[,…]',
    says: 'run every mixture of these dials at their ends, and say how much of the variance each makes; 10 runs of each when --replications is left out',
  },
  measure: { takes: 'NAME', repeats: true, says: 'show this measure, such as server.response.p99' },
  all: { takes: null, says: 'show every measure, also those that are 0, and every reason for which something failed' },
  json: { takes: null, says: 'print JSON, the same bytes for the same question' },
  trace: { takes: 'FILE', says: 'write all that happened in the first run to a file, as JSON' },
  events: { takes: 'N', says: "stop a run after this many events; the machine's own bound when left out" },
  seconds: { takes: 'N', says: 'stop between two runs when this much time has passed; 60 when left out' },
  export: { takes: 'SCENARIO', says: 'print a scenario of the course as JSON, with every default filled in' },
  schema: { takes: null, says: 'print the JSON Schema of scenario files' },
  list: { takes: null, says: 'print the scenarios of the course' },
  help: { takes: null, says: 'print this' },
} satisfies Record<string, Option>;

export type OptionName = keyof typeof options;

/** One dial, and the values it takes one after the other. */
export interface SweepRange {
  dial: string;
  from: number;
  to: number;
  /** The dial's own step when left out. */
  step: number | undefined;
}

export type Plan =
  | { does: 'help' | 'schema' | 'list' }
  | { does: 'export'; scenario: string }
  | {
      does: 'run';
      file: string;
      design: string | undefined;
      seed: number | undefined;
      replications: number;
      until: number | undefined;
      horizon: number | undefined;
      dials: Record<string, number>;
      inputs: Input[];
      sweep: SweepRange | undefined;
      /** Designs that are compared with the first of them; none, or at least two. */
      compare: string[];
      /** Dials whose mixtures are all run; none, or at least one. */
      factors: string[];
      measures: string[];
      all: boolean;
      json: boolean;
      trace: string | undefined;
      maxEvents: number | undefined;
      seconds: number;
    };

export type RunPlan = Extract<Plan, { does: 'run' }>;

/** @throws Complaint for an option that does not exist or a value that cannot be. */
export function planOf(args: string[]): Plan {
  const given = read(args);
  const has = (name: OptionName) => given.values.has(name);
  const one = (name: OptionName): string | undefined => given.values.get(name)?.at(-1);
  const all = (name: OptionName): string[] => given.values.get(name) ?? [];
  if (has('help')) return { does: 'help' };
  if (has('schema')) return { does: 'schema' };
  if (has('list')) return { does: 'list' };
  const exported = one('export');
  if (exported !== undefined) return { does: 'export', scenario: exported };
  const [file, ...rest] = given.files;
  if (file === undefined)
    throw new Complaint('Which scenario? Give a file, the id of a scenario (see --list), or - for standard input.');
  if (rest.length > 0) throw new Complaint(`One scenario at a time: ${file} and ${rest.join(', ')} were given.`);
  const whole = (name: OptionName, least: number, most: number) =>
    has(name) ? wholeNumber(`--${name}`, one(name)!, least, most) : undefined;
  const above0 = (name: OptionName) => (has(name) ? positive(`--${name}`, one(name)!) : undefined);
  const compare = has('compare') ? designsOf(one('compare')!) : [];
  for (const name of ['design', 'sweep', 'trace'] as const)
    if (compare.length > 0 && has(name)) throw new Complaint(`--compare and --${name} do not go together.`);
  const factors = has('factors') ? dialsNamed(one('factors')!) : [];
  for (const name of ['compare', 'sweep', 'trace', 'input', 'until', 'horizon'] as const)
    if (factors.length > 0 && has(name)) throw new Complaint(`--factors and --${name} do not go together.`);
  return {
    does: 'run',
    file,
    design: one('design'),
    seed: whole('seed', 0, 4294967295),
    replications: whole('replications', 1, 10_000) ?? (compare.length + factors.length > 0 ? 10 : 1),
    until: above0('until'),
    horizon: above0('horizon'),
    dials: dialsOf(all('set')),
    inputs: all('input').map(inputOf),
    sweep: has('sweep') ? sweepOf(one('sweep')!) : undefined,
    compare,
    factors,
    measures: all('measure'),
    all: has('all'),
    json: has('json'),
    trace: one('trace'),
    maxEvents: whole('events', 1, 200_000_000),
    seconds: above0('seconds') ?? 60,
  };
}

function read(args: string[]): { files: string[]; values: Map<OptionName, string[]> } {
  const known: Record<string, ParseArgsOptionDescriptor> = {};
  for (const [name, { takes }] of Object.entries<Option>(options))
    known[name] = { type: takes === null ? 'boolean' : 'string', multiple: true };
  // not strict: the messages are ours
  const { tokens } = parseArgs({ args, options: known, strict: false, allowPositionals: true, tokens: true });
  const files: string[] = [];
  const values = new Map<OptionName, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') files.push(token.value);
    if (token.kind !== 'option') continue;
    if (!Object.hasOwn(options, token.name))
      throw new Complaint(
        `There is no option ${token.rawName}.${suggestion(token.name, Object.keys(options), '--') || ' See --help.'}`,
      );
    const name = token.name as OptionName;
    const option: Option = options[name];
    const { takes } = option;
    if (takes === null && token.value !== undefined)
      throw new Complaint(`--${name} takes no value, and got ${quoted(token.value)}.`);
    // parseArgs hands a following option over as the value: nobody means that
    if (takes !== null && (token.value === undefined || (!token.inlineValue && /^--?[a-z]/.test(token.value))))
      throw new Complaint(`--${name} takes a value: --${name} ${takes}.`);
    const before = values.get(name) ?? [];
    if (takes !== null && before.length > 0 && !option.repeats)
      throw new Complaint(`--${name} was given twice: ${quoted(before[0]!)} and ${quoted(token.value!)}.`);
    values.set(name, [...before, token.value ?? '']);
  }
  return { files, values };
}

/** A text as it was given, short enough to print, and without what could steer a terminal. */
export function quoted(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 57)}…` : text;
  return JSON.stringify(short);
}

/** @throws Complaint unless the text is a decimal number. */
function numberOf(what: string, text: string): number {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  if (!Number.isFinite(value))
    throw new Complaint(`${what}: ${quoted(text)} is no number; a number such as 8 or 0.05.`);
  return value;
}

function positive(what: string, text: string): number {
  const value = numberOf(what, text);
  if (value <= 0) throw new Complaint(`${what}: ${quoted(text)} is not above 0.`);
  return value;
}

function wholeNumber(what: string, text: string, least: number, most: number): number {
  const value = numberOf(what, text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Complaint(`${what}: ${quoted(text)} is not a whole number from ${least} to ${most}.`);
  return value;
}

function dialsOf(texts: string[]): Record<string, number> {
  const dials = new Map<string, number>();
  for (const text of texts) {
    const [, dial, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (dial === undefined || value === undefined)
      throw new Complaint(`--set: ${quoted(text)} does not read like DIAL=VALUE, such as arrivalRate=9.`);
    if (dials.has(dial)) throw new Complaint(`--set: the dial ${quoted(dial)} is turned twice.`);
    dials.set(dial, numberOf(`--set ${dial}`, value));
  }
  return Object.fromEntries(dials);
}

function inputOf(text: string): Input {
  const [, what, when] = /^([^@]+)@([^@]+)$/.exec(text) ?? [];
  if (what === undefined || when === undefined)
    throw new Complaint(
      `--input: ${quoted(text)} does not read like FAULT@TIME, FAULT@TIME:DURATION, mend:FAULT@TIME or DIAL=VALUE@TIME, such as pause@100:20.`,
    );
  const [, mend] = /^mend:(.+)$/.exec(what) ?? [];
  if (mend !== undefined) return { mend, at: numberOf(`--input mend:${mend}`, when) };
  const [, dial, value] = /^([^=]+)=(.+)$/.exec(what) ?? [];
  if (dial !== undefined && value !== undefined)
    return { dial, value: numberOf(`--input ${dial}`, value), at: numberOf(`--input ${dial}`, when) };
  const fault = what;
  const [, at, duration] = /^([^:]*)(?::(.*))?$/.exec(when)!;
  const input: Extract<Input, { fault: string }> = { fault, at: numberOf(`--input ${fault}`, at!) };
  if (duration !== undefined) input.duration = positive(`--input ${fault}`, duration);
  return input;
}

function designsOf(text: string): string[] {
  const designs = text.split(',').map((design) => design.trim());
  if (designs.length < 2 || designs.includes(''))
    throw new Complaint(`--compare: ${quoted(text)} does not read like A,B, such as one,two.`);
  const twice = designs.find((design, i) => designs.indexOf(design) < i);
  if (twice !== undefined) throw new Complaint(`--compare: ${quoted(twice)} stands twice.`);
  return designs;
}

function dialsNamed(text: string): string[] {
  const dials = text.split(',').map((dial) => dial.trim());
  if (dials.includes(''))
    throw new Complaint(`--factors: ${quoted(text)} does not read like A,B, such as joint,portal.`);
  const twice = dials.find((dial, i) => dials.indexOf(dial) < i);
  if (twice !== undefined) throw new Complaint(`--factors: ${quoted(twice)} stands twice.`);
  return dials;
}

function sweepOf(text: string): SweepRange {
  const [, dial, from, to, step] = /^([^=]+)=(.+?)\.\.([^/]+?)(?:\/(.+))?$/.exec(text) ?? [];
  if (dial === undefined || from === undefined || to === undefined)
    throw new Complaint(
      `--sweep: ${quoted(text)} does not read like DIAL=A..B or DIAL=A..B/STEP, such as arrivalRate=1..9/0.5.`,
    );
  const what = `--sweep ${dial}`;
  return {
    dial,
    from: numberOf(what, from),
    to: numberOf(what, to),
    step: step === undefined ? undefined : positive(what, step),
  };
}

/** Most points of a sweep. */
const MOST_POINTS = 1000;

/** The values of a sweep, from `from` to `to` inclusive. @param step the dial's own, for a range that names none. */
export function valuesOf({ dial, from, to, step }: SweepRange, ownStep: number): number[] {
  const distance = step ?? ownStep;
  if (to < from) throw new Complaint(`--sweep ${dial}: ${from}..${to} runs backwards.`);
  // a little more than the whole, so that 0.1..0.3/0.1 has its last point
  const count = Math.floor((to - from) / distance + 1e-9) + 1;
  if (count > MOST_POINTS)
    throw new Complaint(`--sweep ${dial}: ${count} points; at most ${MOST_POINTS}, so take a longer step.`);
  // twelve digits: 0.1 + 2 × 0.1 is to be 0.3
  return Array.from({ length: count }, (_, i) => Number((from + i * distance).toPrecision(12)));
}

/** The help, made of the table of options. @param kinds the kinds of parts, each with a sentence. */
export function help(kinds: Record<string, string>): string {
  const lines = Object.entries<Option>(options).map(([name, { takes, repeats, says }]) => {
    const left = `  --${name}${takes === null ? '' : ` ${takes}`}${repeats ? ' …' : ''}`;
    return `${left.padEnd(36)} ${says}`;
  });
  return [
    'npm run -s simulate -- SCENARIO [options]',
    '',
    'Runs a scenario and prints what was measured. SCENARIO is a JSON file (docs/scenario-format.md), the id of one of',
    "the course's scenarios, or - for standard input. Times are in the scenario's own unit.",
    '',
    ...lines,
    '',
    'What --input takes, as often as you like:',
    '',
    '  pause@100        the fault `pause` begins at 100 and lasts as long as the scenario says',
    '  pause@100:20     the same for 20',
    '  mend:pause@110   whatever is broken by `pause` is mended at 110',
    '  rate=9@200       the dial `rate` is turned to 9 at 200, where it may be turned while a run goes on',
    '',
    'A scenario is made of parts, of these kinds (--schema has every setting of each):',
    '',
    ...Object.entries(kinds).map(([kind, says]) => `  ${kind.padEnd(13)} ${says}`),
    '',
    'Try, with a scenario of simulations/examples:',
    '',
    '  npm run -s simulate -- simulations/examples/retry-storm.json --design retry',
    '  npm run -s simulate -- simulations/examples/retry-storm.json --compare none,retry,budget',
    '  npm run -s simulate -- simulations/examples/queue-workers.json --sweep consumers=4..12/2 --replications 5',
    '  cat desk.json | npm run -s simulate -- - --json',
    '',
    'It ends with 0 when it ran, with 2 when it was asked for something that cannot be, and with 1 by a fault of its own.',
  ].join('\n');
}
