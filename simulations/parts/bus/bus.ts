/**
 * A bus that routes and transforms: one line and a few nodes for everybody's messages. It waits for the answer and brings
 * it back, or takes a message and delivers it later. Who sends and who receives is no concern of its.
 * Readings of its state: `states` of its nodes, and how many messages are `held` (for `one-way`, else the calls inside).
 */
import { durationSampler, type Sampler } from '../../distributions/index.ts';
import { wider } from '../../engine/calendar.ts';
import { flag } from '../../engine/calls.ts';
import { mixPath } from '../../engine/draws.ts';
import { ANSWERED, fateOf } from '../../engine/machine.ts';
import type { FailureReason } from '../../engine/run.ts';
import { Books } from '../door/books.ts';
import { Crew, type CrewSettings, type Duty } from '../door/crew.ts';
import { calleesOfRoutes, Routes } from '../door/routes.ts';
import { defineKind } from '../kind.ts';
import { Messages } from './messages.ts';
import { settings, type BusSettings } from './settings.ts';

const QUEUE_FULL = fateOf('queue-full');
const UNAVAILABLE = fateOf('unavailable');
const NO_ROUTE = fateOf('no-route');

/** Messages that a one-way bus keeps at most: what bounds it where its line has no limit. */
const MOST_KEPT = 1_000_000;

/** Where a call is. */
const COMING = 0;
const AWAY = 1;
const RETURNED = 2;

/** Tells the draw for an answer, and the path of a delivery that is made again, from those of the first way. */
const ANSWER = 0x616e73;
const AGAIN = 0x72656400;

function reasonsOf(own: BusSettings): FailureReason[] {
  const reasons: FailureReason[] = ['unavailable', 'no-route'];
  if (own.mode === 'request-reply') reasons.push('crashed', 'impatient');
  if (own.mode === 'one-way' || own.queueLimit !== null) reasons.push('queue-full');
  return reasons;
}

const crewOf = ({ nodes, threads, queueLimit }: BusSettings): CrewSettings => ({
  instances: nodes,
  threads,
  queueLimit,
});

