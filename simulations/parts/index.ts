/**
 * The one list of the kinds of parts. A new kind is its own folder, whose `index.ts` gives it, and one line here.
 * Loading this module makes them all known; a worker does without it (see docs/decisions/0016).
 */
import type { z } from '../fields.ts';
import accelerator from './accelerator/index.ts';
import autoscaler from './autoscaler/index.ts';
import balancer from './balancer/index.ts';
import bill from './bill/index.ts';
import bus from './bus/index.ts';
import broker from './broker/index.ts';
import changes from './changes/index.ts';
import cache from './cache/index.ts';
import cloudFunction from './function/index.ts';
import gateway from './gateway/index.ts';
import identity from './identity/index.ts';
import landscape from './landscape/index.ts';
import chaos from './chaos/index.ts';
import deployer from './deployer/index.ts';
import { know } from './known.ts';
import memory from './memory/index.ts';
import organisation from './organisation/index.ts';
import participant from './participant/index.ts';
import prober from './prober/index.ts';
import processor from './processor/index.ts';
import registry from './registry/index.ts';
import release from './release/index.ts';
import service from './service/index.ts';
import store from './store/index.ts';
import team from './team/index.ts';
import traffic from './traffic/index.ts';
import transaction from './transaction/index.ts';
import workers from './workers/index.ts';

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
  bill,
  cloudFunction,
  transaction,
  participant,
  organisation,
  workers,
  accelerator,
  processor,
  memory,
  landscape,
  team,
  release,
  changes,
] as const;

know(list);

export { kinds } from './known.ts';

type SettingsOf<List> = List extends readonly [
  { settings: infer First extends z.core.$ZodTypeDiscriminable },
  ...infer Rest,
]
  ? [First, ...SettingsOf<Rest>]
  : [];

/** The schema of the settings of a part of any kind. */
export type PartSettings = z.ZodMiniDiscriminatedUnion<SettingsOf<typeof list>, 'kind'>;
