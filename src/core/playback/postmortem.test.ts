/** Post-mortems: each rule on a run made for it by hand, and the stories of the machine's own collapses. */
import { describe, expect, it } from 'vitest';
import { parseScenario, simulate, type Mark } from '../../../simulations/index.ts';
import autoscaling from '../../../simulations/examples/autoscaling-spike.json' with { type: 'json' };
import loadBalancing from '../../../simulations/examples/load-balancing.json' with { type: 'json' };
import retryStorm from '../../../simulations/examples/retry-storm.json' with { type: 'json' };
import slowDependency from '../../../simulations/examples/slow-dependency.json' with { type: 'json' };
import thirtyServices from '../../../simulations/examples/thirty-services.json' with { type: 'json' };
import cascadingFailure from '../../../simulations/scenarios/cascading-failure/scenario.ts';
import threeLayers from '../../../simulations/scenarios/retry-storm/scenario.ts';
import { episodesOf, postMortemOf } from './postmortem.ts';
import { steps, writtenRun, type HopRow } from './story.fixture.ts';

const parts = ['clients', 'shop', 'bank'];
const mark = (at: number, kind: Mark['kind'], detail: string, part = 'bank'): Mark => ({ at, part, kind, detail });
/** Sixty windows of 50 ticks, ten requests made in each, so many answered. */
const answering = (...answered: readonly (readonly [number, number])[]) => ({
  'clients.made': steps([60, 10]),
  'clients.answered': steps(...answered),
});
const run = (columns: Record<string, readonly number[]>, marks: Mark[] = []) => writtenRun({ parts, columns, marks });
const outage = [mark(1000, 'fault-begins', 'outage'), mark(1250, 'fault-ends', 'outage')];
const ids = (story: ReturnType<typeof postMortemOf>): string[] => story!.timeline.map(({ id }) => id);
const told = (story: ReturnType<typeof postMortemOf>, id: string) =>
  story!.timeline.find((each) => each.id === `why.story.${id}`)?.values;

describe('an episode', () => {
  it('is two stretches in a row with less than 70 percent answered, until three with 90 percent', () => {
    expect(episodesOf(run(answering([20, 10], [10, 2], [30, 10])))).toEqual([{ from: 20, to: 30, isOpen: false }]);
  });

  it('is not one bad stretch alone, nor many that are 80 percent answered', () => {
    expect(episodesOf(run(answering([20, 10], [1, 0], [39, 10])))).toEqual([]);
    expect(episodesOf(run(answering([20, 10], [40, 8])))).toEqual([]);
  });

  it('begins with the first stretch that was not good any more', () => {
    expect(episodesOf(run(answering([20, 10], [4, 8], [36, 2])))).toEqual([{ from: 20, to: 60, isOpen: true }]);
  });

  it('goes on through a good stretch or two', () => {
    expect(episodesOf(run(answering([20, 10], [5, 0], [2, 10], [5, 0], [28, 10])))).toEqual([
      { from: 20, to: 32, isOpen: false },
    ]);
  });

  it('needs five requests in a stretch: of fewer nothing is said', () => {
    const few = { 'clients.made': steps([60, 4]), 'clients.answered': steps([20, 4], [40, 0]) };
    expect(episodesOf(run(few))).toEqual([]);
  });
});

