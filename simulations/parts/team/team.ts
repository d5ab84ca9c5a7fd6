/**
 * A team of people with one backlog. Whoever is free takes the next piece that they can do; a piece that is done here may be
 * handed over to others by a plan, and is in the hand of the same person until it is back. Who else there is, it does not know.
 * Readings of its state: what each person is at (`doing`), pieces `handedOver`, and whether all are in a meeting.
 */
import { durationSampler, type Sampler } from '../../distributions/index.ts';
import { wider } from '../../engine/calendar.ts';
import { flag } from '../../engine/calls.ts';
import { mixPath, uniform } from '../../engine/draws.ts';
import { ANSWERED } from '../../engine/machine.ts';
import { PlanRunner } from '../../plans/runner.ts';
import { calleesOf, stagesOf } from '../../plans/settings.ts';
import { Books } from '../door/books.ts';
import { calleesAt, defineKind } from '../kind.ts';
import { speedsOf } from './people.ts';
import { MOST_PEOPLE, settings, type TeamSettings } from './settings.ts';

const NONE = -1;
const LONGEST = 2 ** 50;

/** Where a piece is. */
const WAITING = 1;
const WORKING = 2;
/** Laid down by whoever has it in hand: for an interrupt, or because it is back and they are at something else. */
const LAID_DOWN = 3;
/** Handed over, and not back yet. */
const AWAY = 4;

/** Tells the draw of the work after it is back from that before. */
const FINISH = 0x66696e;

const countOf = ({ people }: TeamSettings): number => people.reduce((sum, { count }) => sum + count, 0);

