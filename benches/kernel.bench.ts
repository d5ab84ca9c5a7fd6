/**
 * `npm run bench`: how fast the machine is, from a JSON scenario through its public door, beside a loop written by hand,
 * SIM.JS and SimPy, all in the same run. With `--gate` it only compares with the loop, and fails where the machine has become
 * slower than it may be. Times are CPU times, the best of several rounds that take turns, as other work comes and goes.
 * It runs itself anew without its types: see `plain.ts`.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { engineVersion, parseScenario, simulate, type ScenarioSource } from '../simulations/index.ts';
import oneServer from '../simulations/scenarios/one-server/scenario.ts';
import { calibrate } from './calibration.ts';
import { runPlain } from './plain.ts';
import { runSimJs } from './simjs.ts';

if (import.meta.filename.endsWith('.ts')) process.exit(runPlain(basename(import.meta.filename), process.argv.slice(2)));

/** How many times as long as the hand-written loop the machine may take over an event. Measured: see docs/measured/kernel.md. */
const MOST_TIMES = 8;
const EVENTS_PER_CUSTOMER = 2;

const { values: options } = parseArgs({
  options: { gate: { type: 'boolean', default: false }, rounds: { type: 'string', default: '5' } },
});
const rounds = Number(options.rounds);
const customers = options.gate ? 300_000 : 1_000_000;

const text = readFileSync(join(import.meta.dirname, 'mm1.json'), 'utf8');

/** CPU seconds that some work takes, of all threads. */
function cpuSeconds(work: () => void): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}

/** Runs the scenario of the file as a stranger's would be run. @returns events. */
function runMm1(count: number, record: 'measures' | 'trace', more: object = {}): number {
  const source = { ...(JSON.parse(text) as ScenarioSource), ...more };
  const run = simulate(parseScenario(source), { horizon: count / 0.8, record });
  if (run.ended !== 'horizon' || !run.ledger.conserves) throw new Error('The benchmark did not run to its end.');
  const mean = run.measures['server.response.mean']!.value!;
  if (!(mean > 4 && mean < 6)) throw new Error(`The mean response is ${mean}; theory says 5.`);
  return run.events;
}

const chainText = readFileSync(join(import.meta.dirname, 'chain.json'), 'utf8');
let chainCustomers = 0;

/** A gateway, a balancer of two choices, eight instances, a database, with time limits: ten events and more a customer. @returns events. */
function runChain(horizon: number, record: 'measures' | 'trace'): number {
  const run = simulate(parseScenario(JSON.parse(chainText)), { horizon, record });
  if (run.ended !== 'horizon' || !run.ledger.conserves) throw new Error('The chain did not run to its end.');
  chainCustomers = run.ledger.made / run.events;
  return run.events;
}

/** What could stand in a scenario and is hardly used: it should cost next to nothing. A second class is drawn for each customer. */
const ballast = {
  parts: {
    ...(JSON.parse(text) as ScenarioSource).parts,
    clients: {
      ...(JSON.parse(text) as ScenarioSource).parts['clients'],
      classes: [{ id: 'gold' }, { id: 'iron', weight: 3 }],
    },
    idle: { kind: 'service', service: { law: 'exponential', mean: 1 } },
    few: { kind: 'traffic', arrivals: { pattern: 'constant', rate: 1e-4 }, calls: ['idle'] },
  },
  faults: [{ id: 'pause', part: 'idle', action: 'pause', duration: 1 }],
  inputs: [{ at: 1, fault: 'pause' }],
};

interface Contest {
  name: string;
  /** @returns how many events it made. */
  work: () => number;
  /** Nanoseconds of CPU an event, at best. */
  best: number;
}
const contest = (name: string, work: () => number): Contest => ({ name, work, best: Infinity });

