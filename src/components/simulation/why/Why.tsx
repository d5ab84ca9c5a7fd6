/** The panel that says why: of a part, a request, a mark, a moment, or the whole run. It is loaded when it is first asked for. */
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Run } from '../../../../simulations/index.ts';
import { beforeAt } from '../../../core/playback/before.ts';
import { bottleneckAt } from '../../../core/playback/bottleneck.ts';
import { seek } from '../../../core/playback/clock.ts';
import { familyOf, middleOf, type Family } from '../../../core/playback/family.ts';
import { markSentence } from '../../../core/playback/marks.ts';
import type { PostMortem } from '../../../core/playback/postmortem.ts';
import type { Sentence } from '../../../core/playback/sentences.ts';
import type { Subject } from '../../../core/playback/subject.ts';
import { useStage } from '../context.ts';
import type { Player } from '../player.ts';
import type { Reading } from '../prepared.ts';
import type { Speech } from '../speech.ts';
import { Failures } from './Failures.tsx';
import { usePostMortemOf } from './post-mortem.ts';
import RequestTree from './RequestTree.tsx';
import { nameOf, tell } from './telling.ts';

export interface WhyProps {
  subject: Subject;
  reading: Reading;
  ask(subject: Subject): void;
  close(): void;
}

/** The moment of the stage, no oftener than one can read: twice a second while it plays. */
function useReadableMoment(player: Player): number {
  const [at, setAt] = useState(() => player.clock().at);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const leave = player.subscribe(() => {
      timer ??= setTimeout(
        () => {
          timer = null;
          setAt(player.clock().at);
        },
        player.clock().playing ? 500 : 50,
      );
    });
    return () => {
      leave();
      if (timer !== null) clearTimeout(timer);
    };
  }, [player]);
  return at;
}

function Sentences({ sentences }: { sentences: readonly Sentence[] }) {
  const { speech } = useStage();
  return (
    <ul className="why-list">
      {sentences.map((sentence) => {
        const text = tell(speech, sentence);
        return <li key={text}>{text}</li>;
      })}
    </ul>
  );
}

/** A part of the panel under a heading of its own; a group and no landmark, as there are many. */
function Part({ head, children }: { head: string; children: ReactNode }) {
  return (
    <fieldset className="why-part">
      <legend className="why-head">{head}</legend>
      {children}
    </fieldset>
  );
}

/** What holds the run up at a moment, and what came before it. */
function Circumstances({ run, at, part, ask }: { run: Run; at: number; part?: string; ask(subject: Subject): void }) {
  const { speech, player } = useStage();
  const holds = useMemo(() => bottleneckAt(run, at, part), [run, at, part]);
  // The readings look back over a stretch; what has just gone down is known to the tick.
  const down = useMemo((): Sentence[] => {
    const standing = player.reader()?.at(at).standing ?? {};
    return Object.entries(standing)
      .filter(([, { instances }]) => instances.length > 0 && instances.every((each) => each === 'dead'))
      .map(([id]) => ({ id: 'why.bottleneck.down', values: { part: id } }));
  }, [player, at]);
  const clues = [...down, ...holds.clues.filter(({ id }) => down.length === 0 || id !== 'why.bottleneck.none')];
  const before = useMemo(() => beforeAt(run, at), [run, at]);
  const unit = run.time.ticks;
  return (
    <>
      <Part head={speech.say('why.holds')}>
        <Sentences sentences={clues} />
        {holds.part !== null && holds.part !== part ? (
          <button type="button" className="plain" onClick={() => ask({ kind: 'part', part: holds.part! })}>
            {speech.say('why.aboutPart', { part: nameOf(speech, holds.part) })}
          </button>
        ) : null}
      </Part>
      <Part head={speech.say('why.just')}>
        {before.happened.length === 0 ? (
          <p>
            {speech.say('why.justNothing', { since: speech.moment(before.since / unit), at: speech.moment(at / unit) })}
          </p>
        ) : (
          <Sentences sentences={before.happened} />
        )}
        {before.changed.length > 0 ? (
          <>
            <p className="why-sub">{speech.say('why.changed')}</p>
            <Sentences sentences={before.changed} />
          </>
        ) : null}
      </Part>
    </>
  );
}

/** A post-mortem, phase by phase. */
function Story({ story }: { story: PostMortem }) {
  const { speech } = useStage();
  const head = `${speech.say('why.aboutStory')}: ${speech.say(`why.outcome.${story.outcome}`)}`;
  return (
    <Part head={head}>
      <ol className="why-story">
        {story.timeline.map((told, place) => {
          const text = tell(speech, told);
          const isFirst = story.timeline[place - 1]?.phase !== told.phase;
          return (
            <li key={text} className={isFirst ? 'is-first' : undefined}>
              <span className="why-phase">{isFirst ? speech.say(`why.phase.${told.phase}`) : ''}</span>
              <span>{text}</span>
            </li>
          );
        })}
      </ol>
    </Part>
  );
}

