/** Where the program of a computer can be looked at, stepped through and changed. What is in it is loaded when it is opened. */
import { lazy, Suspense, useState } from 'react';
import type { StageSetting } from '../../../core/playback/setting.ts';
import { useStage } from '../context.ts';

const Workbench = lazy(() => import('./Workbench.tsx'));

export interface BenchProps {
  setting: StageSetting;
  change(setting: StageSetting): void;
  isReady: boolean;
}

export function WorkbenchRoom(props: BenchProps) {
  const { scenario, speech } = useStage();
  const [isOpen, setOpen] = useState(false);
  if (!Object.values(scenario.parts).some(({ kind }) => kind === 'processor')) return null;
  return (
    <>
      <p className="workbench-door">
        <button
          type="button"
          className="plain"
          aria-expanded={isOpen}
          disabled={!props.isReady}
          onClick={() => setOpen(!isOpen)}
        >
          {speech.say(isOpen ? 'computer.bench.close' : 'computer.bench.open')}
        </button>
      </p>
      {isOpen ? (
        <Suspense fallback={null}>
          <Workbench {...props} />
        </Suspense>
      ) : null}
    </>
  );
}
