/** The drawing: a still picture first, the living one in its place as soon as it has been loaded. */
import { memo, useCallback, useEffect, useMemo, useState, type ComponentType } from 'react';
import { useMoment, useStage } from '../context.ts';
import type { Frame } from '../../../core/playback/frame.ts';
import { momentInWords } from '../../../core/playback/sentences.ts';
import type { Reading } from '../prepared.ts';
import { usePrinting } from './printing.ts';
import { aroundOf } from './around.ts';
import { layoutOf } from './layout.ts';
import { drawnOneIn } from './requests.ts';
import { Still } from './Still.tsx';

interface LivingDrawing {
  parts: string[];
  surges: string[];
  slots: string;
  design: string;
  isMoving: boolean;
  onReady(): void;
}

interface DrawingProps {
  reading: Pick<Reading, 'run' | 'parts'>;
  isMoving: boolean;
  /** Its parts can be pressed now. */
  onLiving?: () => void;
}

export const Drawing = memo(function Drawing({ reading, isMoving, onLiving }: DrawingProps) {
  const shared = useStage();
  const { scenario, speech, player } = shared;
  const [Living, setLiving] = useState<ComponentType<LivingDrawing> | null>(null);
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    let gone = false;
    const load = async (): Promise<void> => {
      const { Flow } = await import('./Flow.tsx');
      if (!gone) setLiving(() => Flow);
    };
    // Without it the still picture stays; everything else on the stage works.
    load().catch(() => undefined);
    return () => {
      gone = true;
    };
  }, []);
  const ready = useCallback(() => {
    setReady(true);
    onLiving?.();
  }, [onLiving]);
  const surges = useMemo(
    () => scenario.faults.filter((fault) => fault.action === 'surge').map((fault) => fault.id),
    [scenario],
  );
  const slots = useMoment(() =>
    Object.entries(player.frame().parts)
      .map(([id, part]) => `${id}:${part.slots.map((slot) => slot.instance).join()}`)
      .join(' '),
  );
  const design = useMoment(() => player.frame().design);
  const oneIn = useMoment(() => drawnOneIn(player.frame().travelling.length));
  const rooms = useMemo(() => {
    const frame = player.frame();
    const { connections } = aroundOf(shared, design, surges);
    const room = (orientation: 'wide' | 'tall') => {
      const { width, height } = layoutOf(scenario, frame.parts, orientation, connections);
      return { viewBox: `0 0 ${width} ${height}`, width, height };
    };
    return { wide: room('wide'), tall: room('tall') };
    // eslint-disable-next-line react/exhaustive-deps
  }, [scenario, design, slots, surges]);
  // Every run brings the same list anew; whoever draws from it must not take it for another.
  const known = reading.parts.join(' ');
  const parts = useMemo(
    () => reading.parts,
    // eslint-disable-next-line react/exhaustive-deps
    [known],
  );
  const [first] = useState<Frame>(() => player.frame());
  const isPrinting = usePrinting();
  const frame = isPrinting ? player.frame() : first;
  const label = (): string => momentInWords(reading.run, frame).map(speech.sentence).join(' ');
  return (
    <div className="stage-drawing" data-drawing={isReady ? 'living' : 'still'}>
      {/* Keeps as much room on the page as the drawing needs, before and after it comes alive. */}
      <svg className="drawing-room is-wide" {...rooms.wide} aria-hidden="true" />
      <svg className="drawing-room is-tall" {...rooms.tall} aria-hidden="true" />
      {isReady && !isPrinting ? null : (
        <>
          <Still orientation="wide" frame={frame} parts={parts} surges={surges} label={label()} />
          <Still orientation="tall" frame={frame} parts={parts} surges={surges} label={label()} />
        </>
      )}
      {Living === null ? null : (
        <Living parts={parts} surges={surges} slots={slots} design={design} isMoving={isMoving} onReady={ready} />
      )}
      {oneIn === 1 ? null : <p className="drawing-sample">{speech.say('drawing.sample', { count: oneIn })}</p>}
    </div>
  );
});
