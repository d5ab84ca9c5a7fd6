/** What is watched of a broker's groups: all together, and each by itself where there are several. It only keeps numbers. */
import type { Count, Level, Monitor, Tally } from '../../engine/monitor.ts';

export interface Watch {
  /** Messages that a group is not done with, and those of them that nobody has in work. */
  lag: Level;
  waiting: Level;
  /** Places of consumers, those of them that have a delivery in work, and consumers. */
  places: Level;
  busy: Level;
  consumers: Level;
  /** Messages done, dead, dropped as too old. */
  delivered: Count;
  dead: Count;
  expired: Count;
  /** Deliveries made; those of them of a message that had been delivered before; those that failed; those not answered in time. */
  deliveries: Count;
  redelivered: Count;
  failed: Count;
  late: Count;
  /** How often a message was done that had been done before. */
  duplicates: Count;
  /** From acceptance to the first delivery, and to the end of the work. */
  age: Tally;
  endToEnd: Tally;
}

/** @param suffix empty for all groups, or a dot and the name of one. */
export function watchGroup(monitor: Monitor, id: string, suffix: string): Watch {
  const level = (name: string) => monitor.level(`${id}.${name}${suffix}`);
  const count = (name: string) => monitor.count(`${id}.${name}${suffix}`, 'count', monitor.counter(), null, true);
  const watch = {
    lag: level('lag'),
    waiting: level('waiting'),
    places: level('places'),
    busy: level('busy'),
    consumers: level('consumers'),
    delivered: count('delivered'),
    dead: count('dead'),
    expired: count('expired'),
    deliveries: count('deliveries'),
    redelivered: count('redelivered'),
    failed: count('failedDeliveries'),
    late: count('unansweredDeliveries'),
    duplicates: count('duplicates'),
    age: monitor.tally(`${id}.age${suffix}`),
    endToEnd: monitor.tally(`${id}.endToEnd${suffix}`),
  };
  monitor.share(`${id}.utilisation${suffix}`, watch.busy, watch.places);
  monitor.count(`${id}.throughput${suffix}`, 'rate', watch.delivered, null, true);
  return watch;
}
