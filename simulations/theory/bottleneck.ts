/**
 * The bottleneck law read off a scenario: how much work one request makes at each part, and so how many requests per unit
 * of time can pass at most. It supposes that caches hold what they are asked for and that nothing fails; it knows no queue.
 * Source: Denning and Buzen, The operational analysis of queueing network models, Computing Surveys 10 (1978).
 */
import { isExponential, meanOf, type Distribution } from '../distributions/index.ts';
import type { Scenario } from '../scenario.ts';
import { calleesOf, stagesOf } from '../plans/settings.ts';
import { meanValueAnalysis, saturationPoint, throughputBound } from './networks.ts';

/** Work that a request makes at a part. */
export interface Demand {
  part: string;
  /** Mean work of all its visits together, in units of time. */
  work: number;
  /** How many do that work side by side: threads, shards, replicas; Infinity where nobody ever waits. */
  servers: number;
  /** How often it comes by. */
  visits: number;
}

type Parts = Scenario['parts'];
type Plan = Parameters<typeof stagesOf>[0];
type Operation = 'read' | 'write';

const lawOf = (time: number | Distribution): Distribution =>
  typeof time === 'number' ? { law: 'constant', mean: time } : time;

/** What a request makes the parts do, how long it is under way, and whether one thing is done after the other. */
export interface Demands {
  demands: Demand[];
  ways: number;
  isInTurn: boolean;
}

/**
 * What a request of the only source makes others do, part by part.
 * @returns null where there are several sources, or something whose work cannot be read off.
 */
export function demandsOf(scenario: Scenario): Demands | null {
  const sources = Object.entries(scenario.parts).filter(([, { kind }]) => kind === 'traffic');
  const [[id, source] = []] = sources;
  if (sources.length !== 1 || id === undefined || source?.kind !== 'traffic' || source.size !== undefined) return null;
  const found = new Map<string, Demand>();
  const walk: Walk = { scenario, found, ways: 0, isInTurn: true };
  const total = source.classes.reduce((sum, { weight }) => sum + weight, 0);
  const kinds =
    total === 0
      ? [{ share: 1, calls: source.calls }]
      : source.classes.map(({ weight, calls }) => ({ share: weight / total, calls: calls ?? source.calls }));
  const doesAll = kinds.every(
    ({ share, calls }) =>
      visitAll(walk, id, calls, share * (1 - source.writes), 'read') &&
      visitAll(walk, id, calls, share * source.writes, 'write'),
  );
  return doesAll ? { demands: [...found.values()], ways: walk.ways, isInTurn: walk.isInTurn } : null;
}

interface Walk {
  scenario: Scenario;
  found: Map<string, Demand>;
  ways: number;
  isInTurn: boolean;
}

function visitAll(walk: Walk, from: string, plan: Plan, times: number, asked: Operation): boolean {
  if (times === 0) return true;
  return stagesOf(plan).every(
    ({ steps, need }) =>
      need === null &&
      steps.every(({ to, probability, copies, again, operation }) => {
        if (steps.length > 1 || copies > 1) walk.isInTurn = false;
        const done = operation < 0 ? asked : operation === 0 ? 'read' : 'write';
        return visit(walk, from, to, (times * probability * copies) / (1 - again), done);
      }),
  );
}

function visit(walk: Walk, from: string, to: string, times: number, operation: Operation): boolean {
  const { parts, links } = walk.scenario;
  const part: Parts[string] = parts[to]!;
  const link = links.find((each) => each.from === from && each.to === to);
  if (link !== undefined) walk.ways += 2 * times * meanOf(lawOf(link.latency));
  const add = (mean: number, servers: number): void => {
    const { work, visits } = walk.found.get(to) ?? { work: 0, visits: 0 };
    walk.found.set(to, { part: to, work: work + times * mean, servers, visits: visits + times });
  };
  switch (part.kind) {
    case 'service': {
      if (part.finish !== undefined || Object.keys(part.byClass).length > 0 || part.errors > 0) return false;
      // a thread that is held while others work is busy for as long as they are, and that is not known here
      if (part.holdsThread && part.calls.length > 0 && part.threads !== null) return false;
      add(meanOf(part.service) / part.speed, part.threads === null ? Infinity : part.instances * part.threads);
      return visitAll(walk, to, part.calls, times, operation);
    }
    case 'balancer':
      add(part.takes, Infinity);
      return part.targets.length === 1 && visit(walk, to, nameOf(part.targets[0]!), times, operation);
    case 'cache':
      add(meanOf(lawOf(part.hitTime)), Infinity);
      return operation === 'read' || visit(walk, to, part.behind, times, operation);
    case 'store': {
      const copies =
        operation === 'read' && part.readFrom !== 'primary' ? part.replicas + Number(part.readFrom === 'any') : 1;
      add(
        meanOf(lawOf(operation === 'read' ? part.reads : part.writes)),
        part.threads === null ? Infinity : part.threads * part.shards * copies,
      );
      return true;
    }
    default:
      return false;
  }
}

const nameOf = (target: string | { to: string }): string => (typeof target === 'string' ? target : target.to);

/**
 * What somebody has to look after so that a request is answered: `machines` that may fail, an instance or a node each;
 * `connections` between them, each machine of a caller with each of a callee; and `calls` over the network for a request.
 * What lives in the memory of another part is no machine of its own, and asking it no call.
 */
