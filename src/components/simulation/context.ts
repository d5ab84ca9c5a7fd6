/** What every piece of one stage shares: its words, its scenario, its player, and whom it follows. */
import { createContext, useContext, useRef, useSyncExternalStore } from 'react';
import type { Scenario } from '../../../simulations/index.ts';
import type { Clock } from '../../core/playback/clock.ts';
import type { Player } from './player.ts';
import type { Speech } from './speech.ts';

export interface StageShared {
  /** Begins every id on this stage, so that two stages on a page do not share one. */
  prefix: string;
  scenario: Scenario;
  speech: Speech;
  player: Player;
  /** The number of the followed request, or null. */
  followed: number | null;
  follow(request: number | null): void;
  /** The part a sentence of the lesson points at. */
  lit: string | null;
}

export const StageContext = createContext<StageShared | null>(null);

export function useStage(): StageShared {
  const shared = useContext(StageContext);
  if (shared === null) throw new Error('A piece of a stage stands outside of one.');
  return shared;
}

/** The clock, for pieces that change with every picture. */
export function useClock(): Clock {
  const { player } = useStage();
  return useSyncExternalStore(player.subscribe, player.clock, player.clock);
}

/** Something read off the moment; the piece is drawn again only when it has become another. */
export function useMoment<Value>(read: () => Value): Value {
  const { player } = useStage();
  const kept = useRef<{ key: string; value: Value } | null>(null);
  const snapshot = (): Value => {
    const value = read();
    const key = JSON.stringify(value);
    if (kept.current === null || kept.current.key !== key) kept.current = { key, value };
    return kept.current.value;
  };
  return useSyncExternalStore(player.subscribe, snapshot, snapshot);
}
