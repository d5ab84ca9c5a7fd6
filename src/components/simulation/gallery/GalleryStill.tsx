/** The first frame of a simulation as a small drawing: shapes and requests, no controls. Drawn while the site is built. */
import { makePlayer } from '../player.ts';
import { StageContext, type StageShared } from '../context.ts';
import { Still } from '../drawing/Still.tsx';
import type { Prepared } from '../prepared.ts';
import { makeSpeech } from '../speech.ts';

export default function GalleryStill({ prepared }: { prepared: Prepared }) {
  const { language, scenario, connections, words, messages, reading, frame, done } = prepared;
  const clock = {
    at: frame.at,
    end: reading.run.endedAt,
    playing: false,
    speed: 1,
    unit: scenario.time.ticks,
    window: reading.window,
  };
  const shared = {
    prefix: `still-${scenario.id}`,
    scenario,
    connections,
    speech: makeSpeech(language, messages, words, scenario.time.unit),
    player: makePlayer({ clock, frame, done: new Map(done) }),
    followed: null,
    follow: () => undefined,
    lit: null,
    openMenu: null,
  } satisfies Partial<StageShared> as unknown as StageShared;
  const surges = scenario.faults.filter((fault) => fault.action === 'surge').map((fault) => fault.id);
  return (
    <StageContext value={shared}>
      <Still orientation="wide" frame={frame} parts={reading.parts} surges={surges} label={words.title} />
    </StageContext>
  );
}