/** The moment that the answer is about, in ticks: the stage's own, unless what was asked about has one. */
function momentOf(subject: Subject, family: Family | null, now: number, end: number): number {
  if (subject.kind === 'mark') return subject.mark.at;
  if (subject.kind === 'run') return end;
  return family === null ? Math.min(now, end) : middleOf(family);
}

/** What the panel is about. @param at the moment that it speaks of, in ticks. */
function titleOf(subject: Subject, at: number, speech: Speech, unit: number): string {
  const { say } = speech;
  const moment = (when: number): string => speech.moment(when / unit);
  switch (subject.kind) {
    case 'part':
      return say('why.aboutPart', { part: nameOf(speech, subject.part) });
    case 'request':
      return say('why.aboutRequest', { number: subject.request + 1 });
    case 'mark':
      return say('why.aboutMark', { at: moment(subject.mark.at) });
    case 'moment':
      return say('why.aboutMoment', { at: moment(at) });
    case 'run':
      return say('why.aboutRun');
  }
}

export default function Why({ subject, reading, ask, close }: WhyProps) {
  const { player, speech, prefix, followed, follow } = useStage();
  const now = useReadableMoment(player);
  const title = useRef<HTMLParagraphElement>(null);
  const run = player.reader()?.run;
  const say = speech.say;
  const unit = reading.run.time.ticks;
  const moment = (at: number): string => speech.moment(at / unit);
  const goTo = (at: number): void => player.change((clock) => ({ ...seek(clock, at), playing: false }));

  useEffect(() => {
    if (subject.kind === 'moment') player.change((clock) => ({ ...seek(clock, subject.at), playing: false }));
    title.current?.focus();
  }, [subject, player]);

  const family = useMemo(
    () => (run !== undefined && subject.kind === 'request' ? familyOf(run, subject.request, subject.cls) : null),
    [run, subject],
  );
  const at = momentOf(subject, family, now, run?.endedAt ?? now);
  const part = subject.kind === 'part' ? { part: subject.part } : {};
  // Its calls are to be seen already, just above.
  const isFollowed = subject.kind === 'request' && followed === subject.request;
  const made = usePostMortemOf(player);
  const story = subject.kind === 'run' ? made : null;
  const heading = titleOf(subject, at, speech, unit);

  return (
    /* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes it from whatever it holds */
    <section
      className="why"
      aria-labelledby={`${prefix}-why`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
    >
      <div className="why-bar">
        <p className="why-title" id={`${prefix}-why`} tabIndex={-1} ref={title}>
          {heading}
        </p>
        <span className="why-buttons">
          {subject.kind === 'part' || subject.kind === 'request' ? (
            <span className="why-note digits">{say('why.about', { at: moment(at) })}</span>
          ) : null}
          {subject.kind === 'mark' ? (
            <button type="button" className="plain" onClick={() => goTo(subject.mark.at)}>
              {say('why.seek', { at: moment(subject.mark.at) })}
            </button>
          ) : null}
          {subject.kind === 'request' && family !== null ? (
            <>
              <button type="button" className="plain" onClick={() => goTo(family.from)}>
                {say('why.seek', { at: moment(family.from) })}
              </button>
              {isFollowed ? null : (
                <button type="button" className="plain" onClick={() => follow(subject.request)}>
                  {say('follow.start')}
                </button>
              )}
            </>
          ) : null}
          <button type="button" className="plain" onClick={close}>
            {say('why.close')}
          </button>
        </span>
      </div>
      {run === undefined ? (
        <p>{say('why.loading')}</p>
      ) : (
        <>
          {run.trace!.sampled ? <p className="why-note">{say('why.sampled')}</p> : null}
          {subject.kind === 'request' ? (
            family === null ? (
              <p>{say('follow.gone')}</p>
            ) : isFollowed ? null : (
              <RequestTree family={family} end={run.endedAt} />
            )
          ) : null}
          {subject.kind === 'mark' ? <p>{tell(speech, markSentence(run, subject.mark))}</p> : null}
          <div className="why-body">
            {story === null ? null : <Story story={story} />}
            {subject.kind === 'run' || (subject.kind === 'request' && family === null) ? null : (
              <div>
                <Circumstances run={run} at={at} ask={ask} {...part} />
              </div>
            )}
            {subject.kind === 'request' ? null : <Failures run={run} at={at} ask={ask} {...part} />}
          </div>
        </>
      )}
    </section>
  );
}
