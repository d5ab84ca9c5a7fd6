/**
 * What the reader does to a run at a moment, for everything on a stage that can do it: break, mend, turn on the way, take
 * back. It keeps the list's history, the future that was left, and whether anything changed; it draws nothing.
 */
import { useCallback, useMemo, useRef, useState, type RefObject } from 'react';
import type { Input, Scenario } from '../../../../simulations/index.ts';
import { withDeed } from '../../../core/playback/deeds.ts';
import { ghostAfter, isStillTurning, type Ghost, type Shown } from '../../../core/playback/fork.ts';
import { amend, begin, redo, step, undo, type History } from '../../../core/playback/history.ts';
import { nothingChanged, type Nothing } from '../../../core/playback/no-effect.ts';
import type { StageSetting } from '../../../core/playback/setting.ts';
import type { Player } from '../player.ts';
import type { Prepared, Reading } from '../prepared.ts';

/** What can be done to a run. The functions stay the same as long as their stage stands. */
export interface Acts {
  /** This moment in the scenario's unit of time, to the tick and never after it: then what is seen changes at once, and nothing before it. */
  now(): number;
  /** Breaks or mends at this moment, or does what else is handed in. */
  add(input: Input): void;
  /** Turns a dial from this moment on; the run waits meanwhile. */
  turn(dial: string, value: number): void;
  /** Puts another list in the place of the one that holds. */
  put(inputs: Input[]): void;
  undo(): void;
  redo(): void;
}

export interface Acting {
  acts: Acts;
  canUndo: boolean;
  canRedo: boolean;
  ghost: Ghost<Reading> | null;
  dismiss(): void;
  /** What was done last and changed nothing. */
  nothing: Nothing | null;
  /** Another setting is asked for: what was done becomes a step that can be taken back. */
  asked(setting: StageSetting): void;
  /** The run of a setting is shown. */
  arrived(setting: StageSetting, reading: Reading): void;
  /** Another run came from outside: there is nothing to compare it with, and nothing to take back. */
  restart(setting: StageSetting): void;
}

export function useActing({
  prepared,
  scenario,
  player,
  latest,
  change,
}: {
  prepared: Pick<Prepared, 'setting' | 'reading'>;
  scenario: Scenario;
  player: Player;
  /** The setting that holds at this very moment. */
  latest: RefObject<{ setting: StageSetting }>;
  /** Asks for the run of another setting. */
  change: RefObject<(setting: StageSetting) => void>;
}): Acting {
  const [history, setHistory] = useState<History<readonly Input[]>>(() => begin(prepared.setting.inputs));
  const [ghost, setGhost] = useState<Ghost<Reading> | null>(null);
  const [nothing, setNothing] = useState<Nothing | null>(null);
  const kept = useRef({ history, ghost, isTurning: false });
  const shown = useRef<Shown<Reading> | null>({ setting: prepared.setting, reading: prepared.reading });

  const keep = useCallback((next: History<readonly Input[]>): void => {
    kept.current.history = next;
    setHistory(next);
  }, []);
  const keepGhost = useCallback((next: Ghost<Reading> | null): void => {
    kept.current.ghost = next;
    setGhost(next);
  }, []);

  const acts = useMemo((): Acts => {
    const put = (inputs: readonly Input[]): void => change.current({ ...latest.current.setting, inputs: [...inputs] });
    const now = (): number => Math.floor(player.clock().at) / player.clock().unit;
    const go = (next: History<readonly Input[]>): void => {
      if (next === kept.current.history) return;
      keep(next);
      put(next.now);
    };
    return {
      now,
      add: (input) => put(withDeed(latest.current.setting.inputs, input)),
      turn: (dial, value) => {
        player.change((clock) => ({ ...clock, playing: false }));
        kept.current.isTurning = true;
        put(withDeed(latest.current.setting.inputs, { at: now(), dial, value }));
        kept.current.isTurning = false;
      },
      put,
      undo: () => go(undo(kept.current.history)),
      redo: () => go(redo(kept.current.history)),
    };
  }, [player, keep, latest, change]);

  const asked = useCallback(
    (next: StageSetting): void => {
      setNothing(null);
      const { history: before, isTurning } = kept.current;
      if (JSON.stringify(before.now) === JSON.stringify(next.inputs)) return;
      const isOne = isTurning && before.past.length > 0 && isStillTurning(before.now, next.inputs);
      keep(isOne ? amend(before, next.inputs) : step(before, next.inputs));
    },
    [keep],
  );

  const arrived = useCallback(
    (now: StageSetting, reading: Reading): void => {
      const before = shown.current;
      shown.current = { setting: now, reading };
      if (before === null) return;
      keepGhost(ghostAfter(kept.current.ghost, before, now));
      const isSame = before.reading.run.digest === reading.run.digest;
      setNothing(isSame ? nothingChanged(scenario, before.setting, now, reading.run) : null);
    },
    [scenario, keepGhost],
  );

  const restart = useCallback(
    (next: StageSetting): void => {
      shown.current = null;
      keep(begin(next.inputs));
      keepGhost(null);
      setNothing(null);
    },
    [keep, keepGhost],
  );

  const dismiss = useCallback((): void => keepGhost(null), [keepGhost]);
  return {
    acts,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    ghost,
    dismiss,
    nothing,
    asked,
    arrived,
    restart,
  };
}
