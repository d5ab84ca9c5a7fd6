/**
 * Which closed form a scenario's own setting has, if any: it reads parts and their settings, and answers null rather
 * than stretch a formula beyond its assumptions.
 */
import { cv2Of, isExponential, meanOf, type Distribution } from '../distributions/index.ts';
import type { Scenario } from '../scenario.ts';
import { greedyBatches } from './batching.ts';
import { meanValueAnalysis } from './networks.ts';
import { kinds } from '../parts/known.ts';
import { blindCrossing, blindCrossingApart } from './borders.ts';
import { bound, closedThroughput, upkeepOf } from './bottleneck.ts';
import { cyclesOnOnePort, cyclesOnTwoPorts, missPenalty } from './computing.ts';
import * as queues from './queues.ts';
import { fleetCost, sharingCapacity } from './machines.ts';
import { chanceOfTalk, expectedMirroring } from './mirroring.ts';
import { slowestMean } from './fanout.ts';
import { waitForDeparture } from './releasing.ts';
import { scalabilityPeak, universalScalability } from './scaling.ts';
import { reachedInCrowd } from './spreading.ts';
import { teamFlow } from './team-flow.ts';
import { unhindered } from './unhindered.ts';

/**
 * Names of the closed forms that a scenario may ask for: each of the one service or accelerator that its Poisson traffic
 * calls, or that is asked about every idea of it, `speedUp` and `peak` of its one pool of workers, `cost` of its one bill, `capacity` and `scalability` of machines that share one
 * thing, `throughput` of users who think, ask and wait, `mostThroughput` and `knee` by the bottleneck law, `machines`, `connections` and `calls` as they are counted, `mirroring` of its one organisation, `flow` of changes through teams of one, `slowest` and `departure` of its first release, `reached` by a change where nothing leads out of a cluster, and `unhindered`, the round trip of its first customers where nobody ever waits.
 */
export const closedForms = [
  'load',
  'response',
  'wait',
  'inside',
  'queue',
  'delayed',
  'speedUp',
  'peak',
  'cpi',
  'missPenalty',
  'unhindered',
  'cost',
  'capacity',
  'scalability',
  'throughput',
  'mostThroughput',
  'knee',
  'machines',
  'connections',
  'calls',
  'mirroring',
  'blindCrossing',
  'blindCrossingApart',
  'flow',
  'slowest',
  'departure',
  'reached',
] as const;

interface SingleQueue {
  rate: number;
  service: Distribution;
  serviceTime: number;
  servers: number;
}

/** The part that the one landscape of choices asks about every idea, when all together decide; null where there is none. */
function askedOf(scenario: Scenario): string | null {
  const land = onlyOne(scenario, 'landscape');
  if (land === null || land.decides !== 'whole' || land.agreed > 0) return null;
  return land.asks !== undefined && scenario.parts[land.asks]?.kind === 'service' ? land.asks : null;
}

/** The scenario as one Poisson stream before one service with room for all; null when it is anything else. */
function singleQueue(scenario: Scenario): SingleQueue | null {
  const { parts, inputs } = scenario;
  const all = Object.values(parts);
  const traffic = all.find((part) => part.kind === 'traffic');
  const asked = askedOf(scenario);
  // a landscape that asks about every idea passes the stream on as it is
  const service = (asked === null ? all : [parts[asked]!]).find((part) => part.kind === 'service');
  if ((all.length !== 2 && asked === null) || traffic === undefined || service === undefined || inputs.length > 0)
    return null;
  if (traffic.arrivals.pattern !== 'poisson' || traffic.calls.length !== 1 || service.queueLimit !== null) return null;
  if (service.threads === null || service.calls.length > 0) return null;
  return {
    rate: traffic.arrivals.rate,
    service: service.service,
    serviceTime: meanOf(service.service) / service.speed,
    servers: service.instances * service.threads,
  };
}

type Settings<Kind extends string> = Extract<Scenario['parts'][string], { kind: Kind }>;

/** The one part of a kind; null where there are several, or none. */
function onlyOne<Kind extends string>({ parts }: Scenario, kind: Kind): Settings<Kind> | null {
  const [part, ...more] = Object.values(parts).filter((each) => each.kind === kind);
  return part === undefined || more.length > 0 ? null : (part as Settings<Kind>);
}

