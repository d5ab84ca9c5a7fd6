/** Where what stands beside a design comes up: its drawing, and the differences in words. Both are loaded when there is something to compare. */
import { lazy, Suspense } from 'react';
import type { Reading } from '../prepared.ts';
import type { Comparing } from './comparing.ts';

const BesideDrawing = lazy(() => import('./BesideDrawing.tsx'));
const Differences = lazy(() => import('./Differences.tsx'));

export function BesideRoom({ comparing, isMoving }: { comparing: Comparing; isMoving: boolean }) {
  if (comparing.beside.length === 0) return null;
  return (
    <Suspense fallback={<div className="beside" />}>
      <BesideDrawing beside={comparing.beside} isMoving={isMoving} />
    </Suspense>
  );
}

export function DifferencesRoom({ comparing, reading }: { comparing: Comparing; reading: Reading }) {
  if (comparing.beside.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <Differences comparing={comparing} reading={reading} />
    </Suspense>
  );
}
