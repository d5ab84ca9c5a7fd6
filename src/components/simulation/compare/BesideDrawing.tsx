/** The drawing of another design at the same moment: the same clock, another run. */
import { useLayoutEffect, useMemo, useState } from 'react';
import type { Run } from '../../../../simulations/index.ts';
import { readFrames, served, type Frame, type FrameReader } from '../../../core/playback/frame.ts';
import { StageContext, useStage } from '../context.ts';
import { designName } from '../charts/names.ts';
import { Drawing } from '../drawing/Drawing.tsx';
import type { Player } from '../player.ts';
import { knowledgeOf } from '../reading.ts';

/** Another run under the clock of a player: whatever moves that one moves this one. `put` changes the run and not the clock. */
export function playerBeside(player: Player, first: FrameReader): Player {
  let reader = first;
  const listeners = new Set<() => void>();
  let kept: { at: number; frame: Frame } | null = null;
  const frame = (): Frame => {
    const { at } = player.clock();
    if (kept === null || kept.at !== at) kept = { at, frame: reader.at(at) };
    return kept.frame;
  };
  return {
    ...player,
    frame,
    reader: () => reader,
    done: (hop) => served(reader, hop, player.clock().at),
    subscribe: (listener) => {
      listeners.add(listener);
      const leave = player.subscribe(listener);
      return () => {
        listeners.delete(listener);
        leave();
      };
    },
    put: (next) => {
      if (next === reader) return;
      reader = next;
      kept = null;
      for (const listener of listeners) listener();
    },
  };
}

export default function BesideDrawing({ beside, isMoving }: { beside: readonly Run[]; isMoving: boolean }) {
  const shared = useStage();
  const { scenario, speech, player, prefix } = shared;
  const [wanted, setWanted] = useState<string | null>(null);
  const run = beside.find((each) => each.design === wanted) ?? beside[0]!;
  const reading = useMemo(() => ({ run, parts: run.trace!.parts }), [run]);
  const reader = useMemo(() => readFrames(run, knowledgeOf(scenario)), [run, scenario]);
  // One player for all runs that come, so that a turned dial changes what is drawn and does not set up a drawing anew.
  const [its] = useState(() => playerBeside(player, reader));
  useLayoutEffect(() => its.put(reader, 0), [its, reader]);
  const here = useMemo(
    () => ({ ...shared, prefix: `${prefix}-beside`, player: its, followed: null, openMenu: null }),
    [shared, prefix, its],
  );
  const name = designName(speech, run.design);
  return (
    <section className="beside" aria-label={speech.say('compare.drawing', { design: name })}>
      <p className="beside-name">
        {beside.length === 1 ? (
          name
        ) : (
          <select
            aria-label={speech.say('compare.besideWhich')}
            value={run.design}
            onChange={(event) => setWanted(event.currentTarget.value)}
          >
            {beside.map(({ design }) => (
              <option key={design} value={design}>
                {designName(speech, design)}
              </option>
            ))}
          </select>
        )}
      </p>
      <StageContext value={here}>
        <Drawing reading={reading} isMoving={isMoving} />
      </StageContext>
    </section>
  );
}
