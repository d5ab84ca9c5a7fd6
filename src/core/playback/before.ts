/**
 * What had changed just before a moment: what happened to the run in its last twelfth before it, which faults were on, and
 * which readings then stood half as high again, or a third lower, than in the twelfth before that. It says what came
 * before, not what caused what. It knows a run and its trace and no words.
 */
import type { Mark, Run } from '../../../simulations/index.ts';
import { faultSpans } from './frame.ts';
import { countIn, lengthOf, meanIn, policiesOf, sourcesOf, windowAt, type Span } from './readings.ts';
import { markSentence } from './marks.ts';
import type { Sentence } from './sentences.ts';

/** What came before a moment. */
export interface Before {
  /** Since when one looked, in ticks. */
  since: number;
  /** What happened, the latest first, at most eight. */
  marks: Mark[];
  happened: Sentence[];
  /** Readings that changed. */
  changed: Sentence[];
}

const PARTS_OF_RUN = 12;
const MOST_MARKS = 8;
/** Fewer requests than this say nothing about how often they come. */
const LEAST = 10;
const CHANGE = 1.5;

const changes = (now: number, before: number): boolean =>
  before > 0 && (now / before >= CHANGE || now / before <= 1 / CHANGE);

/** What had changed before a time in ticks. */
export function beforeAt(run: Run, at: number): Before {
  const { marks, windows, parts } = run.trace!;
  const since = Math.max(0, at - run.endedAt / PARTS_OF_RUN);
  // An instance that died or was stopped is gone at that same moment: said once.
  const isSaid = (mark: Mark): boolean =>
    mark.kind === 'instance' &&
    mark.detail === 'absent' &&
    marks.some(
      (other) =>
        other.at === mark.at &&
        other.part === mark.part &&
        other.instance === mark.instance &&
        (other.detail === 'dead' || other.detail === 'stopping'),
    );
  const recent = marks.filter((mark) => mark.at > since && mark.at <= at && !isSaid(mark)).toReversed();
  const happened: Sentence[] = recent.slice(0, MOST_MARKS).map((mark) => markSentence(run, mark));
  for (const { part, fault, from, to } of faultSpans(marks))
    if (from <= since && to > at)
      happened.push({ id: 'why.before.stillOn', values: { part, fault, at: from / run.time.ticks } });

  const width = Math.max(1, Math.round(windows.count / PARTS_OF_RUN));
  const to = windowAt(run, at) + 1;
  const now: Span = { from: Math.max(0, to - width), to };
  const earlier: Span = { from: Math.max(0, now.from - width), to: now.from };
  const changed: Sentence[] = [];
  if (earlier.to > earlier.from) {
    for (const part of sourcesOf(run)) {
      const [made, madeBefore] = [countIn(run, `${part}.made`, now), countIn(run, `${part}.made`, earlier)];
      const [rate, rateBefore] = [made / lengthOf(run, now), madeBefore / lengthOf(run, earlier)];
      if (Math.max(made, madeBefore) >= LEAST && changes(rate, rateBefore))
        changed.push({ id: 'why.before.rate', values: { part, rate, rateBefore } });
    }
    for (const link of policiesOf(run)) {
      const [caller, callee] = link.split('>') as [string, string];
      const per = (span: Span): number =>
        countIn(run, `${link}.tries`, span) / Math.max(1, countIn(run, `${link}.calls`, span));
      const isKnown = countIn(run, `${link}.calls`, now) >= LEAST && countIn(run, `${link}.calls`, earlier) >= LEAST;
      // Fewer tries than calls means that some were not sent: the reasons say so.
      if (isKnown && per(now) >= CHANGE * Math.max(1, per(earlier)))
        changed.push({ id: 'why.before.tries', values: { caller, callee, per: per(now), perBefore: per(earlier) } });
    }
    for (const part of parts) {
      const [took, usual] = [meanIn(run, `${part}.service.mean`, now), meanIn(run, `${part}.service.mean`, earlier)];
      if (took !== null && usual !== null && changes(took, usual))
        changed.push({ id: 'why.before.service', values: { part, took, usual } });
    }
  }
  return { since, marks: recent, happened, changed };
}