describe('a post-mortem', () => {
  it('is not written of a run that went well, of one that was filling up, or of a bad last moment', () => {
    expect(postMortemOf(run(answering([60, 10])))).toBeNull();
    expect(postMortemOf(run(answering([3, 2], [57, 10])))).toBeNull();
    expect(postMortemOf(run(answering([57, 10], [3, 0])))).toBeNull();
  });

  it('says what happened last before it, and how it was until then', () => {
    const story = postMortemOf(run(answering([20, 10], [40, 0]), [mark(200, 'dial', 'rate=5', ''), ...outage]));
    expect(story!.outcome).toBe('collapsed');
    expect(story!.timeline[0]).toEqual({
      id: 'why.story.before',
      phase: 'before',
      values: { until: 10, rate: 20, goodput: 20 },
    });
    expect(story!.timeline[1]).toMatchObject({ id: 'why.mark.fault-begins', phase: 'trigger', values: { at: 10 } });
  });

  it('names no trigger that lies further back than a tenth of the run', () => {
    const story = postMortemOf(run(answering([30, 10], [30, 0]), [mark(900, 'dial', 'rate=5', '')]));
    expect(ids(story)).toContain('why.story.noTrigger');
    expect(ids(story)).not.toContain('why.mark.dial');
  });

  it('names a fault that was on already, where nothing nearer happened', () => {
    const marks = [mark(500, 'fault-begins', 'slow'), mark(2500, 'fault-ends', 'slow')];
    expect(told(postMortemOf(run(answering([30, 10], [20, 0], [10, 10]), marks)), 'faultOn')).toEqual({
      part: 'bank',
      fault: 'slow',
      at: 5,
    });
  });

  it('names a rise of the load of three tenths as a rise, and where it fell again says so', () => {
    const columns = {
      'clients.made': steps([20, 10], [20, 20], [20, 10]),
      'clients.answered': steps([40, 10], [20, 10]),
    };
    const story = postMortemOf(run(columns));
    expect(told(story, 'surge')).toEqual({ at: 10, rate: 40, rateBefore: 20 });
    expect(told(story, 'loadFell')).toEqual({ at: 20, rate: 20, rateBefore: 40 });
    expect(story!.outcome).toBe('recovered');
    expect(told(story, 'recovered')).toEqual({ at: 20, took: 10 });
  });

  it('tells a release from its first step on', () => {
    const marks = [mark(900, 'deploy', 'v2 begins'), mark(950, 'deploy', 'v2 step 2'), mark(1000, 'deploy', 'v2 done')];
    const story = postMortemOf(run(answering([20, 10], [40, 5]), marks));
    expect(story!.timeline[1]).toMatchObject({
      id: 'why.mark.deploy',
      values: { at: 9, version: 'v2', what: 'begins' },
    });
  });

  const storm = {
    ...answering([20, 10], [40, 0]),
    'shop>bank.calls': steps([60, 10]),
    'shop>bank.tries': steps([20, 10], [40, 23]),
    'shop>bank.retries': steps([20, 0], [40, 13]),
    'shop>bank.late': steps([20, 0], [40, 4]),
    'bank.arrivals': steps([20, 10], [40, 23]),
    'bank.completions': steps([20, 10], [40, 8]),
    'bank.queue': [...steps([20, 0]), ...Array.from({ length: 40 }, (_, each) => 15 * each)],
  };

  it('says how much retries multiplied the calls, and which answers came too late', () => {
    const story = postMortemOf(run(storm, outage));
    expect(told(story, 'tries')).toEqual({ caller: 'shop', callee: 'bank', per: 2.3, perBefore: 1 });
    expect(told(story, 'amplified')).toEqual({ part: 'bank', per: 2.3, perBefore: 1, times: 2.3 });
    expect(told(story, 'late')).toEqual({ part: 'bank', late: 160, done: 320, share: 0.5 });
    expect(told(story, 'line.queue')).toEqual({ part: 'bank', waiting: 585 });
  });

  it('does not speak of retries where there were none, or where they were few', () => {
    const { 'shop>bank.retries': _, ...without } = storm;
    expect(ids(postMortemOf(run(without, outage)))).not.toContain('why.story.tries');
    const few = { ...storm, 'shop>bank.tries': steps([60, 11]) };
    expect(ids(postMortemOf(run(few, outage)))).not.toContain('why.story.tries');
    expect(ids(postMortemOf(run(few, outage)))).not.toContain('why.story.amplified');
  });

  it('does not speak of work for nobody below a tenth of all answers', () => {
    const story = postMortemOf(run({ ...storm, 'shop>bank.late': steps([20, 0], [40, 0.7]) }, outage));
    expect(ids(story)).not.toContain('why.story.late');
  });

  it('says when it should have recovered, and that more came than was finished', () => {
    const story = postMortemOf(run(storm, outage));
    expect(told(story, 'over')).toEqual({ at: 12.5, fault: 'outage', part: 'bank', took: 2.5 });
    expect(told(story, 'should')).toEqual({ rate: 20 });
    expect(told(story, 'whyNot')).toEqual({ part: 'bank', arrivals: 46, completions: 16 });
    expect(ids(story).at(-1)).toBe('why.story.collapsedSilent');
  });

  it('says nothing of what should have been while the load is higher than before, or a fault is still on', () => {
    const higher = { ...storm, 'clients.made': steps([20, 10], [40, 14]) };
    expect(ids(postMortemOf(run(higher, outage)))).not.toContain('why.story.should');
    const still = [outage[0]!];
    const story = postMortemOf(run(storm, still));
    expect(ids(story)).not.toContain('why.story.should');
    expect(told(story, 'stillOn')).toEqual({ part: 'bank', fault: 'outage', at: 30 });
  });

  it('says that what was left in line had to be worked off, where the part kept up otherwise', () => {
    const columns = {
      ...answering([20, 10], [15, 0], [25, 10]),
      'bank.arrivals': steps([60, 10]),
      'bank.completions': steps([20, 10], [5, 0], [35, 14]),
      'bank.queue': steps([20, 0], [6, 50], [9, 30], [25, 0]),
    };
    const story = postMortemOf(run(columns, outage));
    expect(told(story, 'backlog')).toEqual({ part: 'bank', waiting: 50 });
    expect(story!.outcome).toBe('recovered');
    expect(told(story, 'recoveredAfter')).toEqual({ at: 17.5, took: 5 });
  });

  it('says of a line that was still there when answers came again when it was empty', () => {
    const columns = { ...answering([20, 10], [5, 0], [35, 10]), 'bank.queue': steps([20, 0], [20, 50], [20, 0]) };
    const story = postMortemOf(run(columns, outage));
    expect(ids(story)).toContain('why.story.recoveredAtOnce');
    expect(told(story, 'line.emptyAt')).toEqual({ part: 'bank', waiting: 50, at: 20 });
  });

  it('counts the instances that died after the trigger, without those of the trigger', () => {
    const dead = (at: number, instance: number): Mark => ({ ...mark(at, 'instance', 'dead'), instance });
    const marks = [dead(1000, 0), outage[0]!, dead(1100, 1), dead(1200, 2)];
    expect(told(postMortemOf(run(answering([20, 10], [40, 0]), marks)), 'deaths')).toEqual({
      count: 2,
      at: 11,
      part: 'bank',
    });
  });

  it('says who held whom half-way through, where a part was full of what waited for another', () => {
    const inShop: HopRow = { from: 'clients', to: 'shop', sent: 1500, arrived: 1501, started: 1501 };
    const hops: HopRow[] = [inShop, { from: 'shop', to: 'bank', parent: 0, sent: 1510, arrived: 1511, started: 1511 }];
    const columns = {
      ...answering([20, 10], [40, 0]),
      'shop.busy': steps([60, 1]),
      'shop.capacity': steps([60, 1]),
      'shop.queue': steps([20, 0], [40, 5]),
    };
    const story = postMortemOf(writtenRun({ parts, columns, hops, marks: outage }));
    expect(told(story, 'held')).toEqual({ part: 'shop', callee: 'bank', serving: 1, waits: 1, at: 20 });
    expect(ids(postMortemOf(writtenRun({ parts, columns, marks: outage })))).not.toContain('why.story.held');
  });

  it('counts what was asked and answered from what set it off on, also within a stretch', () => {
    const marks = [mark(1040, 'fault-begins', 'outage')];
    const columns = answering([20, 10], [1, 3], [39, 1]);
    expect(told(postMortemOf(run(columns, marks)), 'effect')).toEqual({ at: 10.5, until: 30, rate: 20, goodput: 2 });
  });

  it('has no before and no trigger where a run never kept up', () => {
    const story = postMortemOf(run(answering([60, 4])));
    expect(story!.outcome).toBe('never-kept-up');
    expect(ids(story)).toEqual(['why.story.neverKeptUp']);
  });
});

