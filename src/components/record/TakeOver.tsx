/** Takes over a file: reads it, says exactly what it would do, and does it only then. */
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import type { LearnerRecord } from '../../storage/index.ts';
import {
  limits,
  planImport,
  readFile,
  type Complaint,
  type Plan,
  type Reason,
  type Refusal,
} from '../../storage/transfer.ts';
import type { Say } from '../quiz/words.tsx';

type State =
  | { step: 'none' }
  | { step: 'reading' }
  | { step: 'refused'; complaint: Complaint | { code: 'unreadable' } }
  | { step: 'planned'; name: string; plan: Plan }
  | { step: 'working' }
  | { step: 'done'; count: number; isKept: boolean };

interface TakeOverProps {
  say: Say;
  language: string;
  open(): LearnerRecord;
  /** The title of a lesson. */
  titleOf(lesson: string): string;
}

/** So many refusals are told one by one. */
const mostTold = 12;

/** A message's values for a complaint about the whole file. */
function complained(complaint: Complaint | { code: 'unreadable' }, language: string): Record<string, string | number> {
  switch (complaint.code) {
    case 'too-large': {
      const megabytes = (bytes: number): string =>
        (bytes / 1e6).toLocaleString(language, { maximumFractionDigits: 1, minimumFractionDigits: 0 });
      return { found: megabytes(complaint.found), expected: megabytes(complaint.expected) };
    }
    case 'not-json':
      return { line: complaint.line ?? 0 };
    case 'not-a-record':
      return { place: complaint.place === '' ? 'none' : complaint.place, found: complaint.found };
    case 'later-version':
    case 'too-many':
      return { ...complaint };
    default:
      return {};
  }
}

function refused({ place, reason }: Refusal): Record<string, string> {
  const { code: _code, ...values } = reason as Reason & Record<string, string>;
  return { place, ...values, ...(values['field'] === '' ? { field: 'none' } : {}) };
}

export function TakeOver({ say, language, open, titleOf }: TakeOverProps): ReactNode {
  const [state, setState] = useState<State>({ step: 'none' });
  const input = useRef<HTMLInputElement>(null);
  const answer = useRef<HTMLDivElement>(null);
  const id = useId();
  const { step } = state;
  // Whoever chose a file hears and sees what it would do.
  useEffect(() => {
    if (step === 'planned' || step === 'refused' || step === 'done') answer.current?.focus();
  }, [step]);

  const read = async (file: File | undefined): Promise<void> => {
    if (input.current !== null) input.current.value = '';
    if (file === undefined) return;
    if (file.size > limits.bytes) {
      const complaint = { code: 'too-large', found: file.size, expected: limits.bytes } as const;
      setState({ step: 'refused', complaint });
      return;
    }
    setState({ step: 'reading' });
    let text: string;
    try {
      text = await file.text();
    } catch {
      setState({ step: 'refused', complaint: { code: 'unreadable' } });
      return;
    }
    const found = readFile(text);
    if ('complaint' in found) {
      setState({ step: 'refused', complaint: found.complaint });
      return;
    }
    const record = open();
    const plan = planImport(found.file, record.whole(), Date.now(), (lesson) => record.nameNow(lesson));
    setState({ step: 'planned', name: file.name, plan });
  };
  const take = async ({ fresh, drafts }: Plan): Promise<void> => {
    setState({ step: 'working' });
    const isKept = await open().take(fresh, drafts);
    setState({ step: 'done', count: fresh.length, isKept });
  };

  const lessons = new Map<string, number>();
  if (state.step === 'planned')
    for (const { lesson } of state.plan.fresh) lessons.set(lesson, (lessons.get(lesson) ?? 0) + 1);

  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{say('load.title')}</h2>
      <p>{say('load.text')}</p>
      <p>
        <label className="button quiet kept-file">
          {say('load.choose')}
          <input
            ref={input}
            type="file"
            accept=".json,application/json"
            onChange={({ currentTarget }) => void read(currentTarget.files?.[0])}
          />
        </label>
      </p>
      <div
        ref={answer}
        tabIndex={-1}
        className="kept-answer"
        {...(step === 'planned' ? { role: 'group', 'aria-labelledby': `${id}-plan` } : { role: 'status' })}
      >
        {step === 'reading' && <p>{say('load.reading')}</p>}
        {step === 'working' && <p>{say('load.working')}</p>}
        {state.step === 'refused' && (
          <p className="kept-question">
            {say(`load.complaint.${state.complaint.code}`, complained(state.complaint, language))}
          </p>
        )}
        {state.step === 'done' && (
          <p>{say(state.isKept ? 'load.done' : 'load.doneInMemory', { count: state.count })}</p>
        )}
        {state.step === 'planned' && (
          <div className="kept-question">
            <h3 id={`${id}-plan`}>{say('load.preview', { name: state.name })}</h3>
            {state.plan.exported !== null && (
              <p className="quiz-hint">
                {say('load.exported', {
                  date: new Date(state.plan.exported).toLocaleString(language, {
                    dateStyle: 'long',
                    timeStyle: 'short',
                  }),
                })}
              </p>
            )}
            <p>{say('load.fresh', { count: state.plan.fresh.length })}</p>
            {lessons.size > 0 && (
              <ul className="kept-list">
                {[...lessons].map(([lesson, count]) => (
                  <li key={lesson}>{say('load.lesson', { lesson: titleOf(lesson), count })}</li>
                ))}
              </ul>
            )}
            <p>{say('load.known', { count: state.plan.known })}</p>
            {state.plan.drafts.length > 0 && <p>{say('load.drafts', { count: state.plan.drafts.length })}</p>}
            {state.plan.refused.length > 0 && (
              <>
                <p>{say('load.refused', { count: state.plan.refused.length })}</p>
                <ul className="kept-list">
                  {state.plan.refused.slice(0, mostTold).map((refusal) => (
                    <li key={refusal.place}>{say(`load.reason.${refusal.reason.code}`, refused(refusal))}</li>
                  ))}
                  {state.plan.refused.length > mostTold && (
                    <li>{say('load.moreRefused', { count: state.plan.refused.length - mostTold })}</li>
                  )}
                </ul>
              </>
            )}
            <div className="quiz-buttons">
              {state.plan.fresh.length + state.plan.drafts.length > 0 ? (
                <button type="button" className="button" onClick={() => void take(state.plan)}>
                  {state.plan.fresh.length > 0
                    ? say('load.do', { count: state.plan.fresh.length })
                    : say('load.doDrafts')}
                </button>
              ) : (
                <p>{say('load.nothing')}</p>
              )}
              <button type="button" className="quiz-plain" onClick={() => setState({ step: 'none' })}>
                {say('load.cancel')}
              </button>
            </div>
          </div>
        )}
      </div>
    </section>
  );
}
