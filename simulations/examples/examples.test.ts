/** The examples: every file runs in every design, keeps its books, and shows what it is there to show, under any luck. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerTo } from '../../scripts/simulate.ts';
import type { Answer } from '../../scripts/simulate/running.ts';
import { parseScenario, simulate, type Scenario, type SimulateOptions } from '../index.ts';

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.json'));

function example(name: string): Scenario {
  return parseScenario(JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), 'utf8')));
}

const seeds = [1, 2, 3, 4, 5];

/** Holds a relation between settings for every seed. Each setting is run once a seed; a measure is read by its name. */
function underAnyLuck<Name extends string>(
  scenario: Scenario,
  settings: Record<Name, SimulateOptions>,
  holds: (of: (setting: Name, measure: string) => number) => void,
): void {
  for (const seed of seeds) {
    const runs = Object.fromEntries(
      Object.entries<SimulateOptions>(settings).map(([name, options]) => [
        name,
        simulate(scenario, { ...options, seed }),
      ]),
    );
    holds((setting, measure) => {
      const found = runs[setting]!.measures[measure];
      if (found === undefined) throw new Error(`${scenario.id}: there is no measure ${measure}`);
      return found.value ?? NaN;
    });
  }
}

describe.each(files)('the example %s', (file) => {
  const scenario = example(file.replace('.json', ''));

  it('bears the name of its file, and says where its schema is', () => {
    expect(`${scenario.id}.json`).toBe(file);
    expect(scenario.$schema).toBe('../../public/schemas/scenario.schema.json');
  });

  it('keeps its books in every design, gives the same digest twice, and takes less than a second', () => {
    for (const { id: design } of scenario.designs) {
      const took: number[] = [];
      const [run, again] = [0, 1].map(() => {
        const began = performance.now();
        const made = simulate(scenario, { design });
        took.push(performance.now() - began);
        return made;
      });
      expect(run!.ended).toBe('horizon');
      expect(run!.ledger.conserves).toBe(true);
      expect(Object.values(run!.ledger.little).every(({ holds }) => holds)).toBe(true);
      expect(again!.digest).toBe(run!.digest);
      // the better of two: the first one also waits for the compiler
      expect(Math.min(...took)).toBeLessThan(1000);
    }
  });

  it('shows only what every design measures', () => {
    const wanted = [...scenario.show!.measures, ...(scenario.show!.sweep ? [scenario.show!.sweep.measure] : [])];
    for (const { id: design } of scenario.designs) {
      const { measures } = simulate(scenario, { design, maxEvents: 0 });
      expect(wanted.filter((name) => !Object.hasOwn(measures, name))).toEqual([]);
    }
  });

  it('has dials and faults that can be used', () => {
    const inputs = scenario.faults.map(({ id: fault }) => ({ fault, at: scenario.horizon / 2, duration: 1 }));
    for (const end of ['min', 'max'] as const) {
      const dials = Object.fromEntries(scenario.dials.map((dial) => [dial.id, dial[end]]));
      const run = simulate(scenario, { dials, inputs, horizon: scenario.warmUp + scenario.horizon / 2 + 2 });
      expect(run.ledger.conserves).toBe(true);
    }
  });
});