export const team = defineKind({
  kind: 'team',
  settings,
  actions: {
    away: 'the person numbered `instance` is away: what they have in hand waits for them',
    'all-away': 'everybody is away',
    slow: 'multiplies the time of all work that is begun meanwhile by the amount',
  },
  adopts: ['people', 'effort', 'byClass', 'next', 'inHand', 'pickUp', 'talk', 'finish'],
  takesCalls: true,
  callees: ({ calls }) => calleesAt('calls', calleesOf(calls)),
  size: countOf,
  reasons: () => [],
  contradictions(own) {
    const count = countOf(own);
    const wrong = [];
    if (count > MOST_PEOPLE)
      wrong.push({ path: 'people', message: `${count} people`, expected: `at most ${MOST_PEOPLE} in all` });
    if (own.meetings !== null && own.meetings.lasts >= own.meetings.every)
      wrong.push({
        path: 'meetings.lasts',
        message: `meetings of ${own.meetings.lasts}, one every ${own.meetings.every}`,
        expected: 'a meeting that is over before the next begins',
      });
    return wrong;
  },
  build(first, site) {
    let own: TeamSettings = first;
    const { machine, id, row, ticks } = site;
    const { calls, classes, monitor } = machine;
    const names = classes.map(({ id: name }) => name);
    const books = new Books(site, []);
    const queue = monitor.level(`${id}.queue`);
    const busy = monitor.level(`${id}.busy`);
    const laidDown = monitor.level(`${id}.laidDown`);
    const handedOver = monitor.level(`${id}.handedOver`);
    const inMeeting = monitor.level(`${id}.inMeeting`);
    const capacity = monitor.level(`${id}.capacity`);
    monitor.share(`${id}.utilisation`, busy, capacity);
    const wait = monitor.tally(`${id}.wait`);
    const effort = monitor.meanTally(`${id}.service`);
    const away = monitor.tally(`${id}.away`);
    const interrupted = monitor.count(`${id}.interrupted`, 'count');

    const effortStream = machine.stream(id, 'effort');
    const orderStream = machine.stream(id, 'order');
    let times: Sampler[];
    let finish: Sampler | null;
    let pickUp = 0;
    let speeds: number[][];
    const urgent = classes.map(({ id: name }) => own.interrupts.includes(name));

    // People.
    let count = countOf(own);
    /** As many as there ever were: whoever leaves the team finishes what they have in hand. */
    let most = count;
    /** The piece that each works at, and pieces that they have laid down, the last on top. */
    const at = new Int32Array(MOST_PEOPLE).fill(NONE);
    const stacks: number[][] = Array.from({ length: MOST_PEOPLE }, () => []);
    const inHand = new Int32Array(MOST_PEOPLE);
    const missing = new Int32Array(MOST_PEOPLE);
    /** Since when they have had nothing to do, in the order in which that began: whoever has been free longest comes first. */
    const freeSince = new Float64Array(MOST_PEOPLE);
    let freed = 0;
    let allMissing = 0;
    let meeting = 0;
    let slowed = 1;

    function takeSettings(): void {
      const plain = durationSampler(own.effort, effortStream, ticks);
      times = names.map((name) =>
        Object.hasOwn(own.byClass, name) ? durationSampler(own.byClass[name]!, effortStream, ticks) : plain,
      );
      finish = own.finish === undefined ? null : durationSampler(own.finish, effortStream, ticks);
      pickUp = Math.round(own.pickUp * ticks);
      speeds = speedsOf(own, names);
      count = speeds.length;
      most = Math.max(most, count);
    }
    takeSettings();

    // Pieces, by the rows of their calls. Entries in the calendar are good only while they bear the row's token.
    let where = new Uint8Array(64);
    let holder = new Int32Array(64).fill(NONE);
    let token = new Int32Array(64);
    /** What is left of the work that was begun or comes next, for somebody of speed 1, in ticks; and when it was begun. */
    let left = new Float64Array(64);
    let begunAt = new Float64Array(64);
    /** How much of that is done in a tick, by whoever works at it now. */
    let pace = new Float64Array(64);
    let isBack = new Uint8Array(64);
    let handedAt = new Float64Array(64);
    let rank = new Float64Array(64);
    function grow(call: number): void {
      while (call >= where.length) {
        where = wider(where);
        holder = wider(holder);
        token = wider(token);
        left = wider(left);
        begunAt = wider(begunAt);
        pace = wider(pace);
        isBack = wider(isBack);
        handedAt = wider(handedAt);
        rank = wider(rank);
      }
    }

    /** Pieces in line, the next one first. */
    const line: number[] = [];

    const done = machine.on((call, bears) => {
      if (token[call] === bears && where[call] === WORKING) workIsDone(call);
    });
    const runner = new PlanRunner(machine, row, stagesOf(own.calls), (call, fate, by, degraded) => {
      if (degraded) calls.flags[call]! |= flag.degraded;
      comesBack(call, fate, by);
    });
    const meets = machine.on(() => begins());
    const parts = machine.on(() => ends());

    const isThere = (person: number): boolean => missing[person] === 0 && allMissing === 0 && meeting === 0;
    const speedAt = (person: number, call: number): number => speeds[person]?.[calls.cls[call]!] ?? 0;
    const isFree = (person: number): boolean => at[person] === NONE && isThere(person);
    const hasRoom = (person: number): boolean => own.inHand === null || inHand[person]! < own.inHand;

    /** The change that a piece belongs to was asked for at this time. */
    function askedAt(call: number): number {
      let root = call;
      while (calls.parent[root]! >= 0) root = calls.parent[root]!;
      return calls.sentAt[root]!;
    }
    function rankOf(call: number): number {
      if (urgent[calls.cls[call]!]!) return -Infinity;
      switch (own.next) {
        case 'oldest-first':
          return askedAt(call);
        case 'own-order':
          return uniform(orderStream, calls.request[call]!, calls.path[call]!);
        case 'priority':
          return classes[calls.cls[call]!]!.priority;
        default:
          return 0;
      }
    }

    /** Stands in line behind all that are no less urgent. */
    function standInLine(call: number): void {
      rank[call] = rankOf(call);
      let place = line.length;
      while (place > 0 && rank[line[place - 1]!]! > rank[call]!) place--;
      line.splice(place, 0, call);
      where[call] = WAITING;
      queue.set(machine.now, line.length);
    }

    /** Of those who may take a piece: the fastest at it, and of these whoever has been free longest; else nobody. */
    function bestFor(call: number, mayTake: (person: number) => boolean): number {
      let best = NONE;
      for (let person = 0; person < count; person++) {
        const speed = speedAt(person, call);
        if (speed === 0 || !mayTake(person)) continue;
        if (
          best === NONE ||
          speed > speedAt(best, call) ||
          (speed === speedAt(best, call) && freeSince[person]! < freeSince[best]!)
        )
          best = person;
      }
      return best;
    }

    function isAnyoneFree(): boolean {
      for (let person = 0; person < count; person++) if (isFree(person)) return true;
      return false;
    }

    /** Finds somebody for whoever is in line, and for everybody who is free something to do. */
    function goOn(): void {
      serveLine(true);
      for (let person = 0; person < most; person++)
        if (at[person] === NONE && stacks[person]!.length > 0 && isThere(person)) takeUp(person);
      serveLine(false);
    }
    /** What is urgent stands at the front, and goes before what somebody has laid down. */
    function serveLine(onlyUrgent: boolean): void {
      for (let place = 0; place < line.length;) {
        // a long line need not be gone through where nobody could take anything from it
        if (!isAnyoneFree()) return;
        const call = line[place]!;
        const isUrgent = urgent[calls.cls[call]!]!;
        if (onlyUrgent && !isUrgent) return;
        const person = bestFor(call, (each) => isFree(each) && (isUrgent || hasRoom(each)));
        if (person === NONE) {
          place++;
          continue;
        }
        line.splice(place, 1);
        queue.set(machine.now, line.length);
        begin(call, person);
      }
    }

    function begin(call: number, person: number): void {
      const { now } = machine;
      const cls = calls.cls[call]!;
      holder[call] = person;
      inHand[person]!++;
      isBack[call] = 0;
      wait.add(cls, now - calls.arrivedAt[call]!);
      machine.begins(call, person);
      const size = classes[cls]!.size?.(calls.request[call]!, calls.path[call]!) ?? 1;
      left[call] = times[cls]!(calls.request[call]!, calls.path[call]!) * size;
      workAt(call, person);
    }

    /** Goes on with the piece that was laid down last. */
    function takeUp(person: number): void {
      const call = stacks[person]!.pop()!;
      laidDown.set(machine.now, laidDown.value - 1);
      left[call]! += pickUp;
      workAt(call, person);
    }

    function workAt(call: number, person: number): void {
      where[call] = WORKING;
      at[person] = call;
      begunAt[call] = machine.now;
      busy.set(machine.now, busy.value + 1);
      // whoever can no longer do what they have begun finishes it at a pace of 1
      pace[call] = (speedAt(person, call) || 1) / slowed;
      machine.after(Math.min(LONGEST, Math.round(left[call]! / pace[call]!)), done, call, token[call]!);
    }

    /** Stops working at a piece; what was done of it stays done. */
    function stop(call: number): void {
      const { now } = machine;
      const person = holder[call]!;
      const worked = now - begunAt[call]!;
      left[call] = Math.max(0, left[call]! - worked * pace[call]!);
      token[call]!++;
      at[person] = NONE;
      effort.add(calls.cls[call]!, worked);
      busy.set(now, busy.value - 1);
    }

    function layDown(call: number, person: number): void {
      where[call] = LAID_DOWN;
      stacks[person]!.push(call);
      laidDown.set(machine.now, laidDown.value + 1);
    }

    function isFreeNow(person: number): void {
      freeSince[person] = ++freed;
    }

    function workIsDone(call: number): void {
      const person = holder[call]!;
      stop(call);
      left[call] = 0;
      isFreeNow(person);
      if (isBack[call] === 1 || runner.isEmpty) {
        const hasMore = isBack[call] === 0 && finish !== null;
        if (hasMore) {
          finishes(call, person, false);
          return;
        }
        goes(call);
        books.end(call, ANSWERED, 0);
        goOn();
        return;
      }
      where[call] = AWAY;
      handedAt[call] = machine.now;
      handedOver.set(machine.now, handedOver.value + 1);
      // the next piece is begun first: what is handed over may be back at once
      goOn();
      if (where[call] !== AWAY) return;
      runner.begin(
        call,
        calls.request[call]!,
        calls.cls[call]!,
        calls.path[call]!,
        calls.key[call]!,
        calls.operation[call]!,
        call,
        calls.deadline[call]!,
      );
    }

    /** What is left to do once it is back, or where nobody else is asked. */
    function finishes(call: number, person: number, isReturning: boolean): void {
      isBack[call] = 1;
      left[call] = finish!(calls.request[call]!, mixPath(calls.path[call]!, FINISH));
      if (isFree(person)) {
        if (isReturning) left[call]! += pickUp;
        workAt(call, person);
      } else layDown(call, person);
    }

    function comesBack(call: number, fate: number, by: number): void {
      handedOver.set(machine.now, handedOver.value - 1);
      away.add(calls.cls[call]!, machine.now - handedAt[call]!);
      if (fate === ANSWERED && finish !== null) {
        finishes(call, holder[call]!, true);
        return;
      }
      goes(call);
      books.end(call, fate, by);
      goOn();
    }

    /** A piece leaves the hand that it was in. */
    function goes(call: number): void {
      inHand[holder[call]!]!--;
      holder[call] = NONE;
      where[call] = 0;
    }

    /** Everybody stops: what they work at is laid down, and taken up again without having to be found. */
    function pause(person: number): void {
      const call = at[person]!;
      if (call === NONE) return;
      stop(call);
      left[call]! -= pickUp;
      layDown(call, person);
    }
    function begins(): void {
      const { every, lasts } = own.meetings!;
      for (let person = 0; person < most; person++) pause(person);
      meeting = 1;
      inMeeting.set(machine.now, count);
      machine.after(Math.max(1, Math.round(lasts * ticks)), parts, 0, 0);
      machine.after(Math.max(2, Math.round(every * ticks)), meets, 0, 0);
    }
    function ends(): void {
      meeting = 0;
      inMeeting.set(machine.now, 0);
      goOn();
    }

    /** An urgent piece takes somebody away from what they are at, where nobody who can do it is free. */
    function interrupt(call: number): boolean {
      const person = bestFor(call, (each) => isThere(each) && at[each] !== NONE && !urgent[calls.cls[at[each]!]!]);
      if (person === NONE) return false;
      const before = at[person]!;
      stop(before);
      layDown(before, person);
      interrupted.add(calls.cls[before]!);
      begin(call, person);
      return true;
    }

    return {
      start() {
        capacity.set(0, count);
        if (own.meetings !== null) machine.after(Math.round(own.meetings.every * ticks), meets, 0, 0);
      },
      receive(call) {
        const cls = calls.cls[call]!;
        books.arrivals.add(cls);
        books.enter(call);
        grow(call);
        token[call]!++;
        holder[call] = NONE;
        const person = bestFor(call, (each) => isFree(each) && (hasRoom(each) || urgent[cls]!));
        if (person !== NONE) begin(call, person);
        else if (!urgent[cls]! || !interrupt(call)) standInLine(call);
      },
      answered: (child) => runner.answered(child),
      cancel(call) {
        const person = holder[call]!;
        switch (where[call]) {
          case WAITING:
            line.splice(line.indexOf(call), 1);
            queue.set(machine.now, line.length);
            break;
          case WORKING:
            stop(call);
            isFreeNow(person);
            break;
          case LAID_DOWN: {
            const stack = stacks[person]!;
            stack.splice(stack.indexOf(call), 1);
            laidDown.set(machine.now, laidDown.value - 1);
            break;
          }
          default:
            runner.cancel(call);
            handedOver.set(machine.now, handedOver.value - 1);
        }
        token[call]!++;
        if (person !== NONE) goes(call);
        where[call] = 0;
        books.drop(call);
        goOn();
      },
      faults: {
        away(hasBegun, _amount, instance) {
          if (instance >= MOST_PEOPLE) return;
          missing[instance]! += hasBegun ? 1 : -1;
          if (hasBegun) pause(instance);
          capacity.set(machine.now, presentNow());
          goOn();
        },
        'all-away'(hasBegun) {
          allMissing += hasBegun ? 1 : -1;
          if (hasBegun) for (let person = 0; person < most; person++) pause(person);
          capacity.set(machine.now, presentNow());
          goOn();
        },
        slow: (hasBegun, amount) => void (slowed = hasBegun ? slowed * amount : slowed / amount),
      },
      adopt(settingsNow: TeamSettings) {
        own = settingsNow;
        takeSettings();
        capacity.set(machine.now, presentNow());
        goOn();
      },
      state: () => ({
        instances: Array.from({ length: count }, (_, person) => isThere(person)),
        slots: Array.from({ length: count }, (_, person) => ({
          instance: person,
          hop: at[person] === NONE ? -1 : machine.hopOf(at[person]!),
        })),
        queue: line.map((call) => machine.hopOf(call)),
        inside: books.inside.value,
        readings: {
          handedOver: handedOver.value,
          meeting: meeting === 1,
          doing: Array.from({ length: count }, (_, person) =>
            !isThere(person) ? 'away' : at[person] !== NONE ? 'working' : inHand[person]! > 0 ? 'waiting' : 'free',
          ),
        },
      }),
    };

    function presentNow(): number {
      if (allMissing > 0) return 0;
      let present = 0;
      for (let person = 0; person < count; person++) if (missing[person] === 0) present++;
      return present;
    }
  },
});
