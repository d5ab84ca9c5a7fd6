/**
 * What went wrong with a run, told as a post-mortem: made from the run's own windows and marks, numbers from this run only.
 *
 * A run is cut into sixty stretches. A stretch is *bad* when at least five requests were made in it and less than 70 percent
 * as many were answered, *good* when at least 90 percent as many were. An *episode* is found by two bad stretches in a row; it
 * begins with the first of the stretches without a good one that lead to them, and ends before three good ones in a row.
 * A run *collapsed* when an episode lasts to its end and at least a tenth of it; it *recovered* when an episode ended; it *never
 * kept up* when an episode lasts from its beginning to its end. One that begins with the run and ends is a system filling up.
 *
 * What each sentence needs to be true stands beside it. It tells what came before what, and which numbers stood by; that one
 * thing caused another it says only where the trace shows the link itself: a try that was made again, an answer that came too late.
 */
import type { Mark, Run } from '../../../simulations/index.ts';
import { bottleneckAt } from './bottleneck.ts';
import { faultSpans } from './frame.ts';
import { markSentence } from './marks.ts';
import {
  beginOf,
  countIn,
  hasReading,
  lengthOf,
  meanIn,
  mostIn,
  policiesOf,
  sourcesOf,
  stretchOf,
  type Span,
} from './readings.ts';
import type { Sentence } from './sentences.ts';

/** When a run was answered badly, in windows. */
export interface Episode extends Span {
  /** Whether it lasted to the end of the run. */
  isOpen: boolean;
}

/** The part of a story that a sentence belongs to, in the order in which it is told. */
export type Phase = 'before' | 'trigger' | 'effect' | 'worse' | 'relief' | 'end';

/** A sentence of a post-mortem. */
export interface Told extends Sentence {
  phase: Phase;
}

/** What came of a run that was badly answered for a while. */
export interface PostMortem {
  outcome: 'collapsed' | 'recovered' | 'never-kept-up';
  episode: Episode;
  /** In the order of their times. */
  timeline: Told[];
}

const BAD = 0.7;
const GOOD = 0.9;
const LEAST_MADE = 5;
const FIRST_BAD = 2;
const THEN_GOOD = 3;
/** How much more there must be before it is said to be more. */
const MORE = 1.3;
/** By how much the load may be higher than before and still count as no more. */
const SAME = 0.15;

interface Stretch extends Span {
  made: number;
  answered: number;
}

function stretchesIn(run: Run): Stretch[] {
  const { count } = run.trace!.windows;
  const width = stretchOf(run);
  const sources = sourcesOf(run);
  const stretches: Stretch[] = [];
  for (let from = 0; from < count; from += width) {
    const span = { from, to: Math.min(count, from + width) };
    const sum = (what: string): number => sources.reduce((all, part) => all + countIn(run, `${part}.${what}`, span), 0);
    stretches.push({ ...span, made: sum('made'), answered: sum('answered') });
  }
  return stretches;
}

const isBad = ({ made, answered }: Stretch): boolean => made >= LEAST_MADE && answered < BAD * made;
const isGood = ({ made, answered }: Stretch): boolean => made >= LEAST_MADE && answered >= GOOD * made;

/** The spans in which a run answered far less than was asked of it, in their order. */
export function episodesOf(run: Run): Episode[] {
  const stretches = stretchesIn(run);
  const episodes: Episode[] = [];
  let at = 0;
  while (at < stretches.length) {
    if (!stretches.slice(at, at + FIRST_BAD).every(isBad) || at + FIRST_BAD > stretches.length) {
      at += 1;
      continue;
    }
    let end = at + FIRST_BAD;
    while (end < stretches.length) {
      const next = stretches.slice(end, end + THEN_GOOD);
      if (next.length === THEN_GOOD && next.every(isGood)) break;
      end += 1;
    }
    const isOpen = end >= stretches.length;
    const floor = episodes.length === 0 ? 0 : stretches.findIndex((each) => each.from >= episodes.at(-1)!.to);
    let onset = at;
    while (onset > floor && !isGood(stretches[onset - 1]!) && stretches[onset - 1]!.made >= LEAST_MADE) onset -= 1;
    episodes.push({ from: stretches[onset]!.from, to: isOpen ? stretches.at(-1)!.to : stretches[end]!.from, isOpen });
    at = end;
  }
  return episodes;
}