describe('what the examples show', () => {
  it('shop-gateway: what is optional may fail without the request, if somebody stops waiting for it', () => {
    const settings = { optional: {}, needed: { design: 'needed' }, patient: { design: 'patient' } };
    underAnyLuck(example('shop-gateway'), settings, (of) => {
      expect(of('optional', 'shoppers.failures')).toBe(0);
      expect(of('optional', 'shoppers.degraded')).toBeGreaterThan(0.1);
      expect(of('needed', 'shoppers.failures')).toBeGreaterThan(0.1);
      expect(of('patient', 'shoppers.withinTarget')).toBeLessThan(of('optional', 'shoppers.withinTarget'));
    });
  });

  it('cache-database: with coalescing fewer calls reach the store after a flush, and customers wait less', () => {
    const scenario = example('cache-database');
    const settings = { plain: {}, coalescing: { design: 'coalescing' }, large: { dials: { size: 5000 } } };
    underAnyLuck(scenario, settings, (of) => {
      expect(of('coalescing', 'database.arrivals')).toBeLessThan(of('plain', 'database.arrivals'));
      expect(of('coalescing', 'readers.roundTrip.mean')).toBeLessThan(of('plain', 'readers.roundTrip.mean'));
      expect(of('large', 'cache.hitRatio')).toBeGreaterThan(of('plain', 'cache.hitRatio'));
    });
  });

  it('queue-workers: more consumers help a queue, and a partitioned topic only up to its partitions', () => {
    const partitioned = { design: 'partitions-4' };
    const settings = {
      few: { dials: { consumers: 6 } },
      many: { dials: { consumers: 12 } },
      'few on 4': { ...partitioned, dials: { consumers: 6 } },
      'many on 4': { ...partitioned, dials: { consumers: 12 } },
    };
    underAnyLuck(example('queue-workers'), settings, (of) => {
      expect(of('many', 'queue.endToEnd.mean')).toBeLessThan(of('few', 'queue.endToEnd.mean'));
      expect(of('many on 4', 'queue.throughput')).toBeCloseTo(of('few on 4', 'queue.throughput'), 9);
    });
  });

  it('thirty-services: calls in turn pay the distance each time, calls at once pay it once for each level', () => {
    const scenario = example('thirty-services');
    const near = { dials: { distance: 0.001 }, horizon: 30 };
    const far = { dials: { distance: 0.101 }, horizon: 30 };
    const settings = {
      'in turn, near': near,
      'in turn, far': far,
      'at once, near': { ...near, design: 'at-once' },
      'at once, far': { ...far, design: 'at-once' },
    };
    underAnyLuck(scenario, settings, (of) => {
      const grows = (design: string) =>
        of(`${design}, far` as never, 'shoppers.roundTrip.mean@browse') -
        of(`${design}, near` as never, 'shoppers.roundTrip.mean@browse');
      // browsing makes 19 calls in turn, there and back; at once the longest chain is 5 calls
      expect(grows('in turn')).toBeCloseTo(19 * 2 * 0.1, 1);
      expect(grows('at once')).toBeCloseTo(5 * 2 * 0.1, 1);
    });
  });

  it('retry-storm: retries in three layers keep a system down that a budget lets recover', () => {
    const settings = {
      none: { design: 'none' },
      retry: { design: 'retry' },
      backoff: { design: 'backoff' },
      budget: { design: 'budget' },
    };
    underAnyLuck(example('retry-storm'), settings, (of) => {
      expect(of('retry', 'back.arrivals')).toBeGreaterThan(5 * of('none', 'back.arrivals'));
      expect(of('backoff', 'back.arrivals')).toBeLessThan(of('retry', 'back.arrivals'));
      expect(of('budget', 'back.arrivals')).toBeLessThan(1.1 * of('none', 'back.arrivals'));
      expect(of('budget', 'clients.goodput')).toBeGreaterThan(1.5 * of('backoff', 'clients.goodput'));
    });
  });

  it('slow-dependency: a breaker or a bulkhead keeps those well who do not need what is slow', () => {
    const settings = {
      bare: { design: 'bare' },
      breaker: { design: 'breaker' },
      bulkhead: { design: 'bulkhead' },
    };
    underAnyLuck(example('slow-dependency'), settings, (of) => {
      for (const kept of ['breaker', 'bulkhead'] as const)
        expect(of(kept, 'shoppers.withinTarget@browse')).toBeGreaterThan(
          0.1 + of('bare', 'shoppers.withinTarget@browse'),
        );
      // and those who need it pay for that: they are turned away at once
      expect(of('breaker', 'shoppers.failures@pay')).toBeGreaterThan(of('breaker', 'shoppers.failures@browse'));
    });
  });

  it('load-balancing: whoever looks at the load avoids the slow instance, unless what it sees is old', () => {
    const settings = Object.fromEntries(
      ['random', 'two-choices', 'least-connections', 'old-loads'].map((design) => [design, { design }]),
    );
    underAnyLuck(example('load-balancing'), settings, (of) => {
      expect(of('two-choices', 'clients.roundTrip.p99')).toBeLessThan(0.5 * of('random', 'clients.roundTrip.p99'));
      expect(of('least-connections', 'clients.roundTrip.mean')).toBeLessThan(of('random', 'clients.roundTrip.mean'));
      expect(of('old-loads', 'clients.roundTrip.mean')).toBeGreaterThan(
        of('least-connections', 'clients.roundTrip.mean'),
      );
    });
  });

  it('autoscaling-spike: scaling comes late by the start-up time, and costs less than being ready all the time', () => {
    const settings = {
      'fixed-4': { design: 'fixed-4' },
      scaled: { design: 'kubernetes' },
      'scaled slowly': { design: 'kubernetes', dials: { startUp: 120 } },
      'fixed-15': { design: 'fixed-15' },
    };
    underAnyLuck(example('autoscaling-spike'), settings, (of) => {
      const good = (setting: keyof typeof settings) => of(setting, 'clients.withinTarget');
      expect(good('fixed-4')).toBeLessThan(good('scaled slowly'));
      expect(good('scaled slowly')).toBeLessThan(good('scaled'));
      expect(good('scaled')).toBeLessThan(good('fixed-15'));
      expect(of('scaled', 'web.billed.mean')).toBeLessThan(of('fixed-15', 'web.billed.mean'));
    });
  });

  it('cold-starts: the longer an instance is kept, the fewer requests meet a cold one; provisioned ones cost', () => {
    const settings = {
      'not-kept': { design: 'not-kept' },
      'kept-30-s': { design: 'kept-30-s' },
      'kept-10-min': { design: 'kept-10-min' },
      provisioned: { design: 'five-provisioned' },
    };
    underAnyLuck(example('cold-starts'), settings, (of) => {
      const cold = (setting: keyof typeof settings) => of(setting, 'resize.coldShare');
      expect(cold('not-kept')).toBe(1);
      expect(cold('kept-30-s')).toBeLessThan(0.5);
      expect(cold('kept-10-min')).toBeLessThan(cold('kept-30-s'));
      expect(cold('provisioned')).toBeLessThan(cold('kept-30-s'));
      expect(of('provisioned', 'resize.cost.mean')).toBeGreaterThan(of('kept-30-s', 'resize.cost.mean'));
    });
  });

  it('bad-release: a canary that is watched hurts fewer than a rolling release, and that fewer than one unwatched', () => {
    const settings = {
      canary: { design: 'canary' },
      rolling: { design: 'rolling' },
      unwatched: { design: 'rolling-unwatched' },
      none: { design: 'no-release' },
    };
    underAnyLuck(example('bad-release'), settings, (of) => {
      const failed = (setting: keyof typeof settings) => of(setting, 'clients.failed');
      expect(failed('none')).toBe(0);
      expect(failed('canary')).toBeGreaterThan(0);
      expect(failed('canary')).toBeLessThan(failed('rolling'));
      expect(failed('rolling')).toBeLessThan(failed('unwatched'));
    });
  });

  it('service-discovery: who never looks again calls those who are gone, and a copy is as wrong as it is old', () => {
    const settings = Object.fromEntries(['fixed', 'dns', 'cached', 'asked'].map((design) => [design, { design }]));
    underAnyLuck(example('service-discovery'), settings, (of) => {
      const failed = (design: string) => of(design, 'shoppers.failures');
      expect(failed('fixed')).toBeGreaterThan(failed('dns'));
      expect(failed('dns')).toBeGreaterThan(failed('cached'));
      expect(failed('cached')).toBeGreaterThan(failed('asked'));
      expect(of('fixed', 'directory.stale')).toBeGreaterThan(of('dns', 'directory.stale'));
      expect(of('asked', 'directory.stale')).toBe(0);
      expect(of('asked', 'directory.lookups')).toBeGreaterThan(100 * of('cached', 'directory.lookups'));
    });
  });

  it('tokens: what everybody must ask, everybody needs; a signed token is good without asking, and after it was stolen', () => {
    const settings = {
      asked: { design: 'asked' },
      breaker: { design: 'breaker' },
      'let-in': { design: 'let-in' },
      tokens: { design: 'tokens' },
      'short-lived': { design: 'tokens', dials: { life: 30 } },
    };
    underAnyLuck(example('tokens'), settings, (of) => {
      const failed = (setting: keyof typeof settings) => of(setting, 'users.failures');
      const thieves = (setting: keyof typeof settings) => of(setting, 'thieves.answered');
      expect(failed('tokens')).toBeLessThan(0.5 * failed('asked'));
      expect(failed('let-in')).toBeLessThan(0.001);
      // a breaker spares the gateway its line, and saves no request that needs the answer
      expect(failed('breaker')).toBeGreaterThanOrEqual(failed('asked'));
      expect(of('breaker', 'door.queue.max')).toBeLessThan(of('asked', 'door.queue.max'));
      expect(thieves('let-in')).toBeGreaterThan(2 * thieves('asked'));
      expect(thieves('tokens')).toBeGreaterThan(thieves('asked'));
      expect(thieves('short-lived')).toBeLessThan(thieves('tokens'));
      expect(failed('short-lived')).toBeGreaterThan(failed('tokens'));
    });
  });

  it('integration-bus: who waits for one receiver keeps the threads from all, and one-way messages arrive in the end', () => {
    const settings = { waits: {}, breaker: { design: 'breaker' }, 'one-way': { design: 'one-way' } };
    underAnyLuck(example('integration-bus'), settings, (of) => {
      expect(of('waits', 'support.withinTarget')).toBeLessThan(0.9);
      expect(of('breaker', 'support.withinTarget')).toBeGreaterThan(0.97);
      expect(of('one-way', 'shop.failures')).toBe(0);
      expect(of('one-way', 'billing.completions')).toBeGreaterThan(of('waits', 'billing.completions'));
      // the price: for as long as the way is cut the orders are in the bus, and no bill is written
      expect(of('one-way', 'bus.held.max')).toBeGreaterThan(500);
    });
  });

  it('distributed-transaction: a crash of the coordinator leaves locks in two-phase commit and none in a saga', () => {
    const settings = {
      'two-phase': { design: 'two-phase-commit' },
      saga: { design: 'saga' },
      'dual-write': { design: 'dual-write' },
    };
    underAnyLuck(example('distributed-transaction'), settings, (of) => {
      // the coordinator is away for 10 s
      expect(of('two-phase', 'stock.lockHold.max')).toBeGreaterThan(9);
      expect(of('saga', 'stock.lockHold.max')).toBeLessThan(1);
      expect(of('two-phase', 'buyers.roundTrip.mean')).toBeLessThan(of('saga', 'buyers.roundTrip.mean'));
      expect(of('dual-write', 'order.halfDone.last')).toBeGreaterThan(10);
      expect(of('saga', 'order.halfDone.last')).toBeLessThan(10);
    });
  });
});

