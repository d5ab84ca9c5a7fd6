/** The drawing of another design at the same moment: the same clock, another run. */
import { useMemo, useState } from 'react';
import type { Run } from '../../../../simulations/index.ts';
import { readFrames, served, type Frame, type FrameReader } from '../../../core/playback/frame.ts';
import { StageContext, useStage } from '../context.ts';
import { designName } from '../charts/names.ts';
import { Drawing } from '../drawing/Drawing.tsx';
import type { Player } from '../player.ts';
import { readingOf, knowledgeOf } from '../reading.ts';

/** Another run under the clock of a player: whatever moves that one moves this one. */
export function playerBeside(player: Player, reader: FrameReader): Player {
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
  };
}

export default function BesideDrawing({ beside, isMoving }: { beside: readonly Run[]; isMoving: boolean }) {
  const shared = useStage();
  const { scenario, speech, player, prefix } = shared;
  const [wanted, setWanted] = useState<string | null>(null);
  const run = beside.find((each) => each.design === wanted) ?? beside[0]!;
  const reading = useMemo(() => readingOf(run, { show: undefined }, {}, 1), [run]);
  const here = useMemo(() => {
    // Customers have the same numbers in every design: whoever is followed is followed here, too.
    const reader = readFrames(run, knowledgeOf(scenario));
    return {
      ...shared,
      prefix: `${prefix}-beside`,
      player: playerBeside(player, reader),
      followed: null,
      openMenu: null,
    };
  }, [run, scenario, shared, prefix, player]);
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
