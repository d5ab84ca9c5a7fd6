/**
 * A transaction: takes a request, and has it carried out by several participants under one of the protocols. What the
 * participants do for it, and how long that takes, it does not know; what it knows of them is what they answer.
 */
import { wider } from '../../engine/calendar.ts';
import { mixPath } from '../../engine/draws.ts';
import { ANSWERED, childPath, fateOf } from '../../engine/machine.ts';
import type { FailureReason } from '../../engine/run.ts';
import { Books } from '../door/books.ts';
import { defineKind } from '../kind.ts';
import { ABORTED, COMMITTED, Log, UNDECIDED } from './log.ts';
import { Memory } from './memory.ts';
import { Orders } from './orders.ts';
import { Post } from './post.ts';
import { choreography, outbox, stepByStep, twoPhaseCommit, type Desk, type Protocol } from './protocols.ts';
import { settings, type TransactionSettings } from './settings.ts';
import { slipsOf } from './slips.ts';
import { ALL_DONE, ALL_UNDONE, DO, nextPath, tagOf, UNDO, withStep } from './verbs.ts';

const UNAVAILABLE = fateOf('unavailable');
const CRASHED = fateOf('crashed');
const TIMEOUT = fateOf('timeout');
const FULL = fateOf('bulkhead-full');

const NONE = -1;
/** How a transaction that is no more under way has ended. */
const OVER = -1;
const FAILED = -2;
const LONGEST = 2 ** 50;

function reasonsOf({ protocol, answerTimeout }: TransactionSettings): FailureReason[] {
  const reasons: FailureReason[] = ['unavailable', 'crashed', 'bulkhead-full'];
  if (answerTimeout !== null) reasons.push('timeout');
  if (protocol === 'choreographed-saga') reasons.push('aborted');
  return reasons;
}

