/**
 * A bill: what other parts' machines cost over time, by their size, and for their links and requests. It only looks, and
 * knows nothing of how fast a machine is.
 */
import { pow } from '../../engine/elementary.ts';
import { Level } from '../../engine/monitor.ts';
import type { Fleet } from '../../engine/part.ts';
import { defineKind } from '../kind.ts';
import { settings, type BillSettings } from './settings.ts';

/** A machine's price per unit of time. @param size above 0, beside a machine of size 1, which costs `base`. */
export const machinePrice = (base: number, size: number, exponent: number): number => base * pow(size, exponent);

const noLevels = new Map<string, { area: number }>();

export const bill = defineKind({
  kind: 'bill',
  settings,
  actions: {},
  adopts: ['base', 'exponent', 'link', 'message'],
  takesCalls: false,
  callees: () => [],
  steers: (own) => own.items.map(({ part }, i) => ({ id: part, path: `items.${i}.part`, steers: true })),
  size: (own) => own.items.length,
  reasons: () => [],
  build(first, { machine, id, ticks }) {
    const { monitor } = machine;
    let own: BillSettings = first;
    const every = Math.max(1, Math.min(2 ** 50, Math.round(own.every * ticks)));
    const cost = monitor.level(`${id}.cost`);
    const spent = monitor.count(`${id}.spent`, 'count');
    const answered = monitor.count(`${id}.answered`, 'count');
    monitor.count(`${id}.perAnswer`, 'number', spent, answered);
    // both in money, so that a large machine that stands idle counts for what it costs
    const paid = new Level();
    const used = new Level();
    monitor.share(`${id}.used`, used, paid);

    let fleets: Fleet[] = [];
    let answersSeen = 0;
    let arrivalsSeen = 0;

    const priceOf = (item: number): number => {
      const { size, links } = own.items[item]!;
      return machinePrice(own.base, size, own.exponent) + own.link * links;
    };
    const charged = (fleet: Fleet): number => (own.charges === 'wanted' ? fleet.wanted : fleet.present);
    const arrivals = (): number => fleets.reduce((sum, { arrived }) => sum + arrived, 0);

    /** Looks at what is there: the cost of a period that begins now. */
    function look(): void {
      let sum = 0;
      let working = 0;
      for (const [item, fleet] of fleets.entries()) {
        const price = priceOf(item);
        const owned = charged(fleet);
        sum += price * owned;
        let busy = 0;
        for (let i = 0; i < fleet.count; i++) if (fleet.isReady(i) && fleet.inside(i) > 0) busy++;
        working += price * Math.min(busy, owned);
      }
      cost.set(machine.now, sum);
      paid.set(machine.now, sum);
      used.set(machine.now, working);
    }

    const charge = machine.on(() => {
      const messages = arrivals();
      const forMessages = own.message * (messages - arrivalsSeen);
      arrivalsSeen = messages;
      // their price falls at one moment: an area and no level
      cost.area += forMessages * ticks;
      spent.cells[0]! += (cost.value * every) / ticks + forMessages;
      // the books of the whole system, without Little's law
      const answers = machine.ledger(noLevels).answered;
      answered.cells[0]! += answers - answersSeen;
      answersSeen = answers;
      look();
      machine.after(every, charge, 0, 0);
    });

    return {
      start() {
        fleets = own.items.map(({ part }) => machine.partAt(machine.rowOf(part)).fleet!);
        look();
        machine.after(every, charge, 0, 0);
      },
      adopt(changed: BillSettings) {
        own = changed;
      },
      state: () => ({
        instances: [],
        slots: [],
        queue: [],
        inside: 0,
        readings: { cost: cost.value, spent: spent.total },
      }),
    };
  },
});