const byHand = contest('a loop written by hand', () => {
  calibrate(customers);
  return customers * EVENTS_PER_CUSTOMER;
});
const measuresOnly = contest('the machine, measures only', () => runMm1(customers, 'measures'));
const withBallast = contest('… with an idle part, a fault, a second class', () =>
  runMm1(customers, 'measures', ballast),
);
const withTrace = contest('the machine, with its trace', () => runMm1(200_000, 'trace'));
const chain = contest('gateway, two choices, database', () => runChain(20_000, 'measures'));
const chainWithTrace = contest('… with its trace', () => runChain(10_000, 'trace'));
const simJs = contest('SIM.JS 2 (npm), two events a customer', () => {
  runSimJs(customers / 4);
  return (customers / 4) * EVENTS_PER_CUSTOMER;
});
const contests = options.gate
  ? [byHand, measuresOnly]
  : [byHand, measuresOnly, withBallast, withTrace, chain, chainWithTrace, simJs];

for (let round = 0; round < rounds; round++)
  for (const one of contests) {
    let events = 0;
    const seconds = cpuSeconds(() => (events = one.work()));
    one.best = Math.min(one.best, (seconds / events) * 1e9);
  }

const millions = (nanoseconds: number) => (1000 / nanoseconds).toFixed(2).padStart(7);
const row = (name: string, nanoseconds: number) =>
  console.log(
    `${name.padEnd(48)} ${millions(nanoseconds)} M events/s ${nanoseconds.toFixed(0).padStart(6)} ns ${(nanoseconds / byHand.best).toFixed(1).padStart(7)} ×`,
  );

console.log(`M/M/1 at load 0.8, ${customers} customers, best of ${rounds} rounds by CPU time`);
console.log(`engine ${engineVersion}, Node ${process.versions.node}, ${cpus()[0]?.model ?? 'unknown processor'}\n`);
for (const { name, best } of contests) row(name, best);
if (!options.gate)
  console.log(
    `customers a second: ${millions(measuresOnly.best * EVENTS_PER_CUSTOMER)} M of the one queue, ${millions(chain.best / chainCustomers)} M through the chain`,
  );

const times = measuresOnly.best / byHand.best;
if (options.gate) {
  const holds = times <= MOST_TIMES;
  console.log(`\n${times.toFixed(1)} times the loop; ${holds ? 'at most' : 'MORE THAN'} ${MOST_TIMES} may be.`);
  process.exitCode = holds ? 0 : 1;
} else {
  simpy();
  pageRuns();
}

/** SimPy over the same load and number of customers, a tenth of them as it takes its time. */
function simpy(): void {
  const script = join(import.meta.dirname, 'mm1.py');
  let best = Infinity;
  for (let round = 0; round < Math.min(3, rounds); round++) {
    // Debian's own Python, which has Debian's SimPy
    const { status, stdout } = spawnSync('/usr/bin/python3', [script, String(customers / 10)], { encoding: 'utf8' });
    if (status !== 0) {
      console.log('SimPy is not here (Debian: apt-get install python3-simpy), so there is nothing to compare with.');
      return;
    }
    const { seconds, customers: served } = JSON.parse(stdout) as { seconds: number; customers: number };
    best = Math.min(best, (seconds / served / EVENTS_PER_CUSTOMER) * 1e9);
  }
  row('SimPy 2 (Python), two events a customer', best);
}

/** What a reader waits for: the run that a page shows, and all its designs again after a dial was turned. */
function pageRuns(): void {
  const scenario = parseScenario(oneServer);
  const lesson = parseScenario(JSON.parse(readFileSync(join(import.meta.dirname, 'lesson.json'), 'utf8')));
  const bestOf = (work: () => void): number => {
    let best = Infinity;
    for (let round = 0; round < 10 * rounds; round++) best = Math.min(best, cpuSeconds(work) * 1000);
    return best;
  };
  const page = bestOf(() => simulate(scenario, { record: 'trace' }));
  const redraw = bestOf(() => {
    for (const { id } of scenario.designs)
      simulate(scenario, { design: id, dials: { arrivalRate: 9 }, record: 'trace' });
  });
  const large = bestOf(() => simulate(lesson, { record: 'trace' }));
  console.log(`\na minute of 100 requests a second over ten parts ${large.toFixed(1).padStart(7)} ms`);
  console.log(`one-server as the page runs it, with its trace   ${page.toFixed(1).padStart(7)} ms`);
  console.log(
    `a dial turned: all ${scenario.designs.length} designs, with their traces  ${redraw.toFixed(1).padStart(7)} ms`,
  );
}
