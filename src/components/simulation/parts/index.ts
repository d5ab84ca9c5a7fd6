/** Which kind of part is drawn how. A kind without a folder here gets the plain default, never nothing. */
import type { ComponentType } from 'react';
import type { PartFacts } from './facts.ts';
import type { Orientation, Shape, Shaped } from './shape.ts';
import { Accelerator } from './accelerator/Accelerator.tsx';
import { acceleratorShape } from './accelerator/shape.ts';
import { Autoscaler } from './autoscaler/Autoscaler.tsx';
import { autoscalerShape } from './autoscaler/shape.ts';
import { Balancer } from './balancer/Balancer.tsx';
import { balancerShape } from './balancer/shape.ts';
import { Bill } from './bill/Bill.tsx';
import { billShape } from './bill/shape.ts';
import { Broker } from './broker/Broker.tsx';
import { brokerShape } from './broker/shape.ts';
import { Bus } from './bus/Bus.tsx';
import { busShape } from './bus/shape.ts';
import { Cache } from './cache/Cache.tsx';
import { cacheShape } from './cache/shape.ts';
import { Changes } from './changes/Changes.tsx';
import { changesShape } from './changes/shape.ts';
import { Chaos } from './chaos/Chaos.tsx';
import { chaosShape } from './chaos/shape.ts';
import { Deployer } from './deployer/Deployer.tsx';
import { deployerShape } from './deployer/shape.ts';
import { CloudFunction } from './function/CloudFunction.tsx';
import { cloudFunctionShape } from './function/shape.ts';
import { Gateway } from './gateway/Gateway.tsx';
import { gatewayShape } from './gateway/shape.ts';
import { Identity } from './identity/Identity.tsx';
import { identityShape } from './identity/shape.ts';
import { Landscape } from './landscape/Landscape.tsx';
import { landscapeShape } from './landscape/shape.ts';
import { Memory } from './memory/Memory.tsx';
import { memoryShape } from './memory/shape.ts';
import { Organisation } from './organisation/Organisation.tsx';
import { organisationShape } from './organisation/shape.ts';
import { Participant } from './participant/Participant.tsx';
import { participantShape } from './participant/shape.ts';
import { Prober } from './prober/Prober.tsx';
import { proberShape } from './prober/shape.ts';
import { Processor } from './processor/Processor.tsx';
import { processorShape } from './processor/shape.ts';
import { Registry } from './registry/Registry.tsx';
import { registryShape } from './registry/shape.ts';
import { Store } from './store/Store.tsx';
import { storeShape } from './store/shape.ts';
import { Transaction } from './transaction/Transaction.tsx';
import { transactionShape } from './transaction/shape.ts';
import { Release } from './release/Release.tsx';
import { releaseShape } from './release/shape.ts';
import { Service } from './service/Service.tsx';
import { serviceShape } from './service/shape.ts';
import { Team } from './team/Team.tsx';
import { teamShape } from './team/shape.ts';
import { Traffic } from './traffic/Traffic.tsx';
import { trafficShape } from './traffic/shape.ts';
import { Workers } from './workers/Workers.tsx';
import { workersShape } from './workers/shape.ts';
import { Unknown } from './unknown/Unknown.tsx';
import { unknownShape } from './unknown/shape.ts';

interface Kind {
  shape(part: Shaped, orientation: Orientation): Shape;
  Drawing: ComponentType<{ facts: PartFacts }>;
}

const kinds: Record<string, Kind> = {
  traffic: { shape: (_, orientation) => trafficShape(orientation), Drawing: Traffic },
  team: { shape: teamShape, Drawing: Team },
  release: { shape: releaseShape, Drawing: Release },
  landscape: { shape: landscapeShape, Drawing: Landscape },
  service: { shape: ({ slots }) => serviceShape(slots), Drawing: Service },
  accelerator: { shape: acceleratorShape, Drawing: Accelerator },
  autoscaler: { shape: autoscalerShape, Drawing: Autoscaler },
  balancer: { shape: balancerShape, Drawing: Balancer },
  bill: { shape: billShape, Drawing: Bill },
  broker: { shape: brokerShape, Drawing: Broker },
  bus: { shape: busShape, Drawing: Bus },
  cache: { shape: cacheShape, Drawing: Cache },
  changes: { shape: changesShape, Drawing: Changes },
  chaos: { shape: chaosShape, Drawing: Chaos },
  deployer: { shape: deployerShape, Drawing: Deployer },
  function: { shape: cloudFunctionShape, Drawing: CloudFunction },
  gateway: { shape: gatewayShape, Drawing: Gateway },
  identity: { shape: identityShape, Drawing: Identity },
  memory: { shape: memoryShape, Drawing: Memory },
  organisation: { shape: organisationShape, Drawing: Organisation },
  participant: { shape: participantShape, Drawing: Participant },
  prober: { shape: proberShape, Drawing: Prober },
  processor: { shape: processorShape, Drawing: Processor },
  registry: { shape: registryShape, Drawing: Registry },
  store: { shape: storeShape, Drawing: Store },
  transaction: { shape: transactionShape, Drawing: Transaction },
  workers: { shape: workersShape, Drawing: Workers },
};

const unknown: Kind = { shape: ({ slots }) => unknownShape(slots), Drawing: Unknown };

/** The kinds that have a drawing of their own. */
export const drawnKinds: readonly string[] = Object.keys(kinds);

/** How a kind of part is drawn. */
export const kindOf = (kind: string): Kind => (Object.hasOwn(kinds, kind) ? kinds[kind]! : unknown);
