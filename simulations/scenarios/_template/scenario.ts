/** Say in one line what this simulation shows, and to whom. */
import type { ScenarioSource } from '../../index.ts';

const scenario: ScenarioSource = {
  id: 'template',
  family: 'scaling',
  // Long enough for the claims below to hold under every seed; the page says "not enough data" where it is not.
  horizon: 600,
  warmUp: 60,
  parts: {
    clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 8 }, calls: ['server'] },
    server: { kind: 'service', service: { law: 'exponential', mean: 0.1 } },
  },
  links: [{ from: 'clients', to: 'server', latency: 0.02 }],
  // What may be built instead. All designs meet the same customers.
  designs: [
    { id: 'one', set: {} },
    { id: 'two', set: { 'parts.server.instances': 2 } },
  ],
  // What the reader may turn.
  dials: [
    { id: 'arrivalRate', unit: 'rate', min: 1, max: 12, step: 0.5, start: 8, sets: ['parts.clients.arrivals.rate'] },
  ],
  // What the reader may break.
  faults: [{ id: 'pause', part: 'server', action: 'pause', duration: 10 }],
  show: {
    measures: ['server.response.mean', 'server.utilisation'],
    series: ['server.queue'],
    sweep: { dial: 'arrivalRate', measure: 'server.response.mean', theory: 'response' },
  },
  positions: { clients: [0, 0], server: [1, 0] },
  // What must come of it. The control is a setting where the same sentence must not hold: what shows that it can fail.
  claims: [
    {
      id: 'busy',
      at: { dials: { arrivalRate: 8 } },
      measure: 'server.utilisation',
      relation: 'above',
      value: 0.7,
      control: { dials: { arrivalRate: 4 } },
    },
  ],
};

export default scenario;