/** The part whose line grew longest in a span; null where none grew to ten and to twice what it was at most before. */
function longestLine(run: Run, before: Span, episode: Span): { part: string; line: string; most: number } | null {
  let found: { part: string; line: string; most: number } | null = null;
  for (const part of run.trace!.parts) {
    for (const line of ['queue', 'threadQueue', 'lockQueue', 'poolQueue']) {
      const most = mostIn(run, `${part}.${line}`, episode);
      if (most < 10 || most < 2 * mostIn(run, `${part}.${line}`, before)) continue;
      if (found === null || most > found.most) found = { part, line, most };
    }
  }
  return found;
}

/** What happened last before the episode was seen, within a tenth of the run: a fault, a dial, a deployment, an event. */
function triggerOf(run: Run, episode: Episode): Mark | null {
  const seenBy = beginOf(run, episode.from + stretchOf(run));
  const since = beginOf(run, episode.from) - run.endedAt / 10;
  const kinds = ['fault-begins', 'dial', 'deploy', 'event'];
  const near = run.trace!.marks.filter((mark) => kinds.includes(mark.kind) && mark.at >= since && mark.at <= seenBy);
  const last = near.at(-1) ?? null;
  // A release is told from its beginning, not from its last step.
  if (last?.kind === 'deploy') return near.find((mark) => mark.kind === 'deploy' && mark.part === last.part)!;
  return last;
}

const spanOf = (run: Run, from: number, to: number): Span => {
  const { ticks, count } = run.trace!.windows;
  const first = Math.ceil(from / ticks);
  return { from: first, to: Math.max(first, Math.min(count, Math.floor(to / ticks))) };
};

/** How many calls arrive at a part for each request that is made. */
function callsPerRequest(run: Run, part: string, span: Span): number | null {
  const made = sourcesOf(run).reduce((sum, source) => sum + countIn(run, `${source}.made`, span), 0);
  const arrivals = countIn(run, `${part}.arrivals`, span);
  return made < LEAST_MADE || !hasReading(run, `${part}.arrivals`) ? null : arrivals / made;
}

