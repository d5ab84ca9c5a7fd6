/**
 * A run as something to keep: tables of its numbers, a file that holds all it was made from, and the names of such files.
 * A kept file is opened by the link inside it, which is checked like any link; nothing else in it is believed.
 */
import type { Run, Scenario } from '../../../simulations/index.ts';
import { encodeRun, quoted, type Address, type AddressProblem } from './address.ts';
import type { Cell } from './csv.ts';

/** What a name of a file may hold on every system. */
const plain = (text: string): string => text.replace(/[^A-Za-z0-9.-]+/g, '-').slice(0, 80);

/** `one-server_two_seed-1_at-68.56`: scenario, design, seed and moment, without an ending. */
export function fileName({ scenario, design, seed, at }: Pick<Address, 'scenario' | 'design' | 'seed' | 'at'>): string {
  return [plain(scenario), plain(design), `seed-${seed}`, `at-${plain(String(Number(at.toFixed(2))))}`].join('_');
}

/** Readings per window of time: one row for each window, one column for each reading of each part. */
export function windowsTable(run: Pick<Run, 'trace' | 'time' | 'endedAt'>): Cell[][] {
  const { ticks, count, columns } = run.trace!.windows;
  const names = Object.keys(columns);
  const head = [`from (${run.time.unit})`, `to (${run.time.unit})`, ...names];
  const rows = Array.from({ length: count }, (_, window): Cell[] => [
    (window * ticks) / run.time.ticks,
    Math.min((window + 1) * ticks, run.endedAt) / run.time.ticks,
    ...names.map((name) => columns[name]![window] ?? null),
  ]);
  return [head, ...rows];
}

/** What was measured over the run: one row for each measure, with how sure it is and its theory where there is one. */
export function measuresTable(
  run: Pick<Run, 'measures' | 'units'>,
  words: Record<string, string>,
  theory: Record<string, number>,
): Cell[][] {
  return [
    ['measure', 'name', 'value', 'half-width of the 95% interval', 'enough data', 'samples', 'unit', 'theory'],
    ...Object.entries(run.measures).map(([name, estimate]): Cell[] => [
      name,
      words[name] ?? null,
      estimate.value,
      estimate.halfWidth,
      estimate.enough ? 'yes' : 'no',
      estimate.samples,
      run.units[name] ?? null,
      theory[name] ?? null,
    ]),
  ];
}

/** What a kept file says that it is. */
const FORMAT = 'seams-run';
/** No kept file is larger, in characters. */
export const MAX_FILE = 5_000_000;

/** A kept file: the link that opens it again, and all that was made of it, for other programs to read. */
export function keptFile(run: Omit<Run, 'trace'>, scenario: Scenario, address: Address): string {
  const { $schema: _, ...rest } = scenario;
  const kept = {
    format: FORMAT,
    version: 1,
    link: encodeRun(address),
    engine: run.engine,
    digest: run.digest,
    setting: {
      design: run.design,
      dials: run.dials,
      texts: run.texts,
      inputs: address.inputs,
      seed: run.seed,
      replication: run.replication,
    },
    time: run.time,
    ended: { at: run.endedAt, by: run.ended },
    measures: run.measures,
    units: run.units,
    ledger: run.ledger,
    failures: run.failures,
    scenario: rest,
  };
  return `${JSON.stringify(kept, null, 2)}\n`;
}

/** The link in a kept file, or why there is none. Never throws, whatever the text is. */
export function linkIn(text: string): { link: string } | { problem: AddressProblem } {
  const refuse = (found: string): { problem: AddressProblem } => ({
    problem: { problem: 'file', where: 'file', found: quoted(found), expected: FORMAT },
  });
  if (text.length > MAX_FILE)
    return { problem: { problem: 'too-long', where: 'file', found: String(text.length), expected: String(MAX_FILE) } };
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return refuse(text.trimStart());
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return refuse(text.trimStart());
  const { format, link } = read as { format?: unknown; link?: unknown };
  if (format !== FORMAT || typeof link !== 'string') return refuse(text.trimStart());
  return { link };
}
