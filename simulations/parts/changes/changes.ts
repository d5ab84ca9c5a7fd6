/**
 * A stream of changes and the borders it meets: it finds out which components a change touches, whose they are, calls
 * these owners and counts what crosses a border. How an owner works it does not know, nor why a border is good.
 */
import { childPath, ANSWERED } from '../../engine/machine.ts';
import { uniform } from '../../engine/draws.ts';
import { Books } from '../door/books.ts';
import { calleesAt, defineKind } from '../kind.ts';
import { dealt, findBorders, ownersOf, renumbered, shuffled, tallied } from './borders.ts';
import { changesColumns, changesRow } from './journal.ts';
import { settings, type ChangesSettings } from './settings.ts';
import { drawSystem, handOffs, ownersIn, spreadOf, stillAt } from './spread.ts';
import { touchedBy } from './touched.ts';

/** Borders that are no drawing. */
const MADE = ['blind', 'found', 'foreseen'];
const isLearnt = ({ borders }: ChangesSettings): boolean => borders === 'found' || borders === 'foreseen';

/** A change that is under way. */
interface Item {
  call: number;
  /** Owners in the order in which they are called, and which of them is next. */
  owners: number[];
  next: number;
  left: number;
  open: Set<number>;
  isOver: boolean;
}

/** How many owners a part with these settings may have. */
const mostOwners = ({ owners, calls }: ChangesSettings): number =>
  calls.length > 0 ? Math.min(owners, calls.length) : owners;

