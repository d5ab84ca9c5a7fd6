/** What happened in a run, as a list one can jump along. */
import { useState } from 'react';
import { seek } from '../../../core/playback/clock.ts';
import { markSentence } from '../../../core/playback/marks.ts';
import { useMoment, useStage } from '../context.ts';
import type { Reading } from '../prepared.ts';
import { tell } from '../why/telling.ts';

/** So many are listed at a time: a breaker may open and close thousands of times. */
const PAGE = 40;

function Marks({ reading }: { reading: Reading }) {
  const { speech, player } = useStage();
  const [shown, setShown] = useState(PAGE);
  const marks = reading.marks.slice(0, shown);
  // The last one that has happened: where one is in the list.
  const here = useMoment(() => marks.findLastIndex((mark) => mark.at <= player.clock().at));
  return (
    <>
      <ol className="marks">
        {marks.map((mark, row) => (
          <li key={`${mark.at} ${mark.kind} ${mark.part} ${mark.detail} ${row}`}>
            <button
              type="button"
              className="plain digits"
              aria-current={row === here ? 'step' : undefined}
              onClick={() => player.change((clock) => ({ ...seek(clock, mark.at), playing: false }))}
            >
              {tell(speech, markSentence(reading.run, mark))}
            </button>
          </li>
        ))}
      </ol>
      {shown < reading.marks.length ? (
        <button type="button" className="plain" onClick={() => setShown(shown + PAGE)}>
          {speech.say('marks.more', { left: reading.marks.length - shown })}
        </button>
      ) : null}
    </>
  );
}

export function MarkList({ reading }: { reading: Reading }) {
  const { speech } = useStage();
  const [isOpen, setOpen] = useState(false);
  if (reading.marks.length === 0) return null;
  return (
    <details className="mark-list" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{speech.say('marks.title', { count: reading.marks.length })}</summary>
      {isOpen ? <Marks reading={reading} /> : null}
    </details>
  );
}
