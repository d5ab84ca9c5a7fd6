/** What every piece of one stage shares: its words, its scenario, its player, and whom it follows. */
import { createContext, useContext, useRef, useSyncExternalStore } from 'react';
import type { Connections, Scenario } from '../../../simulations/index.ts';
import type { Clock } from '../../core/playback/clock.ts';
import type { Subject } from '../../core/playback/subject.ts';
import type { Player } from './player.ts';
import type { Acts } from './settings/acting.ts';
import type { Speech } from './speech.ts';

export interface StageShared {
  /** Begins every id on this stage, so that two stages on a page do not share one. */
  prefix: string;
  scenario: Scenario;
  /** Who calls and who steers whom, in each design. */
  connections: Record<string, Connections>;
  speech: Speech;
  player: Player;
  /** The number of the followed request, or null. */
  followed: number | null;
  follow(request: number | null): void;
  /** The part a sentence of the lesson points at. */
  lit: string | null;
  /** Opens the panel that says why, about a part, a request, a mark or a moment (in ticks). */
  openWhy(subject: Subject): void;
  /** What can be done to the run at this moment. */
  acts: Acts;
  /** Opens the menu of a part under the element that was pressed; null where a drawing is only looked at. */
  openMenu: ((part: string, from: HTMLElement) => void) | null;
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