/** The post-mortem of a run's gravest episode (the one that lasts to its end, or else the longest); null when there was none. */
export function postMortemOf(run: Run): PostMortem | null {
  if (run.trace === undefined) return null;
  const early = 2 * stretchOf(run);
  const episodes = episodesOf(run).filter(({ from, isOpen }) => isOpen || from >= early);
  const last = episodes.at(-1);
  if (last === undefined) return null;
  const episode = last.isOpen ? last : episodes.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0]!;
  const { windows, marks } = run.trace;
  const hasBefore = episode.from >= early;
  // What is bad only at the very end may just as well be getting better.
  if (episode.isOpen && hasBefore && (episode.to - episode.from) * 10 < windows.count) return null;
  const unit = run.time.ticks;
  const sources = sourcesOf(run);
  const made = (span: Span): number => sources.reduce((sum, part) => sum + countIn(run, `${part}.made`, span), 0);
  const answered = (span: Span): number =>
    sources.reduce((sum, part) => sum + countIn(run, `${part}.answered`, span), 0);
  const rate = (span: Span): number => made(span) / lengthOf(run, span);
  const goodput = (span: Span): number => answered(span) / lengthOf(run, span);
  const begin = beginOf(run, episode.from);
  const end = beginOf(run, episode.to);
  const timeline: Told[] = [];
  let phase: Phase = 'before';
  const tell = (id: string, values: Sentence['values']): void =>
    void timeline.push({ id: `why.story.${id}`, values, phase });
  const tellMark = (mark: Mark): void => void timeline.push({ ...markSentence(run, mark), phase });

  if (!hasBefore) {
    phase = 'effect';
    // Bad from the first stretch on: nothing is said of a trigger, only of what came in and what came out.
    tell('neverKeptUp', { rate: rate(episode), goodput: goodput(episode), until: end / unit });
    const line = longestLine(run, { from: 0, to: 0 }, episode);
    if (line !== null) tell(`line.${line.line}`, { part: line.part, waiting: Math.round(line.most) });
    return { outcome: 'never-kept-up', episode, timeline };
  }

  const before: Span = { from: 0, to: episode.from };
  const trigger = triggerOf(run, episode);
  const from = trigger?.at ?? begin;
  const quiet = spanOf(run, 0, from);
  const calm = quiet.to > quiet.from ? quiet : before;

  // How it was: always true, both are counted.
  tell('before', { until: from / unit, rate: rate(calm), goodput: goodput(calm) });

  // What came last before it: a mark within a tenth of the run; else a rise of the load by three tenths; else nothing.
  phase = 'trigger';
  if (trigger !== null) tellMark(trigger);
  else {
    const first: Span = { from: episode.from, to: Math.min(windows.count, episode.from + stretchOf(run)) };
    if (rate(first) >= MORE * rate(calm))
      tell('surge', { at: begin / unit, rate: rate(first), rateBefore: rate(calm) });
    else {
      const on = faultSpans(marks).findLast((span) => span.from < begin && span.to > begin);
      if (on === undefined) tell('noTrigger', { at: begin / unit });
      else tell('faultOn', { part: on.part, fault: on.fault, at: on.from / unit });
    }
  }

  phase = 'effect';
  // The first refusal of a kind after it: a mark.
  const refusal = marks.find((mark) => mark.kind === 'first-refusal' && mark.at >= from && mark.at < end);
  if (refusal !== undefined) tellMark(refusal);
  // The stretch in which it began may begin before what set it off: counted is from then on.
  const hit = spanOf(run, Math.max(begin, from), end);
  tell(answered(hit) === 0 ? 'silence' : 'effect', {
    at: beginOf(run, hit.from) / unit,
    until: end / unit,
    rate: rate(hit),
    goodput: goodput(hit),
  });

  phase = 'worse';
  // Other instances that died after the trigger: marks, without those of the very moment and part of the trigger.
  const deaths = marks.filter(
    (mark) =>
      mark.kind === 'instance' &&
      mark.detail === 'dead' &&
      mark.at > from &&
      mark.at < end &&
      !(trigger !== null && mark.part === trigger.part && mark.at === trigger.at),
  );
  if (deaths.length > 0) tell('deaths', { count: deaths.length, at: deaths[0]!.at / unit, part: deaths[0]!.part });

  const line = longestLine(run, calm, episode);
  if (line !== null) tell(`line.${line.line}`, { part: line.part, waiting: Math.round(line.most) });

  // Who held whom: half-way through, where a part was full and at least half of what it served waited for another.
  const middle = (Math.max(begin, from) + end) / 2;
  const holds = bottleneckAt(run, middle).clues.find(({ id }) => id === 'why.held.all');
  if (holds !== undefined) tell('held', { ...holds.values, at: middle / unit });

  // What made it more: calls that were tried again, counted by the callers themselves.
  const tries = policiesOf(run)
    .map((link) => {
      const per = (span: Span): number =>
        countIn(run, `${link}.tries`, span) / Math.max(1, countIn(run, `${link}.calls`, span));
      return { link, retries: countIn(run, `${link}.retries`, episode), per: per(episode), perBefore: per(calm) };
    })
    .filter(({ retries, per, perBefore }) => retries > 0 && per >= MORE * Math.max(1, perBefore))
    .toSorted((a, b) => b.per - a.per);
  for (const { link, per, perBefore } of tries.slice(0, 3)) {
    const [caller, callee] = link.split('>') as [string, string];
    tell('tries', { caller, callee, per, perBefore });
  }
  const target = line?.part ?? tries[0]?.link.split('>')[1];
  if (target !== undefined && tries.length > 0) {
    const [now, usual] = [callsPerRequest(run, target, episode), callsPerRequest(run, target, calm)];
    if (now !== null && usual !== null && usual > 0 && now >= MORE * usual)
      tell('amplified', { part: target, per: now, perBefore: usual, times: now / usual });
  }
  // Work for nobody: answers that came after their caller had stopped waiting, as the link counts them.
  if (target !== undefined) {
    const links = policiesOf(run).filter((link) => link.endsWith(`>${target}`));
    const late = links.reduce((sum, link) => sum + countIn(run, `${link}.late`, episode), 0);
    const done = countIn(run, `${target}.completions`, episode);
    if (done > 0 && late >= done / 10) tell('late', { part: target, late, done, share: Math.min(1, late / done) });
  }
  const opened = marks.find((m) => m.kind === 'breaker' && m.detail === 'open' && m.at >= from && m.at < end);
  if (opened !== undefined) tellMark(opened);

  phase = 'relief';
  // When what was broken was whole again: the end of the last fault that was on during the episode.
  const spans = faultSpans(marks).filter((span) => span.from < end && span.to > begin && span.from >= from - 1);
  const isOver = spans.length > 0 && spans.every((span) => span.to <= end);
  const over = isOver ? Math.max(...spans.map((span) => span.to)) : null;
  const stillOn = faultSpans(marks).find((span) => span.from < end && span.to > end);
  if (over !== null) {
    const { fault, part } = spans.findLast((span) => span.to === over)!;
    tell('over', { at: over / unit, fault, part, took: (over - spans.find((span) => span.to === over)!.from) / unit });
    const after = spanOf(run, over, end);
    // It should have recovered: nothing is broken any more, and no more is asked than when all was well.
    const isLong = after.to - after.from >= 2 * stretchOf(run);
    const wasCarried = goodput(calm) >= GOOD * rate(calm);
    if (isLong && wasCarried && stillOn === undefined && rate(after) <= rate(calm) * (1 + SAME)) {
      tell('should', { rate: rate(after) });
      // Why it did not at once: more calls came than were finished all the time after; or a line was left to work off.
      if (target !== undefined && hasReading(run, `${target}.completions`)) {
        const arrivals = countIn(run, `${target}.arrivals`, after) / lengthOf(run, after);
        const completions = countIn(run, `${target}.completions`, after) / lengthOf(run, after);
        const first: Span = { from: after.from, to: after.from + 1 };
        const left = line === null ? 0 : (meanIn(run, `${target}.${line.line}`, first) ?? 0);
        if (arrivals > completions * 1.05) tell('whyNot', { part: target, arrivals, completions });
        else if (left >= 10) tell('backlog', { part: target, waiting: Math.round(left) });
      }
    }
  } else if (stillOn !== undefined) {
    tell('stillOn', { part: stillOn.part, fault: stillOn.fault, at: end / unit });
  }

  phase = 'end';
  if (episode.isOpen) {
    const left = goodput(lastTenth(run));
    tell(left === 0 ? 'collapsedSilent' : 'collapsed', { at: run.endedAt / unit, goodput: left });
    return { outcome: 'collapsed', episode, timeline };
  }
  // What ended it: the last thing that happened within a tenth of the run before, if anything did.
  const ending = marks.findLast(
    (mark) =>
      ['fault-ends', 'dial', 'scale', 'deploy', 'drained'].includes(mark.kind) &&
      mark.at > from &&
      mark.at <= end &&
      mark.at >= end - run.endedAt / 10,
  );
  if (ending !== undefined && ending.at !== over) tellMark(ending);
  const next: Span = { from: episode.to, to: episode.to + THEN_GOOD * stretchOf(run) };
  // The load fell: by as much as it has to rise to be called a rise.
  if (rate(next) * MORE <= rate(episode))
    tell('loadFell', { at: end / unit, rate: rate(next), rateBefore: rate(episode) });
  const width = beginOf(run, stretchOf(run));
  if (over === null) tell('recovered', { at: end / unit, took: (end - begin) / unit });
  else if (end - over < width) tell('recoveredAtOnce', { at: end / unit });
  else tell('recoveredAfter', { at: end / unit, took: (end - over) / unit });
  // Answered as fast as they come is not yet answered soon: who still stood in line then.
  const standing =
    line === null ? 0 : (meanIn(run, `${line.part}.${line.line}`, { from: episode.to, to: episode.to + 1 }) ?? 0);
  if (line !== null && standing >= 10) {
    const column = windows.columns[`${line.part}.${line.line}`]!;
    const empty = column.findIndex((value, window) => window >= episode.to && value < 1);
    const values = { part: line.part, waiting: Math.round(standing) };
    if (empty < 0) tell('line.neverEmpty', values);
    else tell('line.emptyAt', { ...values, at: beginOf(run, empty) / unit });
  }
  return { outcome: 'recovered', episode, timeline };
}

/** The last tenth of a run. */
function lastTenth(run: Run): Span {
  const { count } = run.trace!.windows;
  return { from: Math.max(0, count - Math.max(1, Math.round(count / 10))), to: count };
}
