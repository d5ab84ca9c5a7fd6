/** Which measures designs are compared by, and which of a latency's numbers: its mean or how long so many in a hundred took. It knows names of measures, and no words. */
import type { Run } from '../../../simulations/index.ts';

/** What of a latency can be compared. */
export const STATISTICS = ['mean', 'p50', 'p95', 'p99'] as const;
export type Statistic = (typeof STATISTICS)[number];

const latency = /^([^.@]+)\.(roundTrip|response)\.(?:mean|p50|p90|p95|p99|p999|max)(@.+)?$/;

/** The part and the class whose response time a measure is of, and which number of it; null for any other measure. */
export function latencyNamed(measure: string): { part: string; cls: string | null; statistic: string } | null {
  const [, part, , of] = latency.exec(measure) ?? [];
  if (part === undefined) return null;
  return { part, cls: of?.slice(1) ?? null, statistic: measure.split('@')[0]!.split('.').at(-1)! };
}

/**
 * The measures that a scenario shows, each once; with a statistic, that one stands in place of every response time, and the
 * sources' round trips come first where the scenario shows no response time at all.
 */
export function comparedMeasures(
  shown: readonly string[],
  run: Pick<Run, 'measures'>,
  statistic: Statistic | null,
): string[] {
  if (statistic === null) return [...new Set(shown)];
  const has = (measure: string): boolean => run.measures[measure] !== undefined;
  const chosen = shown.map((measure) => {
    const [, part, what, of = ''] = latency.exec(measure) ?? [];
    const wanted = `${part}.${what}.${statistic}${of}`;
    return part !== undefined && has(wanted) ? wanted : measure;
  });
  const own = Object.keys(run.measures).filter((measure) => measure.endsWith(`.roundTrip.${statistic}`));
  return [...new Set(chosen.some((measure) => latency.test(measure)) ? chosen : [...own, ...chosen])];
}
