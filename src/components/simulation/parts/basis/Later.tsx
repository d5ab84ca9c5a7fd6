/**
 * What is fetched later, on the reader's side only: a page that waited for it while it was built would carry scripts to put it in
 * place, which the policy forbids, and the picture would never be whole.
 */
import { Suspense, useEffect, useState, type ReactNode } from 'react';

export function Later({ children }: { children: ReactNode }) {
  const [isHere, setHere] = useState(false);
  useEffect(() => setHere(true), []);
  return isHere ? <Suspense fallback={null}>{children}</Suspense> : null;
}