/** How long a passage of the first release takes until the slowest deployable is there, or how long one waits for its train. */
function releaseForm(name: 'slowest' | 'departure', { parts }: Scenario): number | null {
  const own = Object.values(parts).find((part): part is Settings<'release'> => part.kind === 'release');
  if (own === undefined) return null;
  if (name === 'slowest') {
    const { pipeline, deployables } = own;
    if (typeof pipeline === 'number') return pipeline;
    return isExponential(pipeline) ? slowestMean(meanOf(pipeline), deployables) : null;
  }
  if (own.when !== 'train' || own.batchLimit !== null) return null;
  const { interval } = own;
  return typeof interval === 'number'
    ? waitForDeparture(interval, 0)
    : waitForDeparture(meanOf(interval), cv2Of(interval));
}

/** Pieces for each worker from which on it does not matter how a job begins and ends. */
const MANY_PIECES = 60;

/**
 * How much faster a pool of workers is than one of them, by the laws of Amdahl, Gustafson and Gunther, whichever its settings
 * make it: a serial share beside pieces that go by the universal scalability law. Workers who do not wait for one another
 * but for a lock are a closed network instead, which has an exact solution where pieces are exponential and nothing is told.
 */
function speedUp(scenario: Scenario): number | null {
  const pool = onlyOne(scenario, 'workers');
  if (pool === null || scenario.inputs.length > 0) return null;
  const { workers, serial, locked, exchange, grows, pieces, unevenness } = pool;
  const isLocking = locked > 0 || (exchange > 0 && pool.exchanges === 'under-lock');
  let capacity: number;
  if (pool.inStep || !isLocking) {
    if (unevenness > 0 || (!grows && pieces % workers > 0)) return null;
    capacity =
      pool.exchanges === 'under-lock'
        ? universalScalability(locked, exchange, workers)
        : universalScalability(locked + exchange, 0, workers);
  } else {
    if (unevenness !== 1 || exchange > 0 || pieces < MANY_PIECES * (grows ? 1 : workers)) return null;
    capacity = meanValueAnalysis([locked], 1 - locked, workers).throughput;
  }
  const parallel = (1 - serial) * (grows ? workers : 1);
  return (serial + parallel) / (serial + parallel / capacity);
}

/** With how many workers a pool that goes in step and tells under its lock is fastest; null where more are never slower. */
function peak(scenario: Scenario): number | null {
  const pool = onlyOne(scenario, 'workers');
  if (pool === null || scenario.inputs.length > 0) return null;
  const { locked, exchange, exchanges, inStep, unevenness } = pool;
  if (!inStep || unevenness > 0 || exchange === 0 || exchanges !== 'under-lock' || pool.grows) return null;
  return scalabilityPeak(locked, exchange);
}

/**
 * The mirroring index of the one organisation where everybody needs code of everybody with the same chance, and none is
 * written anew. Null where its people take what they know and need what they know, or where all are in one team.
 */
function mirroring(scenario: Scenario): number | null {
  const own = onlyOne(scenario, 'organisation');
  if (own === null || scenario.inputs.length > 0) return null;
  const { kept, clustering, rework, talk, copy } = own;
  if ((kept > 0 && clustering > 0) || rework > 0 || own.interface === 0 || copy === 0) return null;
  const share = kinds.get('organisation')?.counted?.(own as never, { id: '', seed: scenario.seed }) ?? 1;
  if (share === 1) return null;
  const likely = (time: number): number => chanceOfTalk(talk.everyone ?? time, own.interface, copy);
  return expectedMirroring(share, likely(talk.inside), likely(talk.across));
}

/**
 * How often a change of as many parts as its clusters say would cross borders that were dealt out blindly, to as many
 * parts for each owner as the drawing gives; or, apart, to as many owners, each part by itself. Null without a drawing.
 */
function crossedBlindly(name: 'blindCrossing' | 'blindCrossingApart', scenario: Scenario): number | null {
  const own = onlyOne(scenario, 'changes');
  if (own === null || own.clusters === null || own.from === 'record' || scenario.inputs.length > 0) return null;
  const ownerOf = Object.hasOwn(own.drawings, own.borders) ? own.drawings[own.borders]! : null;
  if (ownerOf === null) return null;
  const { least, causes } = own.clusters;
  const most = Math.max(least, own.clusters.most);
  // a cause with fewer components has smaller changes
  if (causes.some(({ touches, weight }) => weight > 0 && new Set(touches).size < most)) return null;
  const sizes = new Map<number, number>();
  for (const owner of ownerOf) sizes.set(owner, (sizes.get(owner) ?? 0) + 1);
  let sum = 0;
  for (let parts = least; parts <= most; parts++)
    sum += name === 'blindCrossing' ? blindCrossing(parts, [...sizes.values()]) : blindCrossingApart(parts, sizes.size);
  return sum / (most - least + 1);
}

interface SingleAccelerator {
  rate: number;
  own: Settings<'accelerator'>;
}

