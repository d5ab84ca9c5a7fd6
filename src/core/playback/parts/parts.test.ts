import { describe, expect, it } from 'vitest';
import type { Mark, MarkKind, Run } from '../../../../simulations/index.ts';
import { tableOf } from '../sentences.ts';
import { readFrames, type Knowledge } from '../frame.ts';
import { handmadeRun } from '../handmade.fixture.ts';
import { isLeftOut, releaseOf, signsOf, type Around } from './signs.ts';

const mark = (at: number, kind: MarkKind, detail: string, instance?: number, part = 'server'): Mark => ({
  at,
  part,
  kind,
  detail,
  ...(instance === undefined ? {} : { instance }),
});

/** A run whose server has so many instances, with these marks and these columns. */
function run(marks: Mark[], { instances = 2, columns = {} as Record<string, Float64Array> } = {}): Run {
  const made = handmadeRun([{ at: 0, service: 40 }], { marks });
  made.state['server'] = {
    ...made.state['server']!,
    instances: Array.from({ length: instances }, () => true),
  };
  Object.assign(made.trace!.windows.columns, columns);
  return made;
}
const read = (made: Run, knowledge: Partial<Knowledge> = {}) => readFrames(made, { stops: ['pause'], ...knowledge });
const statesOf = (made: Run, at: number, knowledge: Partial<Knowledge> = {}) =>
  read(made, knowledge).at(at).standing['server']!.instances;

describe('the instances of a part', () => {
  it('start, work and go as their marks say, and stand before the first mark as it implies', () => {
    const made = run([
      mark(100, 'instance', 'starting', 1),
      mark(200, 'instance', 'ready', 1),
      mark(300, 'instance', 'stopping', 0),
      mark(400, 'instance', 'absent', 0),
    ]);
    expect(statesOf(made, 50)).toEqual(['ready', 'absent']);
    expect(statesOf(made, 150)).toEqual(['ready', 'starting']);
    expect(statesOf(made, 200)).toEqual(['ready', 'ready']);
    expect(statesOf(made, 300)).toEqual(['stopping', 'ready']);
    expect(statesOf(made, 400)).toEqual(['absent', 'ready']);
  });

  it('lie dead while the fault that killed them lasts, and are only gone where nothing killed them', () => {
    const made = run([
      mark(100, 'instance', 'dead', 0),
      mark(100, 'instance', 'absent', 0),
      mark(100, 'fault-begins', 'outage', 0),
      mark(200, 'fault-ends', 'outage', 0),
      mark(200, 'instance', 'ready', 0),
    ]);
    expect(statesOf(made, 150)).toEqual(['dead', 'ready']);
    expect(statesOf(made, 250)).toEqual(['ready', 'ready']);
    const replaced = run([mark(100, 'instance', 'dead', 0), mark(100, 'instance', 'absent', 0)]);
    expect(statesOf(replaced, 150)).toEqual(['absent', 'ready']);
  });

  it('are out while a balancer gives them nothing, and sick while a fault strikes just them', () => {
    const made = run([mark(100, 'health', 'ejected', 1), mark(200, 'health', 'put back', 1)]);
    expect([50, 150, 250].map((at) => statesOf(made, at)[1])).toEqual(['ready', 'out', 'ready']);
    const slow = run([mark(100, 'fault-begins', 'slow-one', 0), mark(200, 'fault-ends', 'slow-one', 0)]);
    expect(statesOf(slow, 150, { strikesOne: ['slow-one'] })).toEqual(['sick', 'ready']);
    // A fault of the whole part names an instance only because every fault does.
    expect(statesOf(slow, 150)).toEqual(['ready', 'ready']);
  });

  it('of a part that is one whole are down while a fault takes it down', () => {
    const made = run([mark(100, 'fault-begins', 'crash', 0), mark(200, 'fault-ends', 'crash', 0)], { instances: 1 });
    const knowledge = { strikesOne: ['crash'], kills: ['crash'] };
    expect([50, 150, 250].map((at) => statesOf(made, at, knowledge)[0])).toEqual(['ready', 'dead', 'ready']);
  });

  it('are held by a pause, and do not work meanwhile', () => {
    const made = run([mark(100, 'fault-begins', 'pause', 0), mark(200, 'fault-ends', 'pause', 0)]);
    expect(statesOf(made, 150)).toEqual(['stopped', 'ready']);
    expect(read(made).at(150).parts['server']!.instances).toEqual([false, true]);
  });
});

describe('links', () => {
  it('have the state of their breaker, closed until it turns', () => {
    const made = run([
      mark(100, 'breaker', 'open', undefined, 'clients>server'),
      mark(200, 'breaker', 'half-open', undefined, 'clients>server'),
      mark(300, 'breaker', 'closed', undefined, 'clients>server'),
    ]);
    const states = [50, 100, 250, 300].map((at) => read(made).at(at).links['clients>server']!.breaker);
    expect(states).toEqual(['closed', 'open', 'half-open', 'closed']);
  });

  it('are cut while a fault cuts them', () => {
    const made = run([
      mark(100, 'fault-begins', 'no-way', 0, 'clients>server'),
      mark(200, 'fault-ends', 'no-way', 0, 'clients>server'),
    ]);
    const links = [50, 150, 200].map((at) => read(made, { cuts: ['no-way'] }).at(at).links['clients>server']);
    expect(links).toEqual([undefined, { isCut: true }, undefined]);
  });
});

