/**
 * What is to be seen of a part of a kind besides its line and its slots: a few signs, each a number of something, by name.
 * The drawing and the table twin both read this one list, so that they say the same. It knows no words and no shapes.
 */
import type { Connections, MeasureUnit } from '../../../../simulations/index.ts';
import type { Frame } from '../frame.ts';
import type { InstanceState } from './instances.ts';

export interface Sign {
  /** Its name, which messages are called after. */
  id: string;
  value: number;
  unit: MeasureUnit;
  /** Out of how many, where there is a most. */
  of?: number;
  /** How full a bar of it is, from 0 to 1, where it is drawn as one. */
  share?: number;
  /** True where a tenth would be too coarse. */
  isFine?: boolean;
  /** What one of several is called, in the scenario's own words. */
  name?: string;
  /** True where it holds for the last window only, and false where it holds for this very moment. */
  isOver: boolean;
}

/** What stands around a part: the kinds and settings of all of them, and who is tied to whom. */
export interface Around {
  parts: Readonly<Record<string, { kind: string }>>;
  connections: Connections;
  /** Ticks per unit of time, and width of a window in ticks. */
  ticks: number;
  window: number;
}

const works = (state: InstanceState): boolean => state === 'ready' || state === 'sick' || state === 'out';

const reachedIn = new WeakMap<Connections, Set<string>>();

/** The parts that requests can come to in a design, their sources included. */
function reached({ parts, connections }: Pick<Around, 'parts' | 'connections'>): Set<string> {
  const known = reachedIn.get(connections);
  if (known !== undefined) return known;
  const found = new Set(
    Object.keys(parts).filter((id) => parts[id]!.kind === 'traffic' || parts[id]!.kind === 'processor'),
  );
  // a set grows while it is gone through, so this ends when nothing new is called
  for (const id of found) for (const [from, to] of connections.calls) if (from === id) found.add(to);
  reachedIn.set(connections, found);
  return found;
}

/** Whether a design leaves a part out: nobody calls it there, and it looks after nothing. */
export const isLeftOut = (part: string, around: Pick<Around, 'parts' | 'connections'>): boolean =>
  around.connections.calls.length > 0 && !reached(around).has(part) && steeredBy(part, around).length === 0;

/** The parts that a control part looks after. */
export const steeredBy = (part: string, { connections }: Pick<Around, 'connections'>): string[] =>
  connections.steers.filter(([from]) => from === part).map(([, to]) => to);

/** The instances that a part chooses from, in the order of its targets. */
export const choices = (part: string, frame: Frame, { connections }: Pick<Around, 'connections'>): InstanceState[] =>
  connections.calls.filter(([from]) => from === part).flatMap(([, to]) => frame.standing[to]?.instances ?? []);

type Levels = Record<string, number>;

/** A level of the last window as a sign; nothing before the first window is over. */
function over(levels: Levels, column: string, id = column): Sign[] {
  const value = levels[column];
  return value === undefined ? [] : [{ id, value, unit: 'number', isOver: true }];
}

