/** Small systems of one coordinator and a few participants, for the tests of both. A unit is 10 ms on each link; ticks are ms. */
import { simulate, type Run, type ScenarioSource } from '../../index.ts';
import type { Parts } from '../../by-hand.fixture.ts';
import { sound } from '../door/door.fixture.ts';

export const three = ['stock', 'payment', 'shipping'] as const;
export const protocols = [
  'two-phase-commit',
  'orchestrated-saga',
  'choreographed-saga',
  'dual-write',
  'outbox',
] as const;
export type Protocol = (typeof protocols)[number];

/** What may differ from the plain case. */
export interface Different {
  /** When orders come, in ms; all are for one key unless `keys` says otherwise. */
  when?: readonly number[];
  clients?: object;
  tx?: object;
  all?: object;
  stock?: object;
  payment?: object;
  shipping?: object;
  /** Of the coordinator's links. */
  link?: object;
  /** Of the clients' link to the coordinator. */
  asks?: object;
  horizon?: number;
  /** When each of the faults named `part action` (or `from>to action`) begins and how long it lasts; and how strong it is. */
  faults?: Record<string, { at: number; lasts: number; amount?: number }>;
  more?: Partial<ScenarioSource>;
  parts?: Parts;
}

/** Orders that are carried out by stock, payment and shipping; every message takes 10 ms each way. */
export function shop(protocol: Protocol, own: Different = {}): ScenarioSource {
  const faults = Object.entries(own.faults ?? {}).map(([what, fault], i) => ({ what, id: `fault${i}`, ...fault }));
  const between = three.flatMap((from) =>
    [...three, 'tx'].filter((to) => to !== from).map((to) => ({ from, to, latency: 10 })),
  );
  return {
    id: 'shop',
    time: { unit: 'ms', ticks: 1000 },
    horizon: own.horizon ?? 1000,
    parts: {
      clients: {
        kind: 'traffic',
        arrivals: { pattern: 'trace', times: [...(own.when ?? [0])] },
        calls: ['tx'],
        ...own.clients,
      },
      tx: {
        kind: 'transaction',
        protocol,
        participants: three.map((to) => ({ to })),
        resendAfter: 100,
        ...own.tx,
      } as Parts[string],
      ...Object.fromEntries(
        three.map((id) => [id, { kind: 'participant', resendAfter: 100, ...own.all, ...own[id] } as Parts[string]]),
      ),
      ...own.parts,
    },
    links: [
      ...three.map((to) => ({ from: 'tx', to, latency: 10, ...own.link })),
      ...between,
      { from: 'clients', to: 'tx', ...own.asks },
    ],
    faults: faults.map(({ what, id, lasts, amount }) => {
      const [part, action] = what.split(' ') as [string, string];
      return { id, part, action, duration: lasts, ...(amount === undefined ? {} : { amount }) };
    }),
    inputs: faults.map(({ id, at }) => ({ at, fault: id })),
    ...own.more,
  };
}

/** The run with its trace, once its books have been found to hold. */
export const ran = (protocol: Protocol, own: Different = {}): Run =>
  sound(simulate(shop(protocol, own), { record: 'trace' }));

/** Of each message to a part, in the order of arrival: when it arrived and when it was answered there, in ms. */
export function stays({ trace }: Run, part: string): [number, number | null][] {
  const { hops, parts } = trace!;
  return Array.from({ length: hops.count }, (_, hop) => hop)
    .filter((hop) => parts[hops.to[hop]!] === part && hops.arrivedAt[hop]! >= 0)
    .toSorted((a, b) => hops.arrivedAt[a]! - hops.arrivedAt[b]! || a - b)
    .map((hop) => [hops.arrivedAt[hop]! / 1000, hops.endedAt[hop]! < 0 ? null : hops.endedAt[hop]! / 1000]);
}
