/** The followed request with all that was called for it, found once for each request: a run has many hops. */
import { useMemo } from 'react';
import type { Run } from '../../../../simulations/index.ts';
import { familyOf } from '../../../core/playback/family.ts';
import RequestTree from './RequestTree.tsx';

export default function FollowedTree({ run, request }: { run: Run; request: number }) {
  const family = useMemo(() => familyOf(run, request), [run, request]);
  return family === null ? null : <RequestTree family={family} end={run.endedAt} />;
}
