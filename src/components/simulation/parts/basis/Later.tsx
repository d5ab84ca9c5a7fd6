/**
 * What is fetched later, on the reader's side only: a page that waited for it while it was built would carry scripts to put it in
 * place, which the policy forbids, and the picture would never be whole.
 */
import { Suspense, useSyncExternalStore, type ReactNode } from 'react';

const neverChanges = () => () => undefined;

export function Later({ children }: { children: ReactNode }) {
  // No state set in an effect: React asks for the server's answer while it takes the page over, and for the browser's after.
  const isHere = useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
  return isHere ? <Suspense fallback={null}>{children}</Suspense> : null;
}
