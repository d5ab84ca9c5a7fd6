/** The stage for those who do not see it: the run and the moment in sentences, the drawing as a table, and what happens as a quiet log. */
import { useEffect, useRef, useState } from 'react';
import { isChanged, momentInWords, runInWords, tableOf } from '../../../core/playback/sentences.ts';
import { markSentence } from '../../../core/playback/marks.ts';
import { useStage } from '../context.ts';
import { aroundOf } from '../drawing/around.ts';
import type { Reading } from '../prepared.ts';
import { postMortemIn, storyInWords, usePostMortem } from '../why/post-mortem.ts';
import { tell } from '../why/telling.ts';
import { besidesInWords, partInWords } from './parts.ts';

/** Least time between two announcements, in milliseconds: a voice needs that long to finish a sentence. */
const BREATH = 4000;
/** How long nothing has to move before what is folded away follows, in milliseconds. */
const CALM = 300;

function MomentWords({ reading, isOpen }: { reading: Reading; isOpen: boolean }) {
  const shared = useStage();
  const { player, speech, scenario } = shared;
  // While it plays these sentences would change faster than anyone reads: they follow twice a second. Folded away they wait
  // until nothing moves, so that they cost nothing while the drawing is busy.
  const [frame, setFrame] = useState(() => player.frame());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const follow = (): void => {
      timer = null;
      setFrame(player.frame());
    };
    if (isOpen) follow();
    const leave = player.subscribe(() => {
      if (!isOpen && timer !== null) {
        clearTimeout(timer);
        timer = null;
      }
      timer ??= setTimeout(follow, isOpen ? (player.clock().playing ? 500 : 50) : CALM);
    });
    return () => {
      leave();
      if (timer !== null) clearTimeout(timer);
    };
  }, [player, isOpen]);
  const surges = scenario.faults.filter((fault) => fault.action === 'surge').map((fault) => fault.id);
  const around = aroundOf(shared, frame.design, surges);
  const rows = tableOf(reading.run, reading.parts, frame, (part) => around.parts[part]?.kind !== 'traffic');
  return (
    <>
      <p className="moment-words">
        {[...momentInWords(reading.run, frame).map(speech.sentence), ...besidesInWords(frame, around, speech)].join(
          ' ',
        )}
      </p>
      <table className="twin">
        <caption>{speech.say('words.table', { at: speech.moment(frame.at / reading.run.time.ticks) })}</caption>
        <thead>
          <tr>
            <th scope="col">{speech.say('words.part')}</th>
            <th scope="col">{speech.say('words.state')}</th>
            <th scope="col">{speech.say('words.waiting')}</th>
            <th scope="col">{speech.say('words.served')}</th>
            <th scope="col">{speech.say('words.arriving')}</th>
            <th scope="col">{speech.say('words.leaving')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.part}>
              <th scope="row">{speech.words.parts[row.part] ?? row.part}</th>
              <td>{partInWords(row.part, frame, around, speech)}</td>
              <td className="digits">{row.waiting}</td>
              <td className="digits">
                {row.slots === 0 ? '–' : speech.say('words.ofSlots', { busy: row.busy, slots: row.slots })}
              </td>
              <td className="digits">{row.arriving}</td>
              <td className="digits">{row.leaving}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

export function Words({ reading }: { reading: Reading }) {
  const { speech } = useStage();
  const story = usePostMortem(reading);
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="in-words" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{speech.say('words.title')}</summary>
      <p>
        {runInWords(reading.run, reading.overloaded, isChanged(reading.run, reading.marks))
          .map(speech.sentence)
          .join(' ')}
      </p>
      {story === null ? null : <p>{storyInWords(speech, story)}</p>}
      <MomentWords reading={reading} isOpen={isOpen} />
    </details>
  );
}

/** Says aloud, to those who listen, what was passed while playing and where a step led; seldom enough to be heard out. */
export function Log({ reading }: { reading: Reading }) {
  const { player, speech } = useStage();
  const [said, setSaid] = useState('');
  const last = useRef({ at: player.clock().at, spoken: 0, playing: false });
  useEffect(
    () =>
      player.subscribe(() => {
        const now = Date.now();
        const { at, playing } = player.clock();
        const { at: from, playing: wasPlaying } = last.current;
        last.current.playing = playing;
        if (from === at) return;
        const isOver = wasPlaying && !playing && at >= player.clock().end;
        // Where a loop goes back to its beginning, nothing was passed.
        const isBack = playing && at < from;
        const passed = isBack
          ? []
          : reading.marks.filter((mark) => mark.at > Math.min(from, at) && mark.at <= Math.max(from, at));
        if (now - last.current.spoken < BREATH && passed.length === 0 && !isOver) return;
        last.current = { at, spoken: now, playing };
        const sentences = isOver
          ? [
              { id: 'moment.over', values: {} },
              ...runInWords(reading.run, reading.overloaded, isChanged(reading.run, reading.marks)),
            ]
          : momentInWords(reading.run, player.frame());
        const lines =
          playing && passed.length > 0 && !isOver
            ? passed.slice(-3).map((mark) => tell(speech, markSentence(reading.run, mark)))
            : sentences.map(speech.sentence);
        const story = isOver ? postMortemIn(player) : null;
        setSaid([...lines, ...(story === null ? [] : [storyInWords(speech, story)])].join(' '));
      }),
    [player, reading, speech],
  );
  return (
    <output className="only-read-aloud" aria-live="polite">
      {said}
    </output>
  );
}