export const transaction = defineKind({
  kind: 'transaction',
  settings,
  actions: {
    crash:
      'kills the coordinator: whoever waits for it fails as `crashed`, what comes is refused as `unavailable`, and answers to it are lost; afterwards it goes on from its log',
    duplicate: 'sends the amount (a share) of its messages twice',
  },
  adopts: ['answerTimeout', 'resendAfter', 'pollEvery', 'mostOpen'],
  takesCalls: true,
  callees: ({ protocol, participants }) =>
    participants.flatMap(({ to, compensates }, i) => [
      {
        id: to,
        path: `participants.${i}.to`,
        ...(protocol === 'two-phase-commit' || protocol === 'choreographed-saga' ? { kind: 'participant' } : {}),
      },
      ...(compensates === undefined ? [] : [{ id: compensates, path: `participants.${i}.compensates` }]),
    ]),
  size: ({ participants }) => participants.length,
  reasons: reasonsOf,
  contradictions({ protocol, participants }) {
    const problems = [];
    for (const [i, { to, compensates }] of participants.entries()) {
      if (compensates !== undefined && protocol !== 'orchestrated-saga')
        problems.push({
          path: `participants.${i}.compensates`,
          message: `${protocol} calls nobody else to undo a step`,
          expected: 'nothing, or an orchestrated saga',
        });
      if (protocol !== 'orchestrated-saga' && participants.findIndex((other) => other.to === to) < i)
        problems.push({
          path: `participants.${i}.to`,
          message: `${to} takes part twice`,
          expected: 'each part once, or an orchestrated saga',
        });
    }
    return problems;
  },
  build(first, site) {
    let own: TransactionSettings = first;
    const { machine, id, row, ticks } = site;
    const { calls, monitor } = machine;
    const participants = own.participants.length;
    const inTicks = (time: number) => Math.min(LONGEST, Math.max(1, Math.round(time * ticks)));

    const rows = own.participants.map(({ to }) => machine.rowOf(to));
    const ways = rows.map((to) => machine.way(row, to));
    const undoWays = own.participants.map(({ to, compensates }) => machine.way(row, machine.rowOf(compensates ?? to)));
    /** Whether a participant knows the verbs; else it is asked by plain writes, and only its answer tells what it has done. */
    const knowsVerbs = rows.map(() => false);

    const books = new Books(site, reasonsOf(own));
    const counted = (name: string) => monitor.count(`${id}.${name}`, 'count', monitor.counter(), null, true);
    const started = counted('started');
    const commits = counted('commits');
    const aborts = counted('aborts');
    const lost = counted('lost');
    const repeats = counted('repeats');
    const messages = monitor.count(`${id}.messages`, 'number', monitor.counter(), started);
    const open = monitor.level(`${id}.open`);
    const decision = monitor.tally(`${id}.decision`);
    const acknowledged = monitor.tally(`${id}.acknowledged`);
    const rolledBack = monitor.tally(`${id}.rolledBack`);
    const outboxRows = own.protocol === 'outbox' ? monitor.level(`${id}.outbox`) : null;

    const slips = slipsOf(machine);
    const orders = new Orders(machine, id, participants, slips);
    const isChoreographed = own.protocol === 'choreographed-saga';
    const between = (from: number, to: number) =>
      isChoreographed && from >= 0 && to >= 0 && from < participants && to < participants
        ? machine.way(rows[from]!, rows[to]!)
        : NONE;
    const slip =
      slips.list.push({
        onward: Int32Array.from(rows, (_, i) => between(i, i + 1)),
        back: Int32Array.from(rows, (_, i) => between(i, i - 1)),
        home: Int32Array.from(rows, (to) => (isChoreographed ? machine.way(to, row) : NONE)),
        orders,
        messages,
      }) - 1;

    const log = new Log(participants);
    /** Requests that are recognised: the transaction that is under way for each, or how it ended; and its tag. */
    const known = new Memory(own.remembers);
    let underWay = new Int32Array(64);
    let tagBefore = new Int32Array(64);
    /** Whether of a transaction that fails nothing is left. */
    const rollsBack = own.protocol !== 'dual-write' && own.protocol !== 'outbox';
    /** Transactions by their tags, for those of which others tell. */
    const tagged = own.protocol === 'outbox' || isChoreographed ? new Memory(Infinity) : null;
    let taggedRow = new Int32Array(64);
    /** Per call: the transaction that it waits for, or −1; and the next that waits for the same. */
    let waitsFor = new Int32Array(64).fill(NONE);
    let nextCall = new Int32Array(64);
    let downBy = 0;
    let looks = false;

    const post = new Post(
      machine,
      id,
      inTicks(own.resendAfter),
      (call) => messages.add(calls.cls[call]!),
      (t, step, call) => {
        const i = step % participants;
        if (step >= participants) note(t, i, -1, call);
        else if (own.protocol === 'outbox') note(t, i, 1, call);
        protocol.acknowledged(t, i);
      },
    );
    const timer = machine.on((t, era) => {
      if (log.era[t] === era && log.decision[t] === UNDECIDED) {
        machine.markRefusal(row, TIMEOUT, id);
        protocol.timedOut(t);
      }
    });

    const pathAt = (t: number, step: number): number => {
      let path = log.path[t]!;
      for (let i = 0; i < step; i++) path = nextPath(path);
      return path;
    };

    /** A part that does not know the verbs has done, or undone, a step. */
    function note(t: number, i: number, more: number, call: number): void {
      if (more > 0 ? knowsVerbs[i] : tellsUndoing(i)) return;
      orders.effect(
        log.request[t]!,
        log.cls[t]!,
        withStep(log.tag[t]!, i),
        more,
        more > 0 && i === 0 ? log.path[t]! : calls.path[call]!,
        log.key[t]!,
      );
    }
    const tellsUndoing = (i: number): boolean => knowsVerbs[i]! && undoWays[i] === ways[i];

    const desk: Desk = {
      log,
      participants,
      ask(t, i, verb) {
        const parent = log.firstCall[t]!;
        const call = machine.call(ways[i]!, log.request[t]!, log.cls[t]!, pathAt(t, i), t, i, parent);
        calls.key[call] = log.key[t]!;
        calls.operation[call] = knowsVerbs[i]! ? verb : DO;
        calls.instance[call] = knowsVerbs[i]! ? withStep(log.tag[t]!, i) : NONE;
        log.asked[t * participants + i] = call;
        post.ask(call);
      },
      deliver(t, i, verb) {
        const isUndo = verb === UNDO;
        const speaks = isUndo ? tellsUndoing(i) : knowsVerbs[i]!;
        const isFirst = verb === DO || (isChoreographed && i === 0);
        post.deliver(
          (isUndo ? undoWays : ways)[i]!,
          log.request[t]!,
          log.cls[t]!,
          isFirst ? pathAt(t, i) : mixPath(pathAt(t, i), verb),
          log.key[t]!,
          speaks ? verb : DO,
          speaks ? withStep(log.tag[t]!, i) : NONE,
          t,
          // steps from here on are those that are undone
          isUndo ? i + participants : i,
        );
      },
      giveUp(t) {
        for (let cell = t * participants; cell < (t + 1) * participants; cell++) {
          const call = log.asked[cell]!;
          if (call === NONE) continue;
          log.asked[cell] = NONE;
          machine.abandon(call, false, downBy > 0 ? CRASHED : TIMEOUT);
        }
      },
      startTimer(t) {
        if (own.answerTimeout !== null) machine.after(inTicks(own.answerTimeout), timer, t, ++log.era[t]!);
      },
      commit(t) {
        commits.add(log.cls[t]!);
        decide(t, COMMITTED, ANSWERED, row);
      },
      abort(t, fate, by) {
        aborts.add(log.cls[t]!);
        decide(t, ABORTED, fate, by);
      },
      end: (t) => end(t, false),
      lose: (t) => end(t, true),
    };

    function decide(t: number, outcome: number, fate: number, by: number): void {
      log.decision[t] = outcome;
      log.fate[t] = fate;
      log.by[t] = by;
      decision.add(log.cls[t]!, machine.now - log.begunAt[t]!);
      if (own.answersAfter === 'decision') answerCalls(t);
    }

    function end(t: number, isLost: boolean): void {
      const cls = log.cls[t]!;
      const time = machine.now - log.begunAt[t]!;
      if (isLost) lost.add(cls);
      else if (log.decision[t] === COMMITTED) acknowledged.add(cls, time);
      else if (log.decision[t] === ABORTED) rolledBack.add(cls, time);
      const recognised = log.known[t]!;
      if (recognised >= 0) {
        known.letGo(recognised);
        underWay[recognised] = log.decision[t] === COMMITTED ? OVER : FAILED;
        // nothing is left of what was rolled back: who asks again begins anew
        if (rollsBack && underWay[recognised] === FAILED) known.forget(recognised);
      }
      if (tagged !== null) tagged.forget(log.place[t]!);
      orders.end(log.request[t]!, cls);
      answerCalls(t);
      log.end(t);
      open.set(machine.now, log.open);
    }

    // ── Those who wait for the outcome ─────────────────────────────────────────────────────────

    function attach(call: number, t: number): void {
      while (call >= waitsFor.length) {
        const from = waitsFor.length;
        waitsFor = wider(waitsFor).fill(NONE, from);
        nextCall = wider(nextCall);
      }
      waitsFor[call] = t;
      nextCall[call] = log.firstCall[t]!;
      log.firstCall[t] = call;
    }

    function detach(call: number): void {
      const t = waitsFor[call]!;
      waitsFor[call] = NONE;
      if (log.firstCall[t] === call) log.firstCall[t] = nextCall[call]!;
      else {
        let at = log.firstCall[t]!;
        while (nextCall[at] !== call) at = nextCall[at]!;
        nextCall[at] = nextCall[call]!;
      }
      // what was asked for it must not name a row that is soon another's
      for (let cell = t * participants; cell < (t + 1) * participants; cell++) {
        const child = log.asked[cell]!;
        if (child !== NONE && calls.parent[child] === call) calls.parent[child] = NONE;
      }
    }

    function answerCalls(t: number): void {
      const fate = log.fate[t]!;
      const by = log.by[t]!;
      for (let call = log.firstCall[t]!; call !== NONE; call = log.firstCall[t]!) {
        detach(call);
        answer(call, fate, by);
      }
    }

    function answer(call: number, fate: number, by: number): void {
      if (by === row && books.isOwn(fate)) books.fail(call, fate);
      else books.end(call, fate, by);
    }

    function receive(call: number): void {
      const verb = calls.operation[call]!;
      if (verb === ALL_DONE || verb === ALL_UNDONE) {
        hear(call, verb);
        return;
      }
      const cls = calls.cls[call]!;
      const request = calls.request[call]!;
      books.arrivals.add(cls);
      if (downBy > 0) {
        books.turnAway(call, UNAVAILABLE);
        return;
      }
      let recognised = own.idempotency ? known.find(request, cls, 0) : NONE;
      if (recognised !== NONE && underWay[recognised] !== FAILED) {
        repeats.add(cls);
        machine.begins(call, 0);
        books.enter(call);
        const t = underWay[recognised]!;
        if (t === OVER) answer(call, ANSWERED, row);
        else if (log.decision[t] !== UNDECIDED && own.answersAfter === 'decision')
          answer(call, log.fate[t]!, log.by[t]!);
        else attach(call, t);
        return;
      }
      if (log.open >= own.mostOpen) {
        books.turnAway(call, FULL);
        return;
      }
      machine.begins(call, 0);
      books.enter(call);
      started.add(cls);
      // whoever takes part is to recognise what it may have done already
      const tag = recognised === NONE ? tagOf(slips.begun++, slip, 0) : tagBefore[recognised]!;
      const t = begin(tag, request, cls, calls.key[call]!, childPath(calls.path[call]!, 0));
      if (own.idempotency) {
        if (recognised === NONE) recognised = known.add(request, cls, 0);
        known.hold(recognised);
        while (recognised >= underWay.length) {
          underWay = wider(underWay);
          tagBefore = wider(tagBefore);
        }
        underWay[recognised] = t;
        tagBefore[recognised] = tag;
        log.known[t] = recognised;
      }
      attach(call, t);
      protocol.begin(t);
    }

    function begin(tag: number, request: number, cls: number, key: number, path: number): number {
      const t = log.begin(tag, request, cls, key, path, machine.now);
      open.set(machine.now, log.open);
      orders.begin(request, cls, key);
      if (tagged !== null) {
        const place = tagged.add(request, cls, tag);
        while (place >= taggedRow.length) taggedRow = wider(taggedRow);
        taggedRow[place] = t;
        log.place[t] = place;
      }
      return t;
    }

    function rowOfTag(request: number, cls: number, tag: number): number {
      const place = tagged!.find(request, cls, withStep(tag, 0));
      return place < 0 ? NONE : taggedRow[place]!;
    }

    /** A participant tells how a choreographed saga has ended. */
    function hear(call: number, verb: number): void {
      if (downBy > 0) {
        machine.refuse(call, UNAVAILABLE);
        return;
      }
      const t = isChoreographed ? rowOfTag(calls.request[call]!, calls.cls[call]!, calls.instance[call]!) : NONE;
      machine.begins(call, 0);
      machine.answer(call);
      if (t !== NONE) protocol.told!(t, verb);
    }

    // ── Protocols ──────────────────────────────────────────────────────────────────────────────

    const relay = machine.on(() => {
      looks = false;
      if (downBy === 0) box!.lookNow();
    });
    /** The relay looks at once, or at the next multiple of its period. */
    function look(): void {
      if (own.pollEvery === null) {
        box!.lookNow();
        return;
      }
      if (looks || downBy > 0) return;
      looks = true;
      const period = inTicks(own.pollEvery);
      machine.after(period - (machine.now % period), relay, 0, 0);
    }
    /** Whose first step has just come to count. */
    const revived = { tag: 0, request: 0, cls: 0, key: 0, path: 0 };
    const box =
      own.protocol === 'outbox'
        ? outbox(
            desk,
            row,
            look,
            () => begin(revived.tag, revived.request, revived.cls, revived.key, revived.path),
            (waiting) => outboxRows!.set(machine.now, waiting),
          )
        : null;
    if (box !== null)
      orders.onFirstStep = (request, cls, tag, path, key) => {
        revived.tag = withStep(tag, 0);
        revived.request = request;
        revived.cls = cls;
        revived.key = key;
        revived.path = path;
        box.firstStepDone!(rowOfTag(request, cls, tag));
      };
    const protocol: Protocol =
      box ??
      (own.protocol === 'two-phase-commit'
        ? twoPhaseCommit(desk, row)
        : isChoreographed
          ? choreography(desk, row)
          : stepByStep(desk, row, own.protocol === 'orchestrated-saga'));

    function eachOpen(act: (t: number) => void): void {
      const tags = log.tag.slice(0, log.rows);
      for (const [t, tag] of tags.entries()) if (tag !== NONE && log.tag[t] === tag) act(t);
    }

    function crash(begins: boolean): void {
      downBy += begins ? 1 : -1;
      if (begins && downBy === 1) {
        post.stop();
        eachOpen((t) => {
          log.era[t]!++;
          desk.giveUp(t);
        });
        eachOpen((t) => {
          for (let call = log.firstCall[t]!; call !== NONE; call = log.firstCall[t]!) {
            detach(call);
            books.fail(call, CRASHED);
          }
          protocol.crashed(t);
        });
      } else if (!begins && downBy === 0) {
        machine.mark(id, 'event', 'recovered');
        post.goOn();
        eachOpen((t) => protocol.resumed(t));
        if (outboxRows !== null && outboxRows.value > 0) look();
      }
    }

    return {
      start() {
        for (const [i, to] of rows.entries()) knowsVerbs[i] = slips.participants.has(to);
      },
      receive,
      answered(call) {
        if (!isChoreographed) messages.add(calls.cls[call]!);
        if (post.answered(call)) return;
        const t = calls.note[call]!;
        const i = calls.step[call]!;
        const fate = calls.fate[call]!;
        const by = calls.by[call]!;
        log.asked[t * participants + i] = NONE;
        if (fate === ANSWERED) {
          if (calls.operation[call] === DO) note(t, i, 1, call);
          protocol.agreed(t, i);
        } else {
          // whoever is not there may have done it before
          const isRefusal = by === rows[i] && fate !== UNAVAILABLE && fate !== CRASHED;
          protocol.failed(t, i, isRefusal, fate, by);
        }
      },
      cancel(call) {
        if (waitsFor[call] === undefined || waitsFor[call] === NONE) return;
        // what was begun goes on to its end: to stop half-way is what a transaction is not
        detach(call);
        books.drop(call);
      },
      faults: {
        crash,
        duplicate(begins, amount) {
          post.sendTwice(begins ? Math.min(1, amount) : 0);
        },
      },
      adopt(changed: TransactionSettings) {
        if (changed.resendAfter !== own.resendAfter) post.resendAfter(inTicks(changed.resendAfter));
        own = changed;
        if (outboxRows !== null && outboxRows.value > 0) look();
      },
      state() {
        return {
          instances: [downBy === 0],
          slots: [],
          queue: [],
          inside: books.inside.value,
          readings: {
            open: log.open,
            isDown: downBy > 0,
            unacknowledged: post.waiting,
            outbox: outboxRows?.value ?? 0,
          },
        };
      },
    };
  },
});
