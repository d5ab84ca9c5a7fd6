import { describe, expect, it } from 'vitest';
import { parseScenario, simulate, type Run, type ScenarioSource, type SimulateOptions } from '../../index.ts';
import { stream } from '../../engine/draws.ts';
import { at, constant, of, sound, visits } from '../door/door.fixture.ts';
import { Ground } from './ground.ts';
import { landscapeRow } from './journal.ts';

const many = Array.from({ length: 400 }, (_, i) => i / 4);

const land = (more: object, times: number[] = many, links: object[] = []): ScenarioSource =>
  ({
    id: 'land',
    horizon: 100,
    time: { unit: 'day', ticks: 1000 },
    parts: {
      ideas: at(times, ['land']),
      land: { kind: 'landscape', teams: 5, choices: 3, coupling: 3, divergence: 0.05, ...more },
      board: { kind: 'service', service: constant(1), queueLimit: 3 },
      teams: { kind: 'service', instances: 5, line: 'each', service: constant(1) },
    },
    links,
    dials: [
      { id: 'cost', unit: 'number', min: 0, max: 1, step: 0.05, start: 0.05, sets: ['parts.land.divergence'] },
      { id: 'agreed', unit: 'count', min: 0, max: 3, step: 1, start: 0, sets: ['parts.land.agreed'] },
    ],
    designs: [{ id: 'as-written', set: dialled(more) }],
  }) as ScenarioSource;
/** What is written about the dials' places stands, whatever the dials say. */
const dialled = (more: object): object =>
  Object.fromEntries(
    Object.entries(more)
      .filter(([name]) => name === 'divergence' || name === 'agreed')
      .map(([name, value]) => [`parts.land.${name}`, value]),
  );
const run = (more: object, times?: number[], options: SimulateOptions = {}): Run =>
  sound(simulate(land(more, times), { record: 'trace', ...options }));

interface Row {
  what: number;
  choice: number;
  value: number;
  worth: number;
}
const rowsOf = (made: Run): Row[] => {
  const { count, columns } = made.trace!.journals!['land']!;
  return Array.from(
    { length: count },
    (_, row) => Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[row]!])) as never,
  );
};
/** The ground of those runs, to be walked by hand. */
const byHand = (more: object = {}): Ground => {
  const chance = (purpose: string) => stream(1, 0, 'land', purpose);
  const ground = new Ground(
    { teams: 5, choices: 3, coupling: 3, divergence: 0.05, linked: true, ...more },
    { couplings: chance('couplings'), own: chance('own'), shared: chance('shared'), start: chance('start') },
  );
  ground.renew(0);
  return ground;
};