const readers: Record<string, (part: string, frame: Frame, around: Around) => Sign[]> = {
  cache(part, frame, { ticks, window }) {
    const { levels } = frame.standing[part]!;
    const { hits, misses } = levels;
    if (hits === undefined || misses === undefined) return [];
    const reads = hits + misses;
    const share = reads === 0 ? 0 : hits / reads;
    const rate = (id: string, count: number): Sign => ({
      id,
      value: (count * ticks) / window,
      unit: 'rate',
      isOver: true,
    });
    return [
      { id: 'hitShare', value: share, unit: 'share', share, isOver: true },
      rate('hits', hits),
      rate('misses', misses),
      ...over(levels, 'entries'),
    ];
  },
  store(part, frame) {
    const { levels, instances } = frame.standing[part]!;
    const { poolUse, poolSize } = levels;
    return [
      ...over(levels, 'poolUse', 'pool').map((sign) =>
        poolSize === undefined || poolSize === 0
          ? sign
          : { ...sign, of: poolSize, share: Math.min(1, poolUse! / poolSize) },
      ),
      ...over(levels, 'poolQueue'),
      ...over(levels, 'locks'),
      ...over(levels, 'lockQueue'),
      ...(instances.length > 1 ? over(levels, 'behind') : []),
    ];
  },
  broker(part, frame) {
    const { levels, list } = frame.standing[part]!;
    const lags = list.length > 0 ? list : Object.entries(levels).filter(([name]) => name === 'lag');
    const most = Math.max(1, ...lags.map(([, lag]) => lag));
    return [
      ...lags.map(([name, lag]): Sign => ({
        id: list.length > 0 ? 'lagOf' : 'lag',
        value: lag,
        unit: 'number',
        share: lag / Math.max(most, 20),
        isOver: true,
        ...(list.length > 0 ? { name } : {}),
      })),
      ...over(levels, 'partitionLag'),
      ...over(levels, 'consumers'),
    ];
  },
  function(part, frame) {
    const { levels } = frame.standing[part]!;
    const { instances, starting, idle } = levels;
    if (instances === undefined || starting === undefined) return [];
    return [
      { id: 'warm', value: instances - starting, unit: 'number', isOver: true },
      ...over(levels, 'starting', 'cold'),
      ...(idle === undefined ? [] : over(levels, 'idle')),
    ];
  },
  registry: (part, frame) => over(frame.standing[part]!.levels, 'registered'),
  bus: (part, frame) => over(frame.standing[part]!.levels, 'held'),
  transaction: (part, frame) => {
    const { levels } = frame.standing[part]!;
    return [...over(levels, 'open'), ...over(levels, 'halfDone'), ...over(levels, 'outbox')];
  },
  participant: (part, frame) => {
    const { levels } = frame.standing[part]!;
    return [...over(levels, 'locks'), ...over(levels, 'queue', 'lockQueue'), ...over(levels, 'prepared')];
  },
  workers(part, frame) {
    const { levels, instances } = frame.standing[part]!;
    const of = Math.max(1, instances.length);
    return [
      ...over(levels, 'busy', 'atWork').map((sign) => ({ ...sign, of, share: sign.value / of })),
      ...over(levels, 'lockQueue'),
      ...over(levels, 'exchanging'),
      ...over(levels, 'idle', 'standing'),
    ];
  },
  accelerator(part, frame) {
    const { levels, instances } = frame.standing[part]!;
    const devices = Math.max(1, instances.length);
    const of = frame.parts[part]!.slots.length / devices;
    return [
      ...over(levels, 'batch.mean', 'batch').map((sign) => ({ ...sign, of, share: sign.value / of })),
      ...over(levels, 'busy', 'computing').map((sign): Sign => ({
        ...sign,
        value: sign.value / devices,
        unit: 'share',
        share: sign.value / devices,
      })),
    ];
  },
  team(part, frame) {
    const { levels } = frame.standing[part]!;
    return [
      ...over(levels, 'queue', 'piecesWaiting'),
      ...over(levels, 'busy', 'atWork').map((sign) => ({ ...sign, of: levels['capacity'] ?? 0 })),
      ...over(levels, 'handedOver'),
    ];
  },
  release: (part, frame) => {
    const { levels } = frame.standing[part]!;
    return [
      ...over(levels, 'queue', 'waitsForRelease'),
      ...over(levels, 'inPipeline'),
      ...over(levels, 'broken'),
      ...over(levels, 'deployments').map((sign) => ({ ...sign, unit: 'count' as const })),
    ];
  },
  changes(part, frame) {
    const { levels } = frame.standing[part]!;
    return [
      ...over(levels, 'crossings', 'crossedBorders').map((sign) => ({ ...sign, unit: 'count' as const })),
      ...over(levels, 'largest', 'largestOwner'),
      ...over(levels, 'handedOver'),
    ];
  },
  landscape(part, frame) {
    const { levels } = frame.standing[part]!;
    const links = levels['links'] ?? 0;
    return [
      ...over(levels, 'worth', 'ofBest').map((sign): Sign => ({ ...sign, unit: 'share' })),
      ...over(levels, 'unlike', 'unlikeLinks').map((sign) => (links > 0 ? sign : { ...sign, value: 0 })),
      ...over(levels, 'queue', 'undecided'),
    ];
  },
  organisation(part, frame) {
    const { levels } = frame.standing[part]!;
    const fine = (sign: Sign): Sign => ({ ...sign, isFine: true });
    return [
      ...over(levels, 'index', 'mirror').map(fine),
      ...over(levels, 'p', 'byLot').map(fine),
      ...over(levels, 'tight'),
      ...over(levels, 'tight', 'tightAcross').map((sign) => ({
        ...sign,
        value: sign.value - (levels['tightWithin'] ?? 0),
      })),
      ...over(levels, 'loose'),
      ...over(levels, 'copies', 'copied').map((sign) => ({ ...sign, unit: 'count' as const })),
      ...over(levels, 'queue', 'tasksWaiting'),
    ];
  },
  balancer(part, frame, around) {
    const all = choices(part, frame, around).filter((state) => state !== 'absent');
    const value = all.filter((state) => state === 'ready' || state === 'sick').length;
    return [{ id: 'inRotation', value, of: all.length, unit: 'count', isOver: false }];
  },
  autoscaler(part, frame, around) {
    const [steered] = steeredBy(part, around);
    const standing = frame.standing[steered ?? ''];
    if (standing === undefined) return [];
    const ready = standing.instances.filter(works).length;
    const asked = standing.steering.wanted;
    const wanted = asked ?? frame.standing[part]!.levels['desired'];
    const most = Math.max(1, ready, wanted ?? 0);
    return [
      ...(wanted === undefined
        ? []
        : [
            { id: 'wanted', value: wanted, unit: 'number', share: wanted / most, isOver: asked === undefined } as const,
          ]),
      { id: 'ready', value: ready, unit: 'count', share: ready / most, isOver: false },
    ];
  },
  deployer(part, frame, around) {
    const [steered] = steeredBy(part, around);
    const count = frame.standing[steered ?? '']?.instances.filter(works).length ?? 0;
    // Several may deploy to one part: who has begun nothing has brought no version.
    if ((frame.standing[part]!.levels['deployments'] ?? 0) < 1) return [];
    return over(frame.standing[part]!.levels, 'newInstances', 'newVersion').map((sign) => ({
      ...sign,
      of: count,
      share: Math.min(1, sign.value / Math.max(1, count)),
    }));
  },
  chaos(part, frame, around) {
    const [steered] = steeredBy(part, around);
    const { action } = around.parts[part] as { action?: string };
    const value = frame.faults.filter((fault) => fault.part === steered && fault.fault === action).length;
    return [{ id: 'faultsOn', value, unit: 'count', isOver: false }];
  },
  prober(part, frame, around) {
    const [steered] = steeredBy(part, around);
    const value = frame.standing[steered ?? '']?.steering.restarts ?? 0;
    return [{ id: 'restarts', value, unit: 'count', isOver: false }];
  },
  bill(part, frame) {
    const { levels } = frame.standing[part]!;
    const { used } = levels;
    return [
      ...over(levels, 'cost'),
      ...(used === undefined ? [] : [{ id: 'used', value: used, unit: 'share', share: used, isOver: true } as const]),
    ];
  },
};

/** The signs of a part at a moment; a kind without any has none. */
export function signsOf(part: string, frame: Frame, around: Around): Sign[] {
  const kind = around.parts[part]?.kind ?? '';
  return frame.standing[part] !== undefined && Object.hasOwn(readers, kind) ? readers[kind]!(part, frame, around) : [];
}

/** How far the release is that a deployer carries out; null where it has none, or not yet. */
export function releaseOf(
  part: string,
  frame: Frame,
  around: Pick<Around, 'connections'>,
): { what: string; version: string; step: number } | null {
  const [steered] = steeredBy(part, around);
  const release = frame.standing[steered ?? '']?.steering.release;
  // A mark names the part and not who deployed it: only a deployer that has begun may say that it was the one.
  const begun = frame.standing[part]?.levels['deployments'] ?? 0;
  return release === undefined || begun < 1 ? null : release;
}

/** How many instances of a part are in each state besides working. */
export function ailing(instances: readonly InstanceState[]): [InstanceState, number][] {
  return (['dead', 'stopped', 'sick', 'out', 'starting', 'stopping'] as const)
    .map((state): [InstanceState, number] => [state, instances.filter((each) => each === state).length])
    .filter(([, count]) => count > 0);
}
