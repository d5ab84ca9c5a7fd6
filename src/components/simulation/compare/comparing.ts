/**
 * The designs that stand beside the one on the stage: their runs, and how sure their differences are. It asks for pairs of
 * runs once the reader has been quiet for a while; it draws nothing.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { PairedDifference, Run, Scenario } from '../../../../simulations/index.ts';
import { comparedMeasures, type Statistic } from '../../../core/playback/compared-measures.ts';
import type { StageSetting } from '../../../core/playback/setting.ts';
import type { CompareQuestion } from '../../../worker/client.ts';

/** How many pairs of runs are made, and how many when the reader wants to be surer. */
export const PAIRS = 10;
export const MORE_PAIRS = 50;
/** How long a setting has to stand before pairs are made, in milliseconds. */
const QUIET = 600;
/** No more measures are compared: so many are on the page. */
const MOST_MEASURES = 20;

/** How far comparing is, and what came of it: one set of differences for each design beside. */
export interface Pairs {
  done: number;
  of: number;
  differences: Record<string, PairedDifference>[] | null;
}

export interface Comparing {
  /** Runs of the designs beside, in the order in which they were chosen. */
  beside: readonly Run[];
  pairs: Pairs | null;
  /** A run is shown, with these beside it. */
  arrived(setting: StageSetting, beside: readonly Run[]): void;
  heard(done: number, differences: Record<string, PairedDifference>[] | null): void;
  /** The setting is another: what was compared is no longer so. */
  asked(): void;
  failed(): void;
  /** Makes more pairs, to be surer. */
  more(): void;
  /** Which number of each response time is compared; null for those that the scenario shows. */
  statistic: Statistic | null;
  choose(statistic: Statistic | null): void;
}

const NONE: readonly Run[] = [];

/** @param ask the same function as long as its stage stands. */
export function useComparing(scenario: Scenario, ask: (question: CompareQuestion) => void): Comparing {
  const [beside, setBeside] = useState<readonly Run[]>(NONE);
  const [pairs, setPairs] = useState<Pairs | null>(null);
  const [statistic, setStatistic] = useState<Statistic | null>(null);
  const chosen = useRef(statistic);
  const quiet = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef<{ setting: StageSetting | null; run: Run | null }>({ setting: null, run: null });
  useEffect(() => () => clearTimeout(quiet.current), []);

  const make = useCallback(
    (of: number): void => {
      const { setting, run } = latest.current;
      if (setting === null || run === null) return;
      const shown = scenario.show?.measures ?? Object.keys(run.measures);
      const measures = comparedMeasures(shown, run, chosen.current).slice(0, MOST_MEASURES);
      setPairs({ done: 0, of, differences: null });
      ask({ setting, measures, pairs: of });
    },
    [scenario, ask],
  );

  return useMemo(
    () => ({
      beside,
      pairs,
      arrived: (setting, runs) => {
        clearTimeout(quiet.current);
        latest.current = { setting, run: runs[0] ?? null };
        setBeside(runs.length === 0 ? NONE : runs);
        setPairs(runs.length === 0 ? null : { done: 0, of: PAIRS, differences: null });
        if (runs.length > 0) quiet.current = setTimeout(() => make(PAIRS), QUIET);
      },
      heard: (done, differences) => setPairs((now) => (now === null ? null : { ...now, done, differences })),
      asked: () => {
        clearTimeout(quiet.current);
        setPairs(null);
      },
      failed: () => {
        clearTimeout(quiet.current);
        setPairs(null);
      },
      more: () => make(MORE_PAIRS),
      statistic,
      choose: (next) => {
        clearTimeout(quiet.current);
        chosen.current = next;
        setStatistic(next);
        make(pairs?.of ?? PAIRS);
      },
    }),
    [beside, pairs, make, statistic],
  );
}
