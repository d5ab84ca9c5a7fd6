/**
 * An organisation: people in teams who take tasks and write code. What a task needs from older code is met by talking, by an
 * interface or by a copy, whichever costs least in all. It knows no design: teams matter to it only by what talking costs.
 */
import { durationSampler, type Sampler } from '../../distributions/index.ts';
import { mixPath, uniform } from '../../engine/draws.ts';
import { log } from '../../engine/elementary.ts';
import { ANSWERED } from '../../engine/machine.ts';
import { Books } from '../door/books.ts';
import { defineKind } from '../kind.ts';
import { Code, MOST_FILES, Past, type Need } from './code.ts';
import { bond, organisationColumns, organisationRow, PER_UNIT } from './journal.ts';
import { mirroringIndex, PermutationTest, shareByChance } from './mirror.ts';
import { settings, type OrganisationSettings } from './settings.ts';

const NONE = -1;
const LONGEST = 2 ** 50;
/** Tests of one run. */
const MOST_TESTS = 1000;

/** What a person is at. */
const FREE = 0;
const AT_TASK = 1;
/** Has no task, and talks to somebody who asked. */
const ASKED = 2;

const peopleOf = ({ charts }: OrganisationSettings): number => Object.values(charts)[0]?.length ?? 0;

export const organisation = defineKind({
  kind: 'organisation',
  settings,
  actions: {
    move: 'puts the person numbered `instance`, from 0, into the team that the amount names, counted from 1',
    reorganise: 'lets the chart named by `next` hold instead',
  },
  adopts: ['charts', 'kept', 'needs', 'clustering', 'rework', 'talk', 'interface', 'copy', 'mates'],
  takesCalls: true,
  callees: () => [],
  size: peopleOf,
  reasons: () => [],
  contradictions(own, horizon) {
    const problems: { path: string; message: string; expected: string }[] = [];
    const names = Object.keys(own.charts);
    const people = peopleOf(own);
    if (names.length === 0 || names.length > 10)
      problems.push({ path: 'charts', message: `${names.length} charts`, expected: 'from 1 to 10' });
    for (const [name, teams] of Object.entries(own.charts))
      if (teams.length !== people)
        problems.push({
          path: `charts.${name}`,
          message: `${teams.length} people`,
          expected: `${people}, as in the first chart`,
        });
    for (const path of ['chart', 'next'] as const)
      if (own[path] !== null && !Object.hasOwn(own.charts, own[path]))
        problems.push({ path, message: `no chart ${own[path]}`, expected: `one of ${names.join(', ')}` });
    if (own.knows.length > 0 && own.knows.length !== people)
      problems.push({
        path: 'knows',
        message: `${own.knows.length} people`,
        expected: `${people}, as in the charts; or none`,
      });
    if (horizon / own.tested.every > MOST_TESTS)
      problems.push({
        path: 'tested.every',
        message: `more than ${MOST_TESTS} tests in this run`,
        expected: `at least ${horizon / MOST_TESTS}`,
      });
    return problems;
  },
  counted: ({ charts, chart }) => shareByChance(charts[chart]!),
  build(first, site) {
    let own: OrganisationSettings = first;
    const { machine, id, ticks } = site;
    const { calls, classes, monitor, plan } = machine;
    const count = peopleOf(own);
    const knows = Int32Array.from({ length: count }, (_, person) => own.knows[person] ?? 0);
    const domains = Math.max(...knows) + 1;

    const journal = machine.journal(id, organisationColumns);
    const code = new Code(count, journal);
    const past = new Past(own.reach);
    const chance = {
      domain: machine.stream(id, 'domain'),
      kept: machine.stream(id, 'kept'),
      taker: machine.stream(id, 'taker'),
      needs: machine.stream(id, 'needs'),
      target: machine.stream(id, 'target'),
      clustered: machine.stream(id, 'clustered'),
      rework: machine.stream(id, 'rework'),
      interface: machine.stream(id, 'interface'),
      copy: machine.stream(id, 'copy'),
    };
    const workStream = machine.stream(id, 'work');
    const work: Sampler = durationSampler(own.work, workStream, ticks);
    const test = new PermutationTest(count, own.tested.permutations, machine.stream(id, 'permutations'));

    const books = new Books(site, []);
    const queue = monitor.level(`${id}.queue`);
    const wait = monitor.tally(`${id}.wait`);
    const busy = monitor.level(`${id}.busy`);
    const capacity = monitor.level(`${id}.capacity`);
    monitor.share(`${id}.utilisation`, busy, count);
    const counted = (name: string) => monitor.count(`${id}.${name}`, 'count', monitor.counter());
    const talks = counted('talks');
    const acrossTalks = counted('acrossTalks');
    const interfaces = counted('interfaces');
    const copies = counted('copies');
    const reworks = counted('reworks');
    const talkTime = monitor.meanTally(`${id}.talkTime`);
    const interfaceTime = monitor.meanTally(`${id}.interfaceTime`);
    const copyTime = monitor.meanTally(`${id}.copyTime`);
    const level = (name: string) => monitor.level(`${id}.${name}`);
    const files = level('files');
    const tight = level('tight');
    const loose = level('loose');
    const old = level('old');
    const tightWithin = level('tightWithin');
    const within = level('within');
    const byChance = level('byChance');
    const index = level('index');
    const formerIndex = level('formerIndex');
    const knownIndex = level('knownIndex');
    const p = level('p');
    const lag = monitor.meanTally(`${id}.lag`);

    /** The team of each person now, and before the last change. */
    const teams = new Int32Array(count);
    const formerTeams = new Int32Array(count);
    const mates = new Int32Array(count);
    let changedAt = NONE;
    let isReorganised = false;
    const moved = new Map<number, number>();

    const state = new Uint8Array(count);
    const callOf = new Int32Array(count).fill(NONE);
    const endsAt = new Float64Array(count);
    const token = new Int32Array(count);

    /** Tasks by call: their numbers, and which line they wait in: that of their domain, or that of all. */
    const tasks = new Map<number, { task: number; line: number }>();
    const lines: { calls: number[]; from: number }[] = Array.from({ length: domains + 1 }, () => ({
      calls: [],
      from: 0,
    }));
    const ofAll = lines[domains]!;

    const ends = machine.on((person, forToken) => {
      if (token[person] === forToken) isDone(person);
    });
    const testNow = machine.on(() => {
      testMirror();
      scheduleTest();
    });

    function teamsNow(): Int32Array {
      const chart = own.charts[isReorganised && own.next !== null ? own.next : own.chart]!;
      return Int32Array.from(chart, (team, person) => moved.get(person) ?? team);
    }

    /** Puts everybody where they belong now, and says so where that is another team than before. */
    function arrange(isFirst: boolean): void {
      const now = teamsNow();
      if (!isFirst) {
        if (now.every((team, person) => team === teams[person])) return;
        formerTeams.set(teams);
        changedAt = machine.now;
        code.beginEra();
      } else formerTeams.set(now);
      for (const [person, team] of now.entries())
        if (isFirst || team !== teams[person]) journal?.write(machine.now, organisationRow.team, person, team, 0, 0);
      teams.set(now);
      for (let person = 0; person < count; person++)
        mates[person] = now.reduce((sum, team) => sum + (team === now[person] ? 1 : 0), -1);
      byChance.set(machine.now, shareByChance(teams));
      measure();
      if (!isFirst) testMirror();
    }

    function measure(): void {
      const { now } = machine;
      files.set(now, code.files);
      tight.set(now, code.tight.total);
      loose.set(now, code.loose.total);
      old.set(now, code.old);
      tightWithin.set(now, code.tight.within(teams));
      within.set(now, code.tight.total === 0 ? 0 : tightWithin.value / code.tight.total);
      index.set(now, mirroringIndex(code.tight, teams));
      formerIndex.set(now, mirroringIndex(code.tight, formerTeams));
      if (domains > 1) knownIndex.set(now, mirroringIndex(code.tight, knows));
      if (changedAt !== NONE && index.value >= formerIndex.value) {
        lag.add(0, now - changedAt);
        changedAt = NONE;
      }
    }

    function testMirror(): void {
      p.set(machine.now, test.p(code.tight, teams));
      journal?.write(
        machine.now,
        organisationRow.tested,
        Math.round(index.value * PER_UNIT),
        Math.round(p.value * PER_UNIT),
        0,
        0,
      );
    }

    function scheduleTest(): void {
      const next = Math.max(1, Math.round(own.tested.every * ticks));
      // the last test is at the very end, whatever the distance
      if (machine.now < plan.horizon) machine.after(Math.min(next, plan.horizon - machine.now), testNow, 0, 0);
    }

    /** Time that is not a whole number of ticks yet, drawn for a need. */
    const drawn = (stream: typeof chance.copy, mean: number, { request, path }: Need): number =>
      -mean * ticks * log(uniform(stream, request, path));

    const talkBetween = (a: number, b: number): number =>
      (own.talk.everyone ?? (teams[a] === teams[b] ? own.talk.inside : own.talk.across)) * ticks;

    /** How long a person is kept from their task by what they settle, by the way it is settled. */
    const spent = { talk: 0, interface: 0, copy: 0 };

    /** Meets a need in the way that costs least, all people's time together. */
    function settle(person: number, need: Need, cls: number): void {
      const { now } = machine;
      const file = need.from;
      const other = code.authorOf(file) === person ? code.authorOf(need.to) : code.authorOf(file);
      if (other === person) {
        code.meet(now, need, bond.tight);
        return;
      }
      const talk = talkBetween(person, other);
      const building = drawn(chance.interface, own.interface, need);
      const copying = drawn(chance.copy, own.copy, need);
      if (2 * talk <= building && 2 * talk <= copying) {
        spent.talk += talk;
        talks.add(cls);
        if (teams[person] !== teams[other]) acrossTalks.add(cls);
        code.meet(now, need, bond.tight);
        keep(other, Math.round(talk));
      } else if (building <= copying) {
        spent.interface += building;
        interfaces.add(cls);
        code.meet(now, need, bond.loose);
      } else {
        spent.copy += copying;
        copies.add(cls);
        code.meet(now, need, bond.copy);
      }
    }

    /** Somebody is asked, and loses that time: their task takes longer by it, or they are not free for so long. */
    function keep(person: number, time: number): void {
      if (time === 0) return;
      if (state[person] === FREE) {
        turn(person, ASKED);
        endsAt[person] = machine.now;
      }
      endsAt[person]! += time;
      schedule(person);
    }

    function schedule(person: number): void {
      machine.after(Math.min(LONGEST, endsAt[person]! - machine.now), ends, person, ++token[person]!);
    }

    function turn(person: number, to: number): void {
      const wasBusy = state[person] !== FREE;
      state[person] = to;
      const isBusy = to !== FREE;
      if (wasBusy !== isBusy) busy.set(machine.now, busy.value + (isBusy ? 1 : -1));
    }

    /** Begins a task: what it needs is settled first, then it is written. */
    function begin(person: number, call: number): void {
      const { now } = machine;
      const { task } = tasks.get(call)!;
      const request = calls.request[call]!;
      const path = calls.path[call]!;
      const cls = calls.cls[call]!;
      callOf[person] = call;
      turn(person, AT_TASK);
      wait.add(cls, now - calls.arrivedAt[call]!);
      machine.begins(call, person);

      spent.talk = spent.interface = spent.copy = 0;
      const isOfDomain = (at: number): boolean =>
        uniform(chance.clustered, request, mixPath(path, at)) < own.clustering;
      const earlier = (at: number): number => {
        const other = past.before(task, uniform(chance.target, request, mixPath(path, at)), isOfDomain(at));
        return other === NONE ? NONE : past.fileOf(other);
      };

      const redone = code.files >= MOST_FILES || uniform(chance.rework, request, path) < own.rework ? earlier(0) : NONE;
      let file = redone;
      let unsettled: Need[] = [];
      if (redone !== NONE) {
        unsettled = code.rewrite(now, redone, person);
        reworks.add(cls);
      } else if (code.files < MOST_FILES) file = code.add(now, person);
      past.setFile(task, file);
      if (file !== NONE) {
        const many = own.needs;
        const extra = uniform(chance.needs, request, path) < many - Math.floor(many) ? 1 : 0;
        for (let at = 1; at <= Math.floor(many) + extra; at++) {
          const to = earlier(at);
          if (to !== NONE && to !== file) settle(person, { from: file, to, request, path: mixPath(path, at) }, cls);
        }
        for (const need of unsettled) settle(person, need, cls);
      }
      measure();

      talkTime.add(cls, spent.talk);
      interfaceTime.add(cls, spent.interface);
      copyTime.add(cls, spent.copy);
      const size = classes[cls]!.size?.(request, path) ?? 1;
      const writing = (work(request, path) * size) / (1 - own.mates * mates[person]!);
      endsAt[person] = now + Math.min(LONGEST, Math.round(writing + spent.talk + spent.interface + spent.copy));
      schedule(person);
    }

    function isDone(person: number): void {
      const call = callOf[person]!;
      callOf[person] = NONE;
      turn(person, FREE);
      if (call !== NONE) {
        tasks.delete(call);
        books.end(call, ANSWERED, 0);
      }
      takeNext(person);
    }

    const taskAt = ({ calls: waiting, from }: (typeof lines)[number]): number => tasks.get(waiting[from]!)!.task;

    /** The task that has waited longest among those that a free person may take. */
    function takeNext(person: number): void {
      if (state[person] !== FREE) return;
      let best: (typeof lines)[number] | null = null;
      for (const line of [ofAll, lines[knows[person]!]!]) {
        while (line.from < line.calls.length && line.calls[line.from] === NONE) line.from++;
        if (line.from === line.calls.length) continue;
        if (best === null || taskAt(line) < taskAt(best)) best = line;
      }
      if (best === null) return;
      const call = best.calls[best.from++]!;
      if (best.from > 1024 && best.from * 2 > best.calls.length) {
        best.calls.splice(0, best.from);
        best.from = 0;
      }
      queue.set(machine.now, queue.value - 1);
      begin(person, call);
    }

    return {
      start() {
        capacity.set(0, count);
        p.set(0, 1);
        arrange(true);
        scheduleTest();
      },
      receive(call) {
        books.arrivals.add(calls.cls[call]!);
        books.enter(call);
        const request = calls.request[call]!;
        const path = calls.path[call]!;
        const domain = Math.floor(uniform(chance.domain, request, path) * domains);
        const isKept = uniform(chance.kept, request, path) < own.kept && knows.includes(domain);
        const line = isKept ? domain : domains;
        tasks.set(call, { task: past.add(domain), line });
        const able: number[] = [];
        for (let person = 0; person < count; person++)
          if (state[person] === FREE && (line === domains || knows[person] === line)) able.push(person);
        if (able.length > 0) {
          begin(able[Math.floor(uniform(chance.taker, request, path) * able.length)]!, call);
          return;
        }
        lines[line]!.calls.push(call);
        queue.set(machine.now, queue.value + 1);
      },
      cancel(call) {
        const person = callOf.indexOf(call);
        const line = lines[tasks.get(call)!.line]!;
        tasks.delete(call);
        if (person !== NONE) {
          token[person]!++;
          callOf[person] = NONE;
          turn(person, FREE);
          books.drop(call);
          takeNext(person);
          return;
        }
        line.calls[line.calls.indexOf(call, line.from)] = NONE;
        queue.set(machine.now, queue.value - 1);
        books.drop(call);
      },
      faults: {
        move(begins, amount, person) {
          if (person >= count) return;
          if (begins) moved.set(person, Math.round(amount) - 1);
          else moved.delete(person);
          arrange(false);
        },
        reorganise(begins) {
          isReorganised = begins;
          arrange(false);
        },
      },
      adopt(settingsNow: OrganisationSettings) {
        own = settingsNow;
        arrange(false);
      },
      state: () => ({
        instances: Array.from({ length: count }, () => true),
        slots: Array.from(callOf, (call, person) => ({
          instance: person,
          hop: call === NONE ? NONE : machine.hopOf(call),
        })),
        queue: lines
          .flatMap((line) => line.calls.slice(line.from))
          .filter((call) => call !== NONE)
          .map((call) => machine.hopOf(call))
          .toSorted((a, b) => a - b),
        inside: books.inside.value,
        readings: {
          teams: [...teams],
          files: [...code.held],
          tight: [...code.tight.counts],
          loose: [...code.loose.counts],
        },
      }),
    };
  },
});
