/** What control parts have asked for by a moment: how many instances are wanted, and how far a release is. Read off marks. */
import type { Mark } from '../../../../simulations/index.ts';

export interface Steering {
  /** How many instances an autoscaler wants; absent until one has asked. */
  wanted?: number;
  /** The last thing that a release did: a word for it, its version, and its step. */
  release?: { what: string; version: string; step: number };
  /** Instances restarted so far. */
  restarts: number;
}

const releases: Record<string, string> = {
  begins: 'going',
  'takes over': 'going',
  done: 'done',
  'rolled back': 'rollingBack',
  back: 'rolledBack',
};

/** Prepares the marks about one part that is steered. */
export function readSteering(part: string, marks: readonly Mark[]): (time: number) => Steering {
  const own = marks.filter(
    ({ part: its, kind, detail, instance }) =>
      its === part &&
      ((kind === 'scale' && instance === undefined) ||
        kind === 'deploy' ||
        (kind === 'health' && detail === 'restarted')),
  );
  return (time) => {
    const steering: Steering = { restarts: 0 };
    for (const { at, kind, detail } of own) {
      if (at > time) break;
      if (kind === 'health') steering.restarts += 1;
      else if (kind === 'scale') {
        const to = Number(detail.split(' to ')[1]);
        if (Number.isFinite(to)) steering.wanted = to;
      } else {
        const [version, ...rest] = detail.split(' ');
        const what = rest.join(' ');
        const step = Number(/^step (\d+)$/.exec(what)?.[1] ?? 1);
        steering.release = {
          what: releases[what] ?? (what.startsWith('step') ? 'step' : 'going'),
          version: version!,
          step,
        };
      }
    }
    return steering;
  };
}