export function upkeepOf(scenario: Scenario): { machines: number; connections: number; calls: number } | null {
  const all = demandsOf(scenario);
  if (all === null) return null;
  const { parts } = scenario;
  const isInside = (id: string): boolean => {
    const part = parts[id]!;
    return part.kind === 'cache' && part.livesIn !== null;
  };
  const reached = new Set(all.demands.map(({ part }) => part));
  // who is asked only by a cache that has not got it is needed all the same
  for (const id of reached) {
    const part = parts[id]!;
    if (part.kind === 'cache') reached.add(part.behind);
    if (part.kind === 'service') for (const callee of calleesOf(part.calls)) reached.add(callee);
  }
  const machinesOf = (id: string): number => {
    const part = parts[id]!;
    if (isInside(id)) return 0;
    if (part.kind === 'service') return part.instances;
    return part.kind === 'store' ? part.shards * (1 + part.replicas) : 1;
  };
  let machines = 0;
  let connections = 0;
  const joined = new Set<string>();
  const join = (from: string, to: string): void => {
    if (!joined.has(`${from} ${to}`)) connections += machinesOf(from) * machinesOf(to);
    joined.add(`${from} ${to}`);
  };
  for (const id of reached) {
    const part = parts[id]!;
    machines += machinesOf(id);
    if (part.kind === 'balancer') for (const target of part.targets) join(id, nameOf(target));
    else if (part.kind === 'service')
      for (const to of calleesOf(part.calls)) {
        const callee = parts[to]!;
        join(id, to);
        // the instances themselves ask what stands behind a memory of their own
        if (callee.kind === 'cache' && isInside(to)) join(id, callee.behind);
      }
    else if (part.kind === 'cache') join(id, part.behind);
  }
  const calls = all.demands.reduce((sum, { part, visits }) => sum + (isInside(part) ? 0 : visits), 0);
  return { machines, connections, calls };
}

interface Closed {
  users: number;
  think: number;
  demands: Demand[];
}

/** The scenario as users who think, ask and wait; null when it is anything else. */
function closedNetwork(scenario: Scenario): Closed | null {
  const source = Object.values(scenario.parts).find(({ kind }) => kind === 'traffic');
  if (source?.kind !== 'traffic' || source.arrivals.pattern !== 'closed' || scenario.inputs.length > 0) return null;
  const all = demandsOf(scenario);
  if (all === null || !all.isInTurn) return null;
  const { users, think } = source.arrivals;
  return { users, think: meanOf(think) + all.ways, demands: all.demands };
}

/** Where most work falls on each server: the part that holds all others up. Null where no part can. */
export function bottleneckOf(demands: readonly Demand[]): Demand | null {
  const [first, ...others] = demands.filter(({ servers, work }) => servers < Infinity && work > 0);
  if (first === undefined) return null;
  return others.reduce((most, one) => (one.work / one.servers > most.work / most.servers ? one : most), first);
}

/**
 * Bounds of a closed network: `mostThroughput`, requests per unit of time at most, and `knee`, the number of users from which
 * they wait for the bottleneck. Of an open one only its capacity can be said: `mostThroughput` is what its bottleneck can do.
 */
export function bound(name: 'mostThroughput' | 'knee', scenario: Scenario): number | null {
  const closed = closedNetwork(scenario);
  if (closed === null) {
    const all = name === 'mostThroughput' ? demandsOf(scenario) : null;
    const most = all === null ? null : bottleneckOf(all.demands);
    return most === null ? null : most.servers / most.work;
  }
  const most = bottleneckOf(closed.demands);
  if (most === null) return null;
  const { users, think, demands } = closed;
  // the bounds ask for the work at one server, and for all of it: what is done side by side counts there as a stay
  const beside = demands.reduce((sum, { work }) => sum + work, 0) - most.work / most.servers;
  const ofMost = [most.work / most.servers];
  return name === 'knee' ? saturationPoint(ofMost, think + beside) : throughputBound(ofMost, think + beside, users);
}

/**
 * Throughput of a closed network by mean value analysis, where it is exact: stations of one thread with exponential work,
 * in front of each its own line, and every visit's station drawn without regard to the lines.
 */
export function closedThroughput(scenario: Scenario): number | null {
  const closed = closedNetwork(scenario);
  if (closed === null) return null;
  const { parts } = scenario;
  const stations: number[] = [];
  let delays = 0;
  for (const { part: id, work, servers, visits } of closed.demands) {
    const part = parts[id]!;
    if (servers === Infinity || part.kind === 'cache' || part.kind === 'balancer') delays += work;
    else if (part.kind === 'service') {
      const isSpread = part.instances === 1 || (part.line === 'each' && isSpreadByChance(parts, id));
      if (part.threads !== 1 || !isSpread || !isExponential(part.service) || part.discipline !== 'fifo') return null;
      if (part.queueLimit !== null) return null;
      for (let i = 0; i < part.instances; i++) stations.push(work / part.instances);
    } else if (part.kind === 'store') {
      const { reads, writes } = part;
      const used = [reads, writes].filter((law) => Math.abs(meanOf(lawOf(law)) * visits - work) <= 1e-9 * work);
      const isPlain = part.threads === 1 && part.shards === 1 && part.replicas === 0 && part.pool === null;
      const holdsNothing = !part.rowLocks && typeof part.lockHold === 'number' && part.lockHold === 0;
      if (!isPlain || !holdsNothing || used.length === 0 || !isExponential(lawOf(used[0]!))) return null;
      stations.push(work);
    } else return null;
  }
  return meanValueAnalysis(stations, closed.think + delays, closed.users).throughput;
}

/** Whether whoever sends requests to a service chooses the instance by chance or by key, never by how busy it is. */
function isSpreadByChance(parts: Parts, id: string): boolean {
  return Object.values(parts).some(
    (part) =>
      part.kind === 'balancer' &&
      part.targets.some((target) => nameOf(target) === id) &&
      (part.policy === 'random' || (part.policy === 'sticky' && part.firstChoice === 'round-robin')),
  );
}
