/** The stage for those who do not see it: the run and the moment in sentences, the drawing as a table, and what happens as a quiet log. */
import { useEffect, useRef, useState } from 'react';
import { markInWords, momentInWords, runInWords, tableOf } from '../../../core/playback/sentences.ts';
import { useStage } from '../context.ts';
import type { Reading } from '../prepared.ts';

/** Least time between two announcements, in milliseconds: a voice needs that long to finish a sentence. */
const BREATH = 4000;

function MomentWords({ reading }: { reading: Reading }) {
  const { player, speech } = useStage();
  // While it plays these sentences would change faster than anyone reads: they follow twice a second.
  const [frame, setFrame] = useState(() => player.frame());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const leave = player.subscribe(() => {
      timer ??= setTimeout(
        () => {
          timer = null;
          setFrame(player.frame());
        },
        player.clock().playing ? 500 : 50,
      );
    });
    return () => {
      leave();
      if (timer !== null) clearTimeout(timer);
    };
  }, [player]);
  const rows = tableOf(reading.run, reading.parts, frame);
  return (
    <>
      <p className="moment-words">{momentInWords(reading.run, frame).map(speech.sentence).join(' ')}</p>
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
              <td>{speech.say(row.working ? 'words.works' : 'part.stopped')}</td>
              <td className="digits">{row.waiting}</td>
              <td className="digits">{speech.say('words.ofSlots', { busy: row.busy, slots: row.slots })}</td>
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
  return (
    <details className="in-words">
      <summary>{speech.say('words.title')}</summary>
      <p>{runInWords(reading.run, reading.overloaded).map(speech.sentence).join(' ')}</p>
      <MomentWords reading={reading} />
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
        const passed = reading.marks.filter((mark) => mark.at > Math.min(from, at) && mark.at <= Math.max(from, at));
        if (now - last.current.spoken < BREATH && passed.length === 0 && !isOver) return;
        last.current = { at, spoken: now, playing };
        const sentences = isOver
          ? [{ id: 'moment.over', values: {} }, ...runInWords(reading.run, reading.overloaded)]
          : playing && passed.length > 0
            ? passed.slice(-3).map((mark) => markInWords(reading.run, mark))
            : momentInWords(reading.run, player.frame());
        setSaid(sentences.map(speech.sentence).join(' '));
      }),
    [player, reading, speech],
  );
  return (
    <output className="only-read-aloud" aria-live="polite">
      {said}
    </output>
  );
}