/** The scenario as one Poisson stream before an accelerator of one device with room for all; null when it is anything else. */
function singleAccelerator(scenario: Scenario): SingleAccelerator | null {
  const traffic = onlyOne(scenario, 'traffic');
  const own = onlyOne(scenario, 'accelerator');
  if (traffic === null || own === null || Object.keys(scenario.parts).length > 2 || scenario.inputs.length > 0)
    return null;
  if (traffic.arrivals.pattern !== 'poisson' || traffic.calls.length !== 1 || traffic.size !== undefined) return null;
  if (traffic.classes.length > 0 || own.devices > 1 || own.queueLimit !== null) return null;
  return { rate: traffic.arrivals.rate, own };
}

function batchForm(name: string, { rate, own }: SingleAccelerator): number | null {
  const { fixed, perItem, batchLimit: limit, unevenness, waitLimit } = own;
  let found: { response: number; wait: number; utilisation: number } | null = null;
  if (limit === 1) {
    const time = fixed + perItem;
    const utilisation = queues.load(rate, time, 1);
    const wait = utilisation < 1 ? queues.waitMG1(rate, time, unevenness) : Infinity;
    found = { wait, response: wait + time, utilisation };
  } else if (waitLimit === 0 && unevenness === 0) found = greedyBatches(rate, { fixed, perItem, limit });
  if (found === null || found.response === Infinity) return null;
  const { wait, response, utilisation } = found;
  const forms: Record<string, number> = {
    load: utilisation,
    wait,
    response,
    queue: queues.little(rate, wait),
    inside: queues.little(rate, response),
  };
  return forms[name] ?? null;
}

/**
 * What theory says of a computer: one processor and its memory, with nothing between them. How many accesses an
 * instruction makes is counted on the program itself.
 */
function computerForm(name: string, { parts, links, seed }: Scenario): number | null {
  const all = Object.entries(parts);
  const [, processor] = all.find(([, part]) => part.kind === 'processor') ?? [];
  if (processor?.kind !== 'processor' || all.length !== 2 || links.length > 0) return null;
  const memory = parts[processor.memory];
  if (memory?.kind !== 'memory') return null;
  const { latency, cache, arrangement } = memory;
  if (name === 'missPenalty') return cache === null ? null : missPenalty(latency, cache.words, cache.perWord);
  if (name !== 'cpi' || cache !== null) return null;
  if (arrangement === 'separate') return cyclesOnTwoPorts(processor.execute, latency);
  const accesses = kinds.get('memory')?.counted?.(memory as never, { id: processor.memory, seed });
  return accesses === undefined || accesses === null ? null : cyclesOnOnePort(processor.execute, latency, accesses);
}

/** What the one bill of a scenario charges per unit of time while all machines that are wanted are those that it begins with. */
function billed(scenario: Scenario): number | null {
  const own = onlyOne(scenario, 'bill');
  if (own === null || own.message > 0 || (own.charges === 'present' && scenario.inputs.length > 0)) return null;
  if (Object.values(scenario.parts).some(({ kind }) => kind === 'autoscaler' || kind === 'deployer')) return null;
  let sum = 0;
  for (const { part, size, links } of own.items) {
    const machines = scenario.parts[part];
    if (machines?.kind !== 'service') return null;
    sum += machines.instances * (own.base * fleetCost(1, size, own.exponent, 0) + own.link * links);
  }
  return sum;
}

/**
 * What machines do per unit of time when there is always work for them: the one service that traffic calls, which may call
 * one other that has a single thread. In step (`scalability`) by the law, else as a closed network.
 */
function sharing(name: string, { parts, links, inputs }: Scenario): number | null {
  const traffic = Object.values(parts).filter((part) => part.kind === 'traffic');
  const [first] = traffic[0]?.calls ?? [];
  if (traffic.length !== 1 || typeof first !== 'string' || inputs.length > 0) return null;
  const own = parts[first];
  if (own?.kind !== 'service' || own.threads !== 1 || !own.holdsThread || own.finish !== undefined) return null;
  const machines = own.instances;
  const work = meanOf(own.service);
  if (own.calls.length === 0) return (machines * own.speed) / work;
  const [called] = own.calls;
  const shared = typeof called === 'string' ? parts[called] : undefined;
  if (own.calls.length > 1 || shared?.kind !== 'service' || shared.threads !== 1 || shared.instances !== 1) return null;
  if (!isExponential(shared.service) || shared.calls.length > 0 || shared.speed !== own.speed) return null;
  const link = links.find(({ from, to }) => from === first && to === called);
  if (link !== undefined && typeof link.latency !== 'number') return null;
  const sharedWork = meanOf(shared.service);
  const trip = 2 * ((link?.latency as number | undefined) ?? 0);
  return name === 'capacity'
    ? sharingCapacity(machines, work, sharedWork, own.speed, trip)
    : (universalScalability(sharedWork / (work + sharedWork), 0, machines) * own.speed) / (work + sharedWork);
}

