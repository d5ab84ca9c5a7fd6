/** The way of the request that was followed: a bar for each call, and the same in words and numbers. */
import type { CSSProperties, ReactNode } from 'react';
import { own, type RequestWay, type TracedCall } from '../../../../core/quiz/question.ts';
import { useSpeech } from '../../words.tsx';

export function Way({ way }: { way: RequestWay }): ReactNode {
  const { say, language } = useSpeech();
  const { calls, names = {}, length, unit, request } = way;
  const format = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  const nameOf = (part: string): string => own(names, part) ?? part;
  const time = (value: number): string =>
    unit === 's' && value < 0.9995
      ? say('tracing.time', { value: format.format(value * 1000), unit: 'ms' })
      : say('tracing.time', { value: format.format(value), unit });
  /** Work for nobody may go on for long: the picture ends a little after the last moment that somebody waited. */
  const wanted = Math.max(...calls.map((call) => call.unwantedFrom ?? call.stretches.at(-1)?.to ?? length));
  const end = Math.min(length, wanted * 1.4) || 1;
  const place = (at: number): number => (Math.min(Math.max(at, 0), end) / end) * 100;
  const bar = (key: string, kind: string, from: number, to: number): ReactNode => {
    const style: CSSProperties = { left: `${place(from)}%`, width: `${place(to) - place(from)}%` };
    return to <= from || from >= end ? null : <span key={key} className={`quiz-bar is-${kind}`} style={style} />;
  };
  const bars = ({ stretches, unwantedFrom }: TracedCall): ReactNode[] =>
    stretches.flatMap(({ kind, from, to }) => {
      const stop = to ?? length;
      const turn = Math.max(from, unwantedFrom ?? Number.POSITIVE_INFINITY);
      if (kind === 'out' || kind === 'back' || turn >= stop) return [bar(kind, kind, from, stop)];
      return [bar(kind, kind, from, turn), bar(`${kind} unwanted`, `${kind} is-unwanted`, turn, stop)];
    });
  const hasUnwanted = calls.some(({ unwantedFrom }) => unwantedFrom !== null);
  return (
    <figure className="quiz-way-of">
      <figcaption>
        {say('tracing.way', { number: request + 1, time: time(length) })}{' '}
        <span className="quiz-hint">{say(hasUnwanted ? 'tracing.keyUnwanted' : 'tracing.key')}</span>
      </figcaption>
      <ol>
        {calls.map((call, at) => {
          const { caller, callee, depth, attempt, tries, end: outcome, stretches } = call;
          const told = stretches
            .filter(({ from, to }) => (to ?? length) > from)
            .map(({ kind, from, to }) => say(`tracing.${kind}`, { time: time((to ?? length) - from) }));
          return (
            // oxlint-disable-next-line react/no-array-index-key -- the calls of a trace never change places
            <li key={at} style={{ '--depth': Math.min(6, depth) } as CSSProperties} data-end={outcome}>
              <span className="quiz-call">
                {say('tracing.call', { caller: nameOf(caller), callee: nameOf(callee) })}
                {tries > 1 && <span className="quiz-hint"> {say('tracing.try', { attempt, tries })}</span>}
              </span>
              <span className="quiz-track" aria-hidden="true">
                {bars(call)}
              </span>
              <span className="quiz-told">
                <strong>{say(`tracing.end.${outcome}`)}</strong>
                {told.length > 0 && `: ${told.join(', ')}`}
              </span>
            </li>
          );
        })}
      </ol>
    </figure>
  );
}
