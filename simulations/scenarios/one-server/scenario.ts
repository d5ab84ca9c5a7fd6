/** Many clients, one server: Little's law, and why the last ten percent of load cost more than the first ninety. */
import type { ScenarioSource } from '../../index.ts';

const scenario: ScenarioSource = {
  id: 'one-server',
  family: 'scaling',
  horizon: 600,
  warmUp: 60,
  parts: {
    clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 8 }, calls: ['server'] },
    server: { kind: 'service', service: { law: 'gamma', mean: 0.1, cv2: 1 } },
  },
  links: [{ from: 'clients', to: 'server', latency: 0.04 }],
  designs: [
    { id: 'one', set: {} },
    { id: 'two', set: { 'parts.server.instances': 2 } },
    { id: 'fast', set: { 'parts.server.speed': 2 } },
  ],
  dials: [
    { id: 'arrivalRate', unit: 'rate', min: 0.5, max: 12, step: 0.1, start: 8, sets: ['parts.clients.arrivals.rate'] },
    {
      id: 'serviceTime',
      unit: 'time',
      min: 0.02,
      max: 0.2,
      step: 0.005,
      start: 0.1,
      sets: ['parts.server.service.mean'],
    },
    { id: 'variability', unit: 'number', min: 0, max: 10, step: 0.25, start: 1, sets: ['parts.server.service.cv2'] },
  ],
  faults: [
    { id: 'pause', part: 'server', action: 'pause', duration: 10 },
    { id: 'spike', part: 'clients', action: 'surge', amount: 3, duration: 20 },
  ],
  show: {
    measures: [
      'server.response.mean',
      'server.response.p99',
      'server.utilisation',
      'server.inside.mean',
      'server.queue.mean',
      'clients.throughput',
    ],
    series: ['server.response.mean', 'server.queue', 'server.busy'],
    sweep: { dial: 'arrivalRate', measure: 'server.response.mean', theory: 'response' },
  },
  positions: { clients: [0, 0], server: [1, 0] },
};

export default scenario;
