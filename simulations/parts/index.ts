/** The one list of the kinds of parts. A new kind is its own folder and one line here. */
import { field, z } from '../fields.ts';
import { autoscaler } from './autoscaler/autoscaler.ts';
import { balancer } from './balancer/balancer.ts';
import { bus } from './bus/bus.ts';
import { broker } from './broker/broker.ts';
import { cache } from './cache/cache.ts';
import { cloudFunction } from './function/function.ts';
import { gateway } from './gateway/gateway.ts';
import { identity } from './identity/identity.ts';
import { chaos } from './chaos/chaos.ts';
import { deployer } from './deployer/deployer.ts';
import type { Kind } from './kind.ts';
import { participant } from './participant/participant.ts';
import { prober } from './prober/prober.ts';
import { registry } from './registry/registry.ts';
import { service } from './service/service.ts';
import { store } from './store/store.ts';
import { traffic } from './traffic/traffic.ts';
import { transaction } from './transaction/transaction.ts';

const list = [
  traffic,
  service,
  cache,
  store,
  balancer,
  registry,
  autoscaler,
  gateway,
  identity,
  bus,
  broker,
  deployer,
  chaos,
  prober,
  cloudFunction,
  transaction,
  participant,
] as const;

/** Every kind by its name. */
export const kinds = new Map<string, Kind>(list.map((kind) => [kind.kind, kind as unknown as Kind]));

type SettingsOf<List> = List extends readonly [
  { settings: infer First extends z.core.$ZodTypeDiscriminable },
  ...infer Rest,
]
  ? [First, ...SettingsOf<Rest>]
  : [];

/** The settings of a part of any kind. */
export const partSettings = field(
  'A part: its `kind` says which settings it has.',
  z.discriminatedUnion('kind', list.map(({ settings }) => settings) as unknown as SettingsOf<typeof list>),
);