export const changes = defineKind({
  kind: 'changes',
  settings,
  actions: {},
  adopts: ['clusters', 'spread', 'drawings', 'borders', 'limit'],
  takesCalls: true,
  callees: ({ calls }) => calleesAt('calls', calls),
  size: ({ components, record, spread, ahead }) =>
    components.length + (record?.length ?? 0) + (spread?.components ?? 0) + ahead,
  reasons: () => [],
  contradictions(own) {
    const problems: { path: string; message: string; expected: string }[] = [];
    const count = own.components.length;
    const most = mostOwners(own);
    if (own.spread !== null) {
      const { owned, teams } = own.spread;
      if (own.clusters !== null || own.record !== null || count > 0)
        problems.push({
          path: 'spread',
          message: 'components, clusters or a record beside it',
          expected: 'a spread by itself',
        });
      if (own.ahead > 0)
        problems.push({
          path: 'ahead',
          message: 'nobody looks ahead where changes spread',
          expected: '0, or clusters',
        });
      if (owned === 'by-team' && own.calls.length > 0 && teams > most)
        problems.push({
          path: 'spread.teams',
          message: `${teams} teams`,
          expected: `at most ${most}, as there are owners`,
        });
      return problems;
    }
    if (count < 2) problems.push({ path: 'components', message: `${count} of them`, expected: 'at least two' });
    const names = Object.keys(own.drawings);
    if (own.clusters === null && own.record === null)
      problems.push({
        path: 'clusters',
        message: 'nothing says what a change touches',
        expected: 'clusters or a record',
      });
    if (own.clusters !== null && own.clusters.causes.every(({ weight }) => weight === 0))
      problems.push({ path: 'clusters.causes', message: 'no cause that ever comes', expected: 'a weight above 0' });
    const touches = [
      ...(own.clusters?.causes ?? []).map((one, i) => ({ path: `clusters.causes.${i}.touches`, among: one.touches })),
      ...(own.clusters?.later ?? []).map((one, i) => ({ path: `clusters.later.${i}.touches`, among: one.touches })),
      ...(own.record ?? []).map((one, i) => ({ path: `record.${i}`, among: one })),
    ];
    for (const { path, among } of touches) {
      const far = among.find((component) => component >= count);
      if (far === undefined) continue;
      problems.push({ path, message: `no component ${far}`, expected: `from 0 to ${count - 1}` });
      break;
    }
    for (const [name, ownerOf] of Object.entries(own.drawings)) {
      const path = `drawings.${name}`;
      const far = ownerOf.find((owner) => owner >= most);
      if (MADE.includes(name))
        problems.push({ path, message: 'the name has a meaning of its own', expected: 'another' });
      else if (ownerOf.length !== count)
        problems.push({ path, message: `${ownerOf.length} components`, expected: `${count}, as there are` });
      else if (far !== undefined)
        problems.push({ path, message: `no owner ${far}`, expected: `from 0 to ${most - 1}` });
    }
    for (const path of ['borders', 'before'] as const) {
      const name = own[path];
      if (name === null || Object.hasOwn(own.drawings, name) || (path === 'borders' && MADE.includes(name))) continue;
      problems.push({ path, message: `no drawing ${name}`, expected: `one of ${names.join(', ')}` });
    }
    if ((MADE.includes(own.borders) || own.ahead > 0) && own.limit * most < count)
      problems.push({
        path: 'limit',
        message: `${most} owners of ${own.limit} components`,
        expected: `room for ${count}`,
      });
    if (own.borders === 'foreseen' && own.ahead === 0)
      problems.push({ path: 'ahead', message: 'nothing is foreseen', expected: 'how many changes are looked at' });
    return problems;
  },
  build(first, site) {
    let own: ChangesSettings = first;
    const { machine, id, row, ticks } = site;
    const { calls, classes, monitor } = machine;
    const count = own.spread?.components ?? own.components.length;
    const most = mostOwners(own);
    const books = new Books(site, []);
    const handedOver = monitor.level(`${id}.handedOver`);
    const crossed = monitor.counter();
    monitor.count(`${id}.crossed`, 'share', crossed, books.arrivals);
    monitor.count(`${id}.crossings`, 'count', crossed);
    const owners = monitor.meanTally(`${id}.owners`, 'number');
    const touched = monitor.meanTally(`${id}.touched`, 'number');
    const services = monitor.level(`${id}.services`);
    const largest = monitor.level(`${id}.largest`);
    const seenCrossed = monitor.counter();
    const seen = monitor.counter();
    monitor.count(`${id}.known`, 'share', seenCrossed, seen);
    const foreseenCrossed = monitor.counter();
    const foreseen = monitor.counter();
    monitor.count(`${id}.hindsight`, 'share', foreseenCrossed, foreseen);
    const journal = machine.journal(id, changesColumns);

    const chance = machine.stream(id, 'touches');
    const lots = machine.stream(id, 'blind');
    const spreads = machine.stream(id, 'spreads');
    const handsOn = machine.stream(id, 'handsOn');
    const drawn = () =>
      own.spread === null
        ? null
        : drawSystem(own.spread, {
            depends: machine.stream(id, 'depends'),
            misplaced: machine.stream(id, 'misplaced'),
          });
    let system = drawn();
    const blind = (): number[] =>
      renumbered(
        dealt(
          shuffled(count, (index) => uniform(lots, 0, index)),
          Math.min(count, own.limit),
        ),
      );
    const ways = own.calls.map((callee) => machine.way(row, machine.rowOf(callee)));

    const learnAt = Math.round(own.learn * ticks);
    let isLater = false;
    /** What was touched before `learn`, and the number of the latest request. */
    const past: { cls: number; components: number[] }[] = [];
    let latest = -1;
    let found: number[] | null = null;
    let bestLater: number[] | null = null;
    let ownerOf: number[] = [];

    const items = new Map<number, Item>();
    const itemOf = new Map<number, Item>();

    function bordersNow(): readonly number[] {
      if (system !== null) return ownersIn(system);
      if (own.borders === 'blind') return blind();
      if (!isLearnt(own)) return own.drawings[own.borders]!;
      if (!isLater) return own.before === null ? own.components.map(() => 0) : own.drawings[own.before]!;
      if (own.borders === 'foreseen') return bestLater!;
      found ??= findBorders(count, tallied(past.map(({ components }) => components)), own.limit, most);
      return found;
    }

    function draw(isFirst: boolean): void {
      const next = [...bordersNow()];
      for (const [component, owner] of next.entries())
        if (isFirst || ownerOf[component] !== owner) journal?.write(machine.now, changesRow.border, component, owner);
      ownerOf = next;
      const sizes = new Map<number, number>();
      for (const owner of next) sizes.set(owner, (sizes.get(owner) ?? 0) + 1);
      services.set(machine.now, sizes.size);
      largest.set(machine.now, Math.max(...sizes.values()));
    }

    const learns = machine.on(() => {
      isLater = true;
      if (own.ahead > 0) {
        const coming = Array.from({ length: own.ahead }, (_, i) => touchedBy(own, chance, latest + 1 + i, true));
        bestLater = findBorders(count, tallied(coming), own.limit, most);
      }
      draw(false);
      // a tick later, so that whoever measures from this moment on has it in the books
      machine.after(1, remembers, 0, 0);
    });
    const remembers = machine.on(() => {
      for (const { cls, components } of past) {
        seen.add(cls);
        if (ownersOf(components, ownerOf) > 1) seenCrossed.add(cls);
      }
    });

    function countIn(cls: number, components: readonly number[], concerned: number): void {
      owners.add(cls, concerned * ticks);
      touched.add(cls, components.length * ticks);
      if (concerned > 1) crossed.add(cls);
      if (bestLater === null) return;
      foreseen.add(cls);
      if (ownersOf(components, bestLater) > 1) foreseenCrossed.add(cls);
    }

    function send(item: Item): void {
      const place = item.next++;
      const { call } = item;
      const path = item.owners.length === 1 ? calls.path[call]! : childPath(calls.path[call]!, place);
      const child = machine.call(
        ways[item.owners[place]!]!,
        calls.request[call]!,
        calls.cls[call]!,
        path,
        call,
        place,
        call,
      );
      calls.operation[child] = calls.operation[call]!;
      // before it is sent: it may be back at once
      item.open.add(child);
      itemOf.set(child, item);
      handedOver.set(machine.now, handedOver.value + 1);
      machine.dispatch(child);
    }

    /** Takes back what is still out. Others of its pieces, or the change itself, may come back or be cancelled meanwhile. */
    function giveUp(item: Item): void {
      item.isOver = true;
      for (const child of item.open) {
        item.open.delete(child);
        itemOf.delete(child);
        handedOver.set(machine.now, handedOver.value - 1);
        machine.abandon(child, true, 0);
      }
    }

    return {
      start() {
        draw(true);
        machine.after(learnAt, learns, 0, 0);
      },
      receive(call) {
        const cls = calls.cls[call]!;
        const request = calls.request[call]!;
        books.arrivals.add(cls);
        books.enter(call);
        machine.begins(call, -1);
        const components =
          system === null
            ? touchedBy(own, chance, request, isLater)
            : system.settings.still.includes(classes[cls]!.id)
              ? [stillAt(system, spreads, request, calls.path[call]!)]
              : spreadOf(system, spreads, request).toSorted((a, b) => a - b);
        latest = Math.max(latest, request);
        if (!isLater && system === null) past.push({ cls, components });
        const concerned = ownersOf(components, ownerOf);
        countIn(cls, components, concerned);
        if (journal !== null) {
          journal.write(machine.now, changesRow.change, concerned, 0);
          for (const component of components) journal.write(machine.now, changesRow.touched, component, 0);
        }
        if (ways.length === 0) {
          books.end(call, ANSWERED, 0);
          return;
        }
        const each = components.map((component) => ownerOf[component]!).toSorted((a, b) => a - b);
        const list = own.pieces === 'per-owner' ? [...new Set(each)] : each;
        if (system !== null) {
          const home = list[0]!;
          for (const owner of new Set(each))
            for (let more = owner === home ? 0 : handOffs(system, handsOn, request, owner); more > 0; more--)
              list.push(owner);
        }
        const item: Item = { call, owners: list, next: 0, left: list.length, open: new Set(), isOver: false };
        items.set(call, item);
        if (own.order === 'in-a-row') send(item);
        else while (!item.isOver && item.next < list.length) send(item);
      },
      answered(child) {
        const item = itemOf.get(child);
        // one that was given up comes back to nobody
        if (item === undefined) return;
        itemOf.delete(child);
        item.open.delete(child);
        handedOver.set(machine.now, handedOver.value - 1);
        if (item.isOver) return;
        const fate = calls.fate[child]!;
        if (fate !== ANSWERED) {
          const by = calls.by[child]!;
          giveUp(item);
          // unless the change itself was cancelled meanwhile
          if (items.delete(item.call)) books.end(item.call, fate, by);
          return;
        }
        if (--item.left > 0) {
          if (own.order === 'in-a-row') send(item);
          return;
        }
        item.isOver = true;
        items.delete(item.call);
        books.end(item.call, ANSWERED, 0);
      },
      cancel(call) {
        const item = items.get(call)!;
        items.delete(call);
        giveUp(item);
        books.drop(call);
      },
      adopt(settingsNow: ChangesSettings) {
        own = settingsNow;
        system = drawn();
        draw(false);
      },
      state: () => ({
        instances: [true],
        slots: [],
        queue: [],
        inside: books.inside.value,
        readings: { owners: [...ownerOf], handedOver: handedOver.value },
      }),
    };
  },
});