/** Components that a change touches on average, over all systems that may be drawn; only where clusters are cut off from each other. */
function reached(scenario: Scenario): number | null {
  const spread = onlyOne(scenario, 'changes')?.spread ?? null;
  if (spread === null) return null;
  const { components, cluster, inside, outside, chance, leak, borders, misdrawn } = spread;
  const isCutOff = outside === 0 || (borders === 'drawn' && leak === 0 && misdrawn === 0);
  if (!isCutOff || components % cluster !== 0) return null;
  return cluster === 1 ? 1 : reachedInCrowd(cluster, chance * Math.min(1, inside / (cluster - 1)));
}

/**
 * The value that theory gives for a scenario as it stands, without faults.
 * @param name one of `closedForms`.
 * @returns null where the name is unknown, the assumptions do not hold, or there is no steady state.
 */
export function closedForm(name: string, scenario: Scenario): number | null {
  if (name === 'speedUp') return speedUp(scenario);
  if (name === 'peak') return peak(scenario);
  if (name === 'mirroring') return mirroring(scenario);
  if (name === 'blindCrossing' || name === 'blindCrossingApart') return crossedBlindly(name, scenario);
  if (name === 'flow') return teamFlow(scenario);
  if (name === 'slowest' || name === 'departure') return releaseForm(name, scenario);
  if (name === 'reached') return reached(scenario);
  if (name === 'unhindered') return unhindered(scenario);
  if (name === 'cost') return billed(scenario);
  if (name === 'throughput') return closedThroughput(scenario);
  if (name === 'machines' || name === 'connections' || name === 'calls') return upkeepOf(scenario)?.[name] ?? null;
  if (name === 'mostThroughput' || name === 'knee') return bound(name, scenario);
  if (name === 'capacity' || name === 'scalability') return sharing(name, scenario);
  const batched = singleAccelerator(scenario);
  if (batched !== null) return batchForm(name, batched);
  const queue = singleQueue(scenario);
  if (queue === null) return computerForm(name, scenario);
  const { rate, service, serviceTime, servers } = queue;
  const rho = queues.load(rate, serviceTime, servers);
  if (name === 'load') return rho;
  if (rho >= 1) return null;
  const wait =
    servers === 1
      ? queues.waitMG1(rate, serviceTime, cv2Of(service))
      : isExponential(service)
        ? queues.waitMMc(rate, serviceTime, servers)
        : null;
  if (wait === null) return null;
  switch (name) {
    case 'wait':
      return wait;
    case 'response':
      return wait + serviceTime;
    case 'queue':
      return queues.little(rate, wait);
    case 'inside':
      return queues.little(rate, wait + serviceTime);
    case 'delayed':
      return servers === 1 ? rho : queues.erlangC(rate * serviceTime, servers);
    default:
      return null;
  }
}

/** Which closed form stands beside which measure of the one service. */
const formOfMeasure = new Map([
  ['response.mean', 'response'],
  ['wait.mean', 'wait'],
  ['inside.mean', 'inside'],
  ['queue.mean', 'queue'],
  ['utilisation', 'load'],
  ['delayed', 'delayed'],
  ['speedUp', 'speedUp'],
  ['cpi.mean', 'cpi'],
  ['index.last', 'mirroring'],
  ['throughput', 'throughput'],
]);

const kindsWithForms: readonly string[] = ['service', 'accelerator', 'workers', 'processor', 'organisation'];

/** The closed form beside a measure such as `server.response.mean`; null where there is none. */
export function closedFormOf(measure: string, scenario: Scenario): number | null {
  const dot = measure.indexOf('.');
  const form = formOfMeasure.get(measure.slice(dot + 1));
  const part = measure.slice(0, dot);
  const firstRelease = Object.keys(scenario.parts).find((id) => scenario.parts[id]!.kind === 'release');
  if (part === firstRelease && firstRelease !== undefined) {
    const own = { 'service.mean': 'slowest', 'wait.mean': 'departure' }[measure.slice(dot + 1)];
    return own === undefined ? null : closedForm(own, scenario);
  }
  if (form === undefined || !Object.hasOwn(scenario.parts, part)) return null;
  const { kind } = scenario.parts[part]!;
  if (onlyOne(scenario, 'landscape') !== null && askedOf(scenario) !== part) return null;
  if (form === 'throughput' ? kind !== 'traffic' : !kindsWithForms.includes(kind)) return null;
  return closedForm(form, scenario);
}