describe('the table in the README', () => {
  const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  const rows = [...readme.matchAll(/^\| \[(\S+)\]\((\S+\.json)\) \|.*?\| `(.*?)` \| (.*) \|$/gm)];
  const run = async (...args: string[]) => {
    const [file, ...rest] = args;
    return JSON.parse(await answerTo([join(import.meta.dirname, '../..', file!), ...rest, '--json'])) as Answer;
  };

  it('names every file', () => {
    expect(rows.map(([, , file]) => file!).toSorted()).toEqual(files.toSorted());
  });

  it.each(rows.map(([, id, file, options, measured]) => ({ id, file, options, measured })))(
    'has the numbers that the command measures of $id',
    async ({ file, options, measured }) => {
      const { compare } = await run(`simulations/examples/${file}`, ...options!.split(' '));
      for (const part of measured!.split('; ')) {
        const [, name, values] = /^`(.+)`: (.+)$/.exec(part)!;
        for (const text of values!.split(', ')) {
          const [design, number] = text.split(' ');
          const found = compare!.designs.find((one) => one.design === design)!.measures[name!]!.value!;
          // as many decimals as are printed
          expect(`${design} ${found.toFixed(number!.split('.')[1]?.length ?? 0)}`).toBe(text);
        }
      }
    },
  );

  it('is followed by commands that work', async () => {
    const commands = [...readme.matchAll(/^npm run -s simulate -- (.*)$/gm)].map(([, args]) => args!);
    expect(commands.length).toBeGreaterThan(5);
    for (const args of commands.filter((text) => !text.includes('--compare')))
      expect((await run(...args.split(' '))).ledger.conserves).toBe(true);
  });
});
