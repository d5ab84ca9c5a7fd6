/**
 * The same queue in SIM.JS, the quickest simulation library of the npm registry that we found (simscript is twenty times
 * slower). It is handed nothing but the load: its own random numbers, its own facility, its own statistics.
 */
import { createRequire } from 'node:module';

interface SimJs {
  Sim: new () => { addEntity(entity: unknown): void; simulate(until: number): void };
  Entity: new () => { useFacility(facility: object, duration: number): void; setTimer(wait: number): Timer };
  Facility: new (name: string) => { systemStats(): { durationSeries: { average(): number } } };
  Random: new (seed: number) => { exponential(rate: number): number };
}
interface Timer {
  done(then: () => void): void;
}

let loaded: SimJs | undefined;

/** It hangs itself on the window of a browser, once. */
function load(): SimJs {
  if (loaded !== undefined) return loaded;
  const place = globalThis as { window?: { Sim?: SimJs } | undefined };
  place.window = {};
  createRequire(import.meta.url)('simjs');
  loaded = place.window.Sim!;
  delete place.window;
  return loaded;
}

/**
 * Runs customers through one server at load 0.8.
 * @throws when the mean response is not what theory says.
 */
export function runSimJs(customers: number): void {
  const { Sim, Entity, Facility, Random } = load();
  const random = new Random(1);
  const server = new Facility('server');
  let left = customers;
  class Clients extends Entity {
    start(): void {
      this.arrive();
    }
    arrive(): void {
      if (left-- <= 0) return;
      this.useFacility(server, random.exponential(1));
      this.setTimer(random.exponential(0.8)).done(() => this.arrive());
    }
  }
  const sim = new Sim();
  sim.addEntity(Clients);
  sim.simulate(1e12);
  const mean = server.systemStats().durationSeries.average();
  if (!(mean > 4 && mean < 6)) throw new Error(`SIM.JS: the mean response is ${mean}; theory says 5.`);
}
