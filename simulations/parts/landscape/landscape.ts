/**
 * A landscape of choices: each request is an idea of one team to change one of its choices; it is judged by the team, by all
 * together or by those concerned, in no time or where another part takes its time over it, and carried out or turned down.
 * What choices are worth is the ground's.
 */
import { wider } from '../../engine/calendar.ts';
import { mixPath, uniform } from '../../engine/draws.ts';
import { ANSWERED } from '../../engine/machine.ts';
import { Books } from '../door/books.ts';
import { defineKind } from '../kind.ts';
import { Ground } from './ground.ts';
import { landscapeColumns, landscapeRow } from './journal.ts';
import { settings, type LandscapeSettings } from './settings.ts';

const NONE = -1;
const LONGEST = 2 ** 50;
/** Better by less than this is not better: sums of the same numbers in another order. */
const LEAST_GAIN = 1e-12;
/** Choices whose best is looked for at most, over all spans of a run: each time takes a search. */
const MOST_SEARCHED = 20_000;
/** What names the call for a decision within its request. */
const ASKS = 0x6c616e64;

export const landscape = defineKind({
  kind: 'landscape',
  settings,
  actions: {},
  adopts: ['divergence', 'agreed', 'consent', 'goal'],
  takesCalls: true,
  callees: ({ asks, agreed, agrees }) => [
    ...(asks === undefined ? [] : [{ id: asks, path: 'asks' }]),
    ...(agrees === undefined || agreed === 0 || agrees === asks ? [] : [{ id: agrees, path: 'agrees' }]),
  ],
  size: ({ teams, choices, coupling }) => (teams * choices) << (coupling + 1),
  reasons: () => [],
  contradictions({ renewal, teams, choices }, horizon) {
    const spans = renewal === null ? 0 : horizon / renewal;
    if (spans * teams * choices <= MOST_SEARCHED) return [];
    const expected = `at least ${(horizon * teams * choices) / MOST_SEARCHED} in a run of ${horizon}`;
    return [{ path: 'renewal', message: `the ground shifts ${Math.round(spans)} times`, expected }];
  },
  build(first, site) {
    let own: LandscapeSettings = first;
    const { machine, id, row, ticks } = site;
    const { calls, monitor } = machine;
    const books = new Books(site, []);
    const ground = new Ground(own, {
      couplings: machine.stream(id, 'couplings'),
      own: machine.stream(id, 'own'),
      shared: machine.stream(id, 'shared'),
      start: machine.stream(id, 'start'),
    });
    const ideaStream = machine.stream(id, 'idea');
    const journal = machine.journal(id, landscapeColumns);

    const worth = monitor.level(`${id}.worth`);
    monitor.share(`${id}.ofBest`, worth, 1);
    const plain = monitor.level(`${id}.plainWorth`);
    const unlike = monitor.level(`${id}.unlike`);
    const links = monitor.level(`${id}.links`);
    const queue = monitor.level(`${id}.queue`);
    const decided = monitor.count(`${id}.decided`, 'count');
    const changed = monitor.counter();
    monitor.count(`${id}.changed`, 'count', changed);
    monitor.count(`${id}.changeRate`, 'rate', changed);
    monitor.count(`${id}.accepted`, 'share', changed, decided);
    const overtaken = monitor.count(`${id}.overtaken`, 'count');
    const agreements = monitor.count(`${id}.agreements`, 'count');
    const deciding = monitor.meanTally(`${id}.deciding`);
    const spans = monitor.count(`${id}.spans`, 'count');
    const arrived = monitor.counter();
    monitor.count(`${id}.reached`, 'share', arrived, spans);
    const reach = monitor.meanTally(`${id}.reach`);
    const settled = monitor.meanTally(`${id}.settled`, 'share');

    const asksRow = own.asks === undefined ? NONE : machine.rowOf(own.asks);
    const asksWay = asksRow < 0 ? NONE : machine.way(row, asksRow);
    const agreesWay = own.agrees === undefined ? NONE : machine.way(row, machine.rowOf(own.agrees));
    /** Choices that change by agreement only: of each team those that most depend on, the first of several alike. */
    const isAgreed = new Uint8Array(ground.count);
    function agreeOn(): void {
      isAgreed.fill(0);
      for (let team = 0; team < own.teams; team++) {
        const choices = Array.from({ length: own.choices }, (_, thing) => team * own.choices + thing);
        choices.sort((a, b) => ground.inDegree[b]! - ground.inDegree[a]! || a - b);
        for (const choice of choices.slice(0, own.agreed)) isAgreed[choice] = 1;
      }
    }
    agreeOn();

    let span = 0;
    let spanBegan = 0;
    let hasArrived = false;
    let best = 1;
    /** Per row of a call: the choice it is about, what is to become of it, and the call that takes its time. */
    let choiceOf = new Int32Array(64);
    let valueOf = new Uint8Array(64);
    let childOf = new Int32Array(64);

    const shifts = machine.on(() => {
      endSpan();
      span++;
      begin();
      const after = renewal();
      if (after !== null) machine.after(after, shifts, 0, 0);
    });

    const renewal = (): number | null =>
      own.renewal === null ? null : Math.min(LONGEST, Math.max(1, Math.round(own.renewal * ticks)));

    function begin(): void {
      ground.renew(span);
      best = ground.best(span);
      spanBegan = machine.now;
      hasArrived = false;
      look();
      journal?.write(machine.now, landscapeRow.renews, span, 0, inTenThousandths());
    }

    /** Where the goal was not reached the whole span counts. */
    function endSpan(): void {
      spans.add(0);
      settled.add(0, worth.value * ticks);
      if (hasArrived) arrived.add(0);
      else reach.add(0, machine.now - spanBegan);
    }

    const inTenThousandths = (): number => Math.round(worth.value * 10_000);

    function look(): void {
      const { now } = machine;
      const is = ground.worth();
      plain.set(now, is);
      worth.set(now, is / best);
      if (own.linked) unlike.set(now, ground.unlike);
      if (hasArrived || worth.value < own.goal) return;
      hasArrived = true;
      reach.add(0, now - spanBegan);
    }

    /** Whether those who decide want it so. */
    function isWanted(choice: number, value: number): boolean {
      if (own.standard) return ground.standardGain(choice % own.choices, value) > LEAST_GAIN;
      if (isAgreed[choice] === 1 && own.consent !== 'whole') {
        ground.weigh(choice);
        let gain = 0;
        let lose = 0;
        for (const team of ground.touched)
          if (ground.gains[team]! > LEAST_GAIN) gain++;
          else if (ground.gains[team]! < -LEAST_GAIN) lose++;
        return own.consent === 'all' ? lose === 0 && gain > 0 : gain > lose;
      }
      const forWhole = isAgreed[choice] === 1 || own.decides === 'whole';
      return (forWhole ? ground.wholeGain(choice) : ground.ownGain(choice)) > LEAST_GAIN;
    }

    function decide(call: number): void {
      const choice = choiceOf[call]!;
      const value = valueOf[call]!;
      decided.add(0);
      if (isAgreed[choice] === 1) agreements.add(0);
      deciding.add(calls.cls[call]!, machine.now - calls.arrivedAt[call]!);
      const isSo = own.standard ? isStandard(choice % own.choices, value) : ground.bits[choice] === value;
      if (isSo) overtaken.add(0);
      else if (isWanted(choice, value)) {
        const flipped = own.standard ? ground.setAll(choice % own.choices, value) : [choice];
        if (!own.standard) ground.flip(choice);
        changed.add(0);
        look();
        for (const each of flipped) journal?.write(machine.now, landscapeRow.changes, each, value, inTenThousandths());
        machine.digestEvent(row, choice * 2 + value);
      } else journal?.write(machine.now, landscapeRow.turnsDown, choice, value, inTenThousandths());
      books.end(call, ANSWERED, 0);
    }

    /** A team that decides for itself does so in its own line, where there are such lines. */
    function lineOf(team: number): number {
      if (own.decides === 'whole' || own.standard) return NONE;
      const { fleet } = machine.partAt(asksRow);
      return fleet?.hasOwnLines === true ? team % fleet.count : NONE;
    }

    function isStandard(thing: number, value: number): boolean {
      for (let choice = thing; choice < ground.count; choice += own.choices)
        if (ground.bits[choice] !== value) return false;
      return true;
    }

    return {
      start() {
        for (let choice = 0; choice < ground.count; choice++)
          journal?.write(0, landscapeRow.begins, choice, ground.bits[choice]!, 0);
        if (own.linked) links.set(0, ground.pairs);
        begin();
        const after = renewal();
        if (after !== null) machine.after(after, shifts, 0, 0);
      },
      receive(call) {
        books.arrivals.add(calls.cls[call]!);
        books.enter(call);
        while (call >= choiceOf.length) {
          choiceOf = wider(choiceOf);
          valueOf = wider(valueOf);
          childOf = wider(childOf);
        }
        const request = calls.request[call]!;
        const choice = Math.floor(uniform(ideaStream, request, 0) * ground.count);
        choiceOf[call] = choice;
        valueOf[call] = 1 - ground.bits[choice]!;
        const way = isAgreed[choice] === 1 ? agreesWay : asksWay;
        if (way < 0) {
          childOf[call] = NONE;
          decide(call);
          return;
        }
        const child = machine.call(way, request, calls.cls[call]!, mixPath(calls.path[call]!, ASKS), 0, 0, call);
        childOf[call] = child;
        queue.set(machine.now, queue.value + 1);
        if (isAgreed[choice] === 0) calls.instance[child] = lineOf(ground.teamOf(choice));
        machine.dispatch(child);
      },
      answered(child) {
        const call = calls.parent[child]!;
        childOf[call] = NONE;
        queue.set(machine.now, queue.value - 1);
        const fate = calls.fate[child]!;
        if (fate === ANSWERED) decide(call);
        else books.end(call, fate, calls.by[child]!);
      },
      cancel(call) {
        const child = childOf[call]!;
        if (child !== NONE) {
          queue.set(machine.now, queue.value - 1);
          machine.abandon(child, true, calls.fate[call]!);
        }
        books.drop(call);
      },
      adopt(settingsNow: LandscapeSettings) {
        own = settingsNow;
        agreeOn();
        if (own.divergence !== ground.divergence) {
          ground.divergence = own.divergence;
          best = ground.best(span);
        }
        look();
      },
      state: () => ({
        instances: [true],
        slots: [],
        queue: [],
        inside: books.inside.value,
        readings: {
          bits: Array.from(ground.bits),
          agreed: Array.from(isAgreed),
          // by the teams' numbers, two and two
          pairs: own.linked
            ? ground.neighbours.flatMap((near, team) =>
                near.filter((other) => other > team).flatMap((other) => [team, other]),
              )
            : [],
          choices: own.choices,
          best,
        },
      }),
    };
  },
});
