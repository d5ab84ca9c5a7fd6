/** What was broken and what happened, along the time of the charts: names where faults begin, a sign for each mark. */
import { memo } from 'react';
import type { Mark } from '../../../../simulations/index.ts';
import { markSentence } from '../../../core/playback/marks.ts';
import { useStage } from '../context.ts';
import { Icon } from '../parts/icons.tsx';
import type { Reading } from '../prepared.ts';
import { tell } from '../why/telling.ts';

/** What is drawn of it, with places from 0 to 1000. */
export interface Happening {
  faults: { key: string; fault: string; from: number; to: number }[];
  /** Marks that stand so close that one sign stands for them all. */
  marks: { at: number; marks: Mark[] }[];
  lines: number[];
}

/** So many pixels a sign takes, to be seen and hit. */
const SIGN = 24;

/** @param width of the charts, in pixels. */
export function happeningsOf(reading: Reading, width: number): Happening {
  const { endedAt: end } = reading.run;
  const place = (at: number): number => (Math.min(at, end) / Math.max(1, end)) * 1000;
  const faults = reading.faults.map(({ fault, part, from, to }) => ({
    key: `${fault} ${part} ${from}`,
    fault,
    from: place(from),
    // A fault that never ended is infinite, and infinity does not survive being written down.
    to: place(to ?? end),
  }));
  const marks: Happening['marks'] = [];
  for (const mark of reading.marks) {
    // These are shaded and named already.
    if (mark.kind === 'fault-begins' || mark.kind === 'fault-ends') continue;
    const at = place(mark.at);
    const last = marks.at(-1);
    if (last !== undefined && ((at - last.at) / 1000) * width < SIGN) last.marks.push(mark);
    else marks.push({ at, marks: [mark] });
  }
  return { faults, marks, lines: marks.map(({ at }) => at) };
}

const SIGNS: Partial<Record<Mark['kind'], string>> = { 'first-refusal': 'refusal', scale: 'surge', dial: 'surge' };

export const Happenings = memo(function Happenings({
  reading,
  happenings,
  width,
}: {
  reading: Reading;
  happenings: Happening;
  width: number;
}) {
  const { speech, openWhy } = useStage();
  const { faults, marks } = happenings;
  if (faults.length === 0 && marks.length === 0) return null;
  let taken = -1000;
  return (
    <div className={faults.length > 0 && marks.length > 0 ? 'happenings has-both' : 'happenings'}>
      {faults.map(({ key, fault, from }) => {
        const name = speech.fault(fault);
        // Where names would cover each other the first one stands; all of them are in the list of what was done.
        const left = (from / 1000) * width;
        const isLate = left > width * 0.7;
        const long = name.length * (/[가-힣]/.test(name) ? 13 : 7);
        // A late name ends where its fault begins.
        if (left - (isLate ? long : 0) < taken) return null;
        taken = left + (isLate ? 0 : long);
        return (
          <span
            key={key}
            className={isLate ? 'fault-name is-late' : 'fault-name'}
            style={isLate ? { right: `${100 - from / 10}%` } : { left: `${from / 10}%` }}
          >
            {name}
          </span>
        );
      })}
      {marks.map(({ at, marks: here }) => {
        const text = here
          .slice(0, 4)
          .map((mark) => tell(speech, markSentence(reading.run, mark)))
          .join(' ');
        return (
          <button
            key={at}
            type="button"
            className="happening"
            // By keyboard one goes from mark to mark with the brackets, and asks why with w.
            tabIndex={-1}
            style={{ left: `${at / 10}%` }}
            aria-label={text}
            title={text}
            onClick={() => openWhy({ kind: 'mark', mark: here[0]! })}
          >
            <Icon name={SIGNS[here[0]!.kind] ?? 'idle'} />
            {here.length > 1 ? <span className="digits" data-count={here.length} /> : null}
          </button>
        );
      })}
    </div>
  );
});
