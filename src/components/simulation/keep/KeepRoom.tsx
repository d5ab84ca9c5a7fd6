/** The button that opens the panel for keeping and sharing, and the place where it comes up. The panel is loaded when asked for. */
import { useState, type ComponentType } from 'react';
import type { Address, Decoded } from '../../../core/playback/address.ts';
import { useStage } from '../context.ts';
import type { Prepared, Reading } from '../prepared.ts';

export interface KeepProps {
  reading: Reading;
  addresses: Prepared['addresses'];
  /** The run as it is seen now, as an address. */
  here(): Address;
  /** Shows a run that was kept in a file, or says what is wrong with it. */
  open(decoded: Decoded): void;
}

export function KeepRoom({ isReady, ...props }: KeepProps & { isReady: boolean }) {
  const { speech, prefix } = useStage();
  const [Keep, setKeep] = useState<ComponentType<KeepProps> | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [isMissing, setMissing] = useState(false);
  const toggle = async (): Promise<void> => {
    setOpen(!isOpen);
    if (Keep !== null) return;
    try {
      const loaded = await import('./Keep.tsx');
      setKeep(() => loaded.Keep);
      setMissing(false);
    } catch {
      setMissing(true);
    }
  };
  const id = `${prefix}-keep`;
  return (
    <>
      <button
        type="button"
        className="plain"
        aria-expanded={isOpen}
        aria-controls={id}
        disabled={!isReady}
        onClick={() => void toggle()}
      >
        {speech.say('keep.open')}
      </button>
      <div id={id} className="keep-room" hidden={!isOpen}>
        {isOpen && Keep !== null ? <Keep {...props} /> : null}
        {isOpen && isMissing ? <p className="hint">{speech.say('keep.missing')}</p> : null}
      </div>
    </>
  );
}
