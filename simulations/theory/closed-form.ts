/**
 * Which closed form a scenario's own setting has, if any: it reads parts and their settings, and answers null rather
 * than stretch a formula beyond its assumptions.
 */
import { cv2Of, isExponential, meanOf, type Distribution } from '../distributions/index.ts';
import type { Scenario } from '../scenario.ts';
import * as queues from './queues.ts';

/** Names of the closed forms that a scenario may ask for, each of the one service that its Poisson traffic calls. */
export const closedForms = ['load', 'response', 'wait', 'inside', 'queue', 'delayed'] as const;

interface SingleQueue {
  rate: number;
  service: Distribution;
  serviceTime: number;
  servers: number;
}

/** The scenario as one Poisson stream before one service with room for all; null when it is anything else. */
function singleQueue({ parts, inputs }: Scenario): SingleQueue | null {
  const all = Object.values(parts);
  const traffic = all.find((part) => part.kind === 'traffic');
  const service = all.find((part) => part.kind === 'service');
  if (all.length !== 2 || traffic === undefined || service === undefined || inputs.length > 0) return null;
  if (traffic.arrivals.pattern !== 'poisson' || traffic.calls.length !== 1 || service.queueLimit !== null) return null;
  if (service.threads === null || service.calls.length > 0) return null;
  return {
    rate: traffic.arrivals.rate,
    service: service.service,
    serviceTime: meanOf(service.service) / service.speed,
    servers: service.instances * service.threads,
  };
}

/**
 * The value that theory gives for a scenario as it stands, without faults.
 * @param name one of `closedForms`.
 * @returns null where the name is unknown, the assumptions do not hold, or there is no steady state.
 */
export function closedForm(name: string, scenario: Scenario): number | null {
  const queue = singleQueue(scenario);
  if (queue === null) return null;
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
]);

/** The closed form beside a measure such as `server.response.mean`; null where there is none. */
export function closedFormOf(measure: string, scenario: Scenario): number | null {
  const dot = measure.indexOf('.');
  const form = formOfMeasure.get(measure.slice(dot + 1));
  const part = measure.slice(0, dot);
  if (form === undefined || !Object.hasOwn(scenario.parts, part) || scenario.parts[part]!.kind !== 'service')
    return null;
  return closedForm(form, scenario);
}