describe('a landscape', () => {
  it('takes an idea when the team that has it gains, whatever it does to the others (H2, H3)', () => {
    const ground = byHand();
    const rows = rowsOf(run({})).filter(({ what }) => what === landscapeRow.changes || what === landscapeRow.turnsDown);
    expect(rows.length).toBe(400);
    let worse = 0;
    for (const { what, choice, value } of rows) {
      expect(value).toBe(1 - ground.bits[choice]!);
      const gain = ground.ownGain(choice);
      expect(what === landscapeRow.changes).toBe(gain > 1e-12);
      if (what !== landscapeRow.changes) continue;
      if (ground.wholeGain(choice) < 0) worse++;
      ground.flip(choice);
    }
    expect(worse).toBeGreaterThan(0);
  });

  it('never makes the whole worse where all together decide, and ends where no single change helps (H3)', () => {
    const made = run({ decides: 'whole' });
    const changes = rowsOf(made).filter(({ what }) => what === landscapeRow.changes);
    for (const [i, { worth }] of changes.entries()) expect(worth).toBeGreaterThanOrEqual(changes[i - 1]?.worth ?? 0);
    const ground = byHand();
    for (const { choice } of changes) ground.flip(choice);
    for (let choice = 0; choice < ground.count; choice++) expect(ground.wholeGain(choice)).toBeLessThan(1e-12);
    expect(of(made, 'land.worth.last')).toBeCloseTo(ground.worth() / ground.best(0), 12);
    expect(of(made, 'land.unlike.last')).toBe(ground.unlike);
    expect(of(made, 'land.links.last')).toBe(ground.pairs);
  });

  it('changes an agreed choice when more of those concerned gain than lose, when none loses, or when the sum gains (H3)', () => {
    for (const consent of ['most', 'all', 'whole']) {
      const ground = byHand();
      const made = run({ agreed: 3, consent });
      for (const { what, choice } of rowsOf(made)) {
        if (what !== landscapeRow.changes && what !== landscapeRow.turnsDown) continue;
        ground.weigh(choice);
        const gains = ground.touched.map((team) => ground.gains[team]!).filter((gain) => Math.abs(gain) > 1e-12);
        const winners = gains.filter((gain) => gain > 0).length;
        const wanted = {
          most: winners > gains.length - winners,
          all: winners > 0 && winners === gains.length,
          whole: ground.wholeGain(choice) > 1e-12,
        }[consent];
        expect(what === landscapeRow.changes).toBe(wanted);
        if (what === landscapeRow.changes) ground.flip(choice);
      }
      expect(of(made, 'land.agreements')).toBe(400);
    }
  });

  it('agrees on the choices that most others depend on, and leaves the rest to their teams (H3)', () => {
    const made = run({ agreed: 1 });
    const agreed = of(made, 'land.agreements')!;
    // a third of all ideas, give or take what chance does to 400
    expect(Math.abs(agreed - 400 / 3)).toBeLessThan(4 * Math.sqrt((400 * 2) / 9));
  });

  it('gives every team the same where there is a standard (H3)', () => {
    const made = run({ standard: true, decides: 'whole' });
    expect(of(made, 'land.unlike.last')).toBe(0);
    const changes = rowsOf(made).filter(({ what }) => what === landscapeRow.changes);
    expect(changes.length).toBeGreaterThan(of(made, 'land.changed')!);
  });

  it('asks another part, decides when it has answered, and is overtaken meanwhile (H2)', () => {
    const made = run({ decides: 'whole', asks: 'board' }, [0, 0, 0, 10]);
    expect(visits(made, 'land').map(([came, , ended]) => [came, ended])).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
      [10, 11],
    ]);
    expect(of(made, 'land.deciding.mean')).toBe(1.75);
    expect(of(made, 'land.queue.max')).toBe(3);
    expect(of(made, 'land.queue.last')).toBe(0);
    const busy = run({ teams: 2, choices: 1, coupling: 0, decides: 'whole', asks: 'board' }, [0, 0, 0, 0]);
    const turnedDown = rowsOf(busy).filter(({ what }) => what === landscapeRow.turnsDown).length;
    // four ideas about two choices, all from before the first was decided: what one has done another need not do again
    expect(of(busy, 'land.changed')).toBeLessThanOrEqual(2);
    expect(of(busy, 'land.overtaken')! + of(busy, 'land.changed')! + turnedDown).toBe(4);
  });

  it('fails an idea as the part that it asked did (C4)', () => {
    const made = run({ asks: 'board', decides: 'whole' }, [0, 0, 0, 0, 0, 0]);
    expect(made.failures).toEqual([{ reason: 'queue-full', by: 'board', source: 'ideas', count: 2 }]);
    expect(of(made, 'land.decided')).toBe(4);
  });

  it('lets teams that decide for themselves do so side by side, each in its own line (H2)', () => {
    const made = run({ asks: 'teams' }, [0, 0, 0, 0, 0, 0, 0, 0]);
    const { hops, parts } = made.trace!;
    const asked = Array.from({ length: hops.count }, (_, hop) => hop).filter((hop) => parts[hops.to[hop]!] === 'teams');
    expect(new Set(asked.map((hop) => hops.slot[hop])).size).toBeGreaterThan(2);
    expect(of(made, 'teams.completions')).toBe(8);
  });

  it('takes back what its caller waits for no more (L2)', () => {
    const links = [{ from: 'ideas', to: 'land', timeout: 1.5, onTimeout: 'cancel' }];
    const made = sound(simulate(land({ asks: 'board', decides: 'whole' }, [0, 0, 0], links), { record: 'trace' }));
    expect(of(made, 'land.decided')).toBe(1);
    expect(of(made, 'land.queue.last')).toBe(0);
    expect(made.state['board']!.inside).toBe(0);
  });

  it('has the same ground, ideas and best in every design (H1)', () => {
    const start = (more: object) => rowsOf(run(more)).filter(({ what }) => what === landscapeRow.begins);
    expect(start({ linked: false })).toEqual(start({ standard: true, decides: 'whole' }));
    const best = (more: object) => run(more).state['land']!.readings!['best'];
    expect(best({ linked: false })).toBe(best({ decides: 'whole', agreed: 2 }));
    const alone = { coupling: 0, divergence: 1 };
    // where nothing depends on others, it is all one who decides, and whether there are links
    expect(of(run({ ...alone, linked: false }), 'land.worth.mean')).toBe(
      of(run({ ...alone, decides: 'whole' }), 'land.worth.mean'),
    );
  });

  it('builds no links, counts none and has nothing of others where they are not wanted (H4)', () => {
    const apart = run({ linked: false });
    expect(of(apart, 'land.links.last')).toBe(0);
    expect(of(apart, 'land.unlike.mean')).toBe(0);
    expect(of(apart, 'land.worth.max')!).toBeLessThan(of(run({}), 'land.worth.max')!);
  });

  it('shifts its ground again and again, keeps the stacks, and counts who has arrived in time (H5)', () => {
    const made = run({ decides: 'whole', renewal: 10 });
    const rows = rowsOf(made);
    expect(rows.filter(({ what }) => what === landscapeRow.renews).length).toBe(11);
    expect(of(made, 'land.spans')).toBe(10);
    const reached = of(made, 'land.reached')! * 10;
    expect(reached).toBeGreaterThan(0);
    const never = run({ decides: 'whole', renewal: 10, goal: 1, coupling: 0, divergence: 0 }, [0]);
    // not one idea a span: nobody arrives, and all of each span counts
    expect(of(never, 'land.reached')).toBe(0);
    expect(of(never, 'land.reach.mean')).toBe(10);
    expect(of(never, 'land.settled.mean')!).toBeLessThan(1);
    expect(of(run({ renewal: 10, goal: 0.01 }), 'land.reach.mean')).toBe(0);
  });

  it('takes dials that are turned on the way', () => {
    const inputs = [{ at: 50, dial: 'cost', value: 1 }];
    const turned = run({}, undefined, { design: 'as-written', inputs });
    const plain = run({}, undefined, { design: 'as-written' });
    expect(turned.digest).not.toBe(plain.digest);
    const before = (made: Run) => made.trace!.windows.columns['land.worth']!.slice(0, 100);
    expect(before(turned)).toEqual(before(plain));
    expect(of(turned, 'land.unlike.last')!).toBeLessThan(of(plain, 'land.unlike.last')!);
    const agreed = run({}, undefined, { design: 'as-written', inputs: [{ at: 50, dial: 'agreed', value: 3 }] });
    expect(Math.abs(of(agreed, 'land.agreements')! - 200)).toBeLessThanOrEqual(1);
  });

  it('is refused where the ground would shift more often than a run has time for', () => {
    expect(() => parseScenario(land({ renewal: 0.01 }))).toThrow(/shifts 10000 times.*at least 0.075/s);
  });

  it('is the same run whether it is traced or not (S3)', () => {
    const scenario = land({ asks: 'board', decides: 'whole', renewal: 30 });
    expect(simulate(scenario, { record: 'trace' }).digest).toBe(simulate(scenario).digest);
  });
});
