/** Random systems for the tests of the rules: up to 40 parts, every setting that there is, faults at random times. Only tests import it. */
import fc from 'fast-check';
import type { ScenarioSource } from './index.ts';

const mean = fc.double({ min: 0.05, max: 2, noNaN: true });
const cv2 = fc.constantFrom(0, 0.2, 0.5, 1, 2, 9);

export const anyDistribution = fc.oneof(
  fc.record({ law: fc.constant('constant' as const), mean }),
  fc.record({ law: fc.constant('exponential' as const), mean }),
  fc.record({ law: fc.constant('gamma' as const), mean, cv2 }),
  fc.record({ law: fc.constant('lognormal' as const), mean, cv2 }),
  fc.record({ law: fc.constant('hyperexponential' as const), mean, cv2: fc.constantFrom(1, 1.5, 10) }),
  fc.record({
    law: fc.constant('uniform' as const),
    min: fc.double({ min: 0, max: 0.5, noNaN: true }),
    max: fc.double({ min: 0.6, max: 2, noNaN: true }),
  }),
);

const rate = fc.double({ min: 0.05, max: 4, noNaN: true });
const arrivals = fc.oneof(
  fc.record({ pattern: fc.constant('poisson' as const), rate }),
  fc.record({ pattern: fc.constant('constant' as const), rate }),
  fc.record({
    pattern: fc.constant('closed' as const),
    users: fc.integer({ min: 1, max: 30 }),
    think: anyDistribution,
  }),
);

const service = fc.record({
  kind: fc.constant('service' as const),
  instances: fc.integer({ min: 1, max: 4 }),
  threads: fc.integer({ min: 1, max: 3 }),
  queueLimit: fc.option(fc.integer({ min: 0, max: 10 }), { nil: null }),
  service: anyDistribution,
  speed: fc.constantFrom(0.5, 1, 3),
});

/** A system that can run, with its faults and planned inputs. */
export const anySystem: fc.Arbitrary<ScenarioSource> = fc
  .record({
    sources: fc.array(fc.record({ arrivals, route: fc.array(fc.nat(1000), { minLength: 1, maxLength: 4 }) }), {
      minLength: 1,
      maxLength: 5,
    }),
    services: fc.array(service, { minLength: 1, maxLength: 35 }),
    links: fc.array(
      fc.record({
        source: fc.nat(1000),
        target: fc.nat(1000),
        latency: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), anyDistribution),
      }),
      { maxLength: 10 },
    ),
    inputs: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 40, noNaN: true }),
        which: fc.nat(1000),
        duration: fc.double({ min: 0.01, max: 20, noNaN: true }),
      }),
      { maxLength: 5 },
    ),
    warmUp: fc.constantFrom(0, 7.3),
    seed: fc.integer({ min: 0, max: 0xffffffff }),
    ticks: fc.constantFrom(30, 1000, 1_000_000),
  })
  .map(({ sources, services, links, inputs, warmUp, seed, ticks }): ScenarioSource => {
    const parts: ScenarioSource['parts'] = {};
    for (const [i, source] of sources.entries())
      parts[`t${i}`] = {
        kind: 'traffic',
        arrivals: source.arrivals,
        calls: source.route.map((n) => `s${n % services.length}`),
      };
    for (const [i, settings] of services.entries()) parts[`s${i}`] = settings;
    const faults: NonNullable<ScenarioSource['faults']> = [
      ...sources.map((_, i) => ({ id: `surge${i}`, part: `t${i}`, action: 'surge', duration: 5, amount: 3 })),
      ...services.map(({ instances }, i) => ({
        id: `pause${i}`,
        part: `s${i}`,
        action: 'pause',
        duration: 5,
        instance: i % instances,
      })),
    ];
    const seen = new Set<string>();
    return {
      id: 'random',
      horizon: 40,
      warmUp,
      seed,
      time: { unit: 's', ticks },
      parts,
      links: links.flatMap(({ source, target, latency }) => {
        const link = { from: `t${source % sources.length}`, to: `s${target % services.length}`, latency };
        const name = `${link.from}>${link.to}`;
        if (seen.has(name)) return [];
        seen.add(name);
        return [link];
      }),
      faults,
      inputs: inputs.map(({ at, which, duration }) => ({ at, fault: faults[which % faults.length]!.id, duration })),
    };
  });