describe('of runs of the machine', () => {
  const storyOf = (scenario: unknown, design: string) =>
    postMortemOf(simulate(parseScenario(scenario), { design, record: 'trace' }));

  it.each([
    ['retry-storm, tried again at once', retryStorm, 'retry', 'collapsed'],
    ['retry-storm, with a wait', retryStorm, 'backoff', 'collapsed'],
    ['retry-storm, without retries', retryStorm, 'none', 'recovered'],
    ['retry-storm, with a budget', retryStorm, 'budget', 'recovered'],
    ['slow-dependency', slowDependency, 'bare', 'recovered'],
    ['autoscaling-spike', autoscaling, 'fixed-4', 'recovered'],
  ])('%s: told as it ended', (_, scenario, design, outcome) => {
    expect(storyOf(scenario, design)!.outcome).toBe(outcome);
  });

  it.each([
    ['autoscaling-spike', autoscaling, 'fixed-15'],
    ['slow-dependency with a breaker', slowDependency, 'breaker'],
    ['slow-dependency with a bulkhead', slowDependency, 'bulkhead'],
    ['load-balancing', loadBalancing, 'random'],
    ['thirty-services', thirtyServices, 'in-turn'],
  ])('nothing is told where nothing went wrong: %s', (_, scenario, design) => {
    expect(storyOf(scenario, design)).toBeNull();
  });

  it('a retry storm begins with its outage, was multiplied by retries, and outlives the outage', () => {
    const story = storyOf(retryStorm, 'retry')!;
    expect(story.timeline[1]).toMatchObject({ id: 'why.mark.fault-begins', values: { at: 60, part: 'back' } });
    expect(told(story, 'amplified')!['times']).toBeGreaterThan(20);
    expect(told(story, 'over')!['at']).toBe(65);
    expect(ids(story)).toContain('why.story.whyNot');
    expect(story.timeline.filter(({ id }) => id === 'why.story.tries').map(({ values }) => values['callee'])).toEqual([
      'back',
      'middle',
      'front',
    ]);
  });

  it('the retry storm of the lesson collapses when all try again at once, and recovers when nobody does', () => {
    expect(storyOf(threeLayers, 'at-once')!.outcome).toBe('collapsed');
    expect(ids(storyOf(threeLayers, 'at-once'))).toContain('why.story.amplified');
    expect(storyOf(threeLayers, 'none')!.outcome).toBe('recovered');
    expect(ids(storyOf(threeLayers, 'none'))).not.toContain('why.story.tries');
  });

  it('the cascading failure of the lesson is told as slots held by a slow part, and a breaker keeps it from happening', () => {
    const story = storyOf(cascadingFailure, 'bare')!;
    expect(told(story, 'held')).toMatchObject({ part: 'web', callee: 'payments' });
    expect(storyOf(cascadingFailure, 'breaker')).toBeNull();
  });
});