export const bus = defineKind({
  kind: 'bus',
  settings,
  actions: {
    down: 'takes all nodes down: what comes is refused as `unavailable`; what they have fails as `crashed`, or waits until they are back where it was taken one-way',
    crash:
      'kills one node: what it has fails as `crashed`, or is begun anew where it was taken one-way; afterwards the node is there again',
    slow: 'multiplies the time of each transformation by the amount',
  },
  adopts: ['transform', 'byClass', 'nodes', 'queueLimit', 'redeliver'],
  takesCalls: true,
  hasFleet: true,
  callees: (own) => calleesOfRoutes(own.routes),
  size: (own) => Math.max(1, own.nodes) * (own.threads ?? 1),
  reasons: reasonsOf,
  build(first, site) {
    const { machine, id, row, ticks } = site;
    const { calls, classes, monitor } = machine;
    let own = first;
    const isOneWay = own.mode === 'one-way';
    const messages = new Messages();
    /** What passes through: the calls themselves, or the messages that they brought. */
    const passing = isOneWay ? messages : calls;
    const books = new Books(site, reasonsOf(own));
    const counted = (name: string) => monitor.count(`${id}.${name}`, 'count', monitor.counter(), null, true);
    const transformed = counted('transformed');
    const delivered = isOneWay ? counted('delivered') : null;
    const redelivered = isOneWay ? counted('redelivered') : null;
    const dead = isOneWay ? counted('dead') : null;
    const delivery = isOneWay ? monitor.tally(`${id}.delivery`) : null;
    const held = isOneWay ? monitor.level(`${id}.held`) : books.inside;

    const stream = machine.stream(id, 'transform');
    let times: Sampler[];
    let slowed = 1;
    function takeSettings(): void {
      const plain = durationSampler(own.transform, stream, ticks);
      times = classes.map(({ id: name }) =>
        Object.hasOwn(own.byClass, name) ? durationSampler(own.byClass[name]!, stream, ticks) : plain,
      );
    }
    takeSettings();
    function timeOf(item: number, isAnswer: boolean): number {
      const path = passing.path[item]!;
      const time = times[passing.cls[item]!]!(passing.request[item]!, isAnswer ? mixPath(path, ANSWER) : path);
      return slowed === 1 ? time : Math.min(2 ** 50, Math.round(time * slowed));
    }

    // Request and reply: a call is inside until its answer is back.

    let where = new Uint8Array(64);
    function replied(call: number, fate: number, by: number, degraded: boolean): void {
      if (degraded) calls.flags[call]! |= flag.degraded;
      if (fate === ANSWERED && own.transformsAnswers) {
        where[call] = RETURNED;
        crew.again(call);
      } else goBack(call, fate, by);
    }
    function goBack(call: number, fate: number, by: number): void {
      crew.leave(call);
      books.end(call, fate, by);
    }
    function takeBack(call: number): void {
      if (where[call] === AWAY) routes.cancel(call);
      crew.leave(call);
    }
    const withCalls: Duty = {
      classOf: (call) => calls.cls[call]!,
      begins(call, slot) {
        const isAnswer = where[call] === RETURNED;
        if (!isAnswer) machine.begins(call, slot);
        return timeOf(call, isAnswer);
      },
      done(call) {
        transformed.add(calls.cls[call]!);
        if (where[call] === RETURNED) goBack(call, ANSWERED, 0);
        else {
          where[call] = AWAY;
          routes.begin(call, calls.path[call]!, call, calls.deadline[call]!);
        }
      },
      fails(call, fate) {
        takeBack(call);
        books.fail(call, fate);
      },
      ...(classes.some(({ patience }) => patience !== undefined)
        ? {
            patience: (call: number) =>
              classes[calls.cls[call]!]!.patience?.(calls.request[call]!, calls.path[call]!) ?? -1,
          }
        : {}),
    };

    // One way: the call is over when its message is taken; the message is kept until it is delivered or dead.

    const due = machine.on((message, token) => {
      if (messages.token[message] === token) deliver(message);
    });
    function deliver(message: number): void {
      const path = messages.path[message]!;
      const tries = messages.failed[message]!;
      routes.begin(message, tries === 0 ? path : mixPath(path, AGAIN + tries), -1, Infinity);
    }
    function arrived(message: number, fate: number): void {
      const cls = messages.cls[message]!;
      if (fate === ANSWERED) {
        delivered!.add(cls);
        delivery!.add(cls, machine.now - messages.since[message]!);
      } else {
        const { redeliver } = own;
        if (redeliver !== null && messages.failed[message]! < redeliver.most) {
          messages.failed[message]!++;
          redelivered!.add(cls);
          const wait = Math.min(2 ** 50, Math.round(redeliver.wait * ticks));
          machine.after(wait, due, message, messages.token[message]!);
          return;
        }
        dead!.add(cls);
      }
      crew.leave(message);
      messages.forget(message);
      held.set(machine.now, messages.kept);
    }
    const withMessages: Duty = {
      classOf: (message) => messages.cls[message]!,
      begins: (message) => timeOf(message, false),
      done(message) {
        transformed.add(messages.cls[message]!);
        deliver(message);
      },
      fails() {},
      interrupted(message) {
        routes.cancel(message);
        messages.token[message]!++;
      },
    };

    const routes = new Routes(machine, row, own.routes, passing, isOneWay ? arrived : replied);
    const crew = new Crew(site, crewOf(own), own.holdsThread, books, isOneWay ? withMessages : withCalls);

    function refusalOf(call: number): number {
      if (!crew.isOpen) return UNAVAILABLE;
      if (routes.of(calls.cls[call]!) < 0) return NO_ROUTE;
      if (messages.kept >= MOST_KEPT) return QUEUE_FULL;
      return crew.refusal(calls.instance[call]!);
    }

    return {
      receive(call) {
        books.arrivals.add(calls.cls[call]!);
        const refusal = refusalOf(call);
        if (refusal !== 0) {
          books.turnAway(call, refusal);
          return;
        }
        const instance = calls.instance[call]!;
        books.enter(call);
        if (!isOneWay) {
          while (call >= where.length) where = wider(where);
          where[call] = COMING;
          crew.take(call, instance);
          return;
        }
        machine.begins(call, 0);
        const message = messages.keep(calls, call, machine.now, machine.hopOf(call));
        held.set(machine.now, messages.kept);
        crew.take(message, instance);
        books.end(call, ANSWERED, 0);
      },
      answered: (child) => routes.answered(child, calls.cls[child]!),
      cancel(call) {
        takeBack(call);
        books.drop(call);
      },
      fleet: crew.fleet,
      faults: {
        down: (begins) => crew.allDown(begins),
        crash: (begins, _amount, instance) => crew.down(instance, begins),
        slow(begins, amount) {
          slowed = begins ? slowed * amount : slowed / amount;
        },
      },
      adopt(changed: BusSettings) {
        const before = own;
        own = changed;
        takeSettings();
        crew.adopt(crewOf(own), crewOf(before));
      },
      state() {
        // the call that brought a message is over: once hops were left out, nobody knows where its own is
        const isLeftOut = machine.trace?.sampled === true;
        const hopOf = (message: number) => (isLeftOut ? -1 : messages.hop[message]!);
        const { states, ...stands } = crew.state(isOneWay ? hopOf : (call) => machine.hopOf(call));
        return { ...stands, inside: books.inside.value, readings: { states, held: held.value } };
      },
    };
  },
});