describe('what a part shows besides', () => {
  const around = (kind: string, steers: [string, string][] = []): Around => ({
    parts: { clients: { kind: 'traffic' }, server: { kind } },
    connections: { calls: [['clients', 'server']], steers },
    ticks: 100,
    window: 100,
  });
  const column = (...values: number[]): Float64Array =>
    Float64Array.from({ length: 10 }, (_, window) => values[window] ?? 0);

  it('is read off the last window that was over, and nothing before there is one', () => {
    const made = run([], { columns: { 'server.hits': column(3, 9), 'server.misses': column(1, 1) } });
    const reader = read(made, { kinds: { server: 'cache' } });
    expect(signsOf('server', reader.at(99), around('cache'))).toEqual([]);
    expect(signsOf('server', reader.at(100), around('cache'))[0]).toMatchObject({
      id: 'hitShare',
      value: 0.75,
      isOver: true,
    });
    expect(signsOf('server', reader.at(199), around('cache'))[0]).toMatchObject({ value: 0.75 });
    expect(signsOf('server', reader.at(200), around('cache'))[0]).toMatchObject({ value: 0.9 });
  });

  it('is how much of a pool is in use', () => {
    const made = run([], { columns: { 'server.poolUse': column(4), 'server.poolSize': column(5) } });
    const [pool] = signsOf('server', read(made, { kinds: { server: 'store' } }).at(150), around('store'));
    expect(pool).toMatchObject({ id: 'pool', value: 4, of: 5, share: 0.8 });
  });

  it('is what a bill charges, and the share of it that has something to do', () => {
    const made = run([], { columns: { 'server.cost': column(38), 'server.used': column(0.75) } });
    expect(signsOf('server', read(made, { kinds: { server: 'bill' } }).at(150), around('bill'))).toMatchObject([
      { id: 'cost', value: 38, isOver: true },
      { id: 'used', value: 0.75, unit: 'share', share: 0.75 },
    ]);
  });

  it('is what an autoscaler wants against what is ready, both of this very moment', () => {
    const made = run([mark(100, 'scale', '1 to 4'), mark(100, 'instance', 'starting', 1)]);
    const signs = signsOf('clients', read(made).at(150), {
      ...around('service', [['clients', 'server']]),
      parts: { clients: { kind: 'autoscaler' }, server: { kind: 'service' } },
    });
    expect(signs).toMatchObject([
      { id: 'wanted', value: 4, isOver: false },
      { id: 'ready', value: 1, share: 0.25, isOver: false },
    ]);
  });

  it('is how far a release is, only at a deployer that has begun one', () => {
    const marks = [
      mark(100, 'deploy', 'v2 begins'),
      mark(300, 'deploy', 'v2 rolled back'),
      mark(400, 'deploy', 'v1 back'),
    ];
    const begun = run(marks, { columns: { 'clients.deployments': column(0, 1) } });
    const ties = around('service', [['clients', 'server']]);
    const kinds = { clients: 'deployer' };
    const what = [250, 350, 450].map((at) => releaseOf('clients', read(begun, { kinds }).at(at), ties)?.what);
    expect(what).toEqual(['going', 'rollingBack', 'rolledBack']);
    expect(releaseOf('clients', read(run(marks), { kinds }).at(450), ties)).toBeNull();
  });
});

describe('a sampled trace', () => {
  it('leaves counting who waits and is served to the windows, which count all requests', () => {
    const made = handmadeRun(
      [0, 100, 200, 300].map((at) => ({ at, service: 10 })),
      { end: 1000 },
    );
    const { windows } = made.trace!;
    windows.columns['server.queue'] = new Float64Array(windows.count).fill(41.6);
    windows.columns['server.busy'] = new Float64Array(windows.count).fill(3.2);
    expect(readFrames(made, { stops: [] }).at(1000).standing['server']!.counted).toBeUndefined();
    made.trace!.sampled = true;
    const frames = readFrames(made, { stops: [] });
    expect(frames.at(windows.ticks - 1).standing['server']!.counted).toBeUndefined();
    expect(frames.at(1000).standing['server']!.counted).toEqual({ waiting: 42, busy: 3 });
    expect(tableOf(made, ['server'], frames.at(1000), () => true)[0]).toMatchObject({ waiting: 42, busy: 3 });
  });

  it('counts each hop for as many requests as it stands for', () => {
    const made = handmadeRun(
      [0, 100, 200, 300].map((at) => ({ at, service: 10 })),
      { end: 1000 },
    );
    made.trace!.sampled = true;
    made.trace!.weight = 8;
    // one of the sample, one that is kept for itself, one that is only recent, one of the sample
    made.trace!.hops.kept = Uint8Array.from([0, 1, 4, 0]);
    const frames = readFrames(made, { stops: [] });
    expect([50, 150, 250, 350].map((at) => frames.at(at).made)).toEqual([8, 9, 9, 17]);
    expect(frames.at(1000).answered).toBe(17);
    expect(frames.at(350).flows[0]!.out).toBe(4);
  });
});

describe('a design', () => {
  const parts = {
    people: { kind: 'traffic' },
    bus: { kind: 'bus' },
    line: { kind: 'service' },
    end: { kind: 'service' },
  };
  const calling = (...calls: [string, string][]) => ({ parts, connections: { calls, steers: [] } });

  it('leaves out what nobody calls there, and whatever only that would call', () => {
    const direct = calling(['people', 'line'], ['bus', 'end']);
    expect(Object.keys(parts).filter((id) => isLeftOut(id, direct))).toEqual(['bus', 'end']);
    const byBus = calling(['people', 'bus'], ['bus', 'end'], ['line', 'end']);
    expect(Object.keys(parts).filter((id) => isLeftOut(id, byBus))).toEqual(['line']);
  });

  it('leaves out nothing that looks after others', () => {
    const steered = {
      parts,
      connections: { calls: [['people', 'end']] as [string, string][], steers: [['bus', 'end']] as [string, string][] },
    };
    expect(isLeftOut('bus', steered)).toBe(false);
  });
});
