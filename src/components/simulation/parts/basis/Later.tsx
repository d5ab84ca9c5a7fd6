/**
 * What a part shows within it, fetched only on the pages that need it. Until it is here, and without script for good, its place is
 * taken by a still picture that was drawn while the site was built. React would wait for what comes later by means of scripts in
 * the page, which the policy forbids: so the picture is plain markup, and the drawing takes its place when it has been loaded.
 */
import { useContext, useEffect, useSyncExternalStore, type ComponentType, type ReactNode } from 'react';
import { StageContext } from '../../context.ts';

/** Draws markup that will never come alive; there is none where the page is read. */
type DrawStill = (picture: ReactNode) => string;
let drawStill: DrawStill | null = null;
const all: (() => Promise<unknown>)[] = [];

/** Before a page is drawn while the site is built: fetches whatever comes later, and says how a still picture is made. */
export async function drawStillsWith(draw: DrawStill): Promise<void> {
  await Promise.all(all.map((load) => load()));
  drawStill = draw;
}

/** @param fetch gets the drawing; where that fails, the still picture stays. */
export function later<Props extends object>(
  fetch: () => Promise<{ default: ComponentType<Props> }>,
): ComponentType<Props> {
  let here: ComponentType<Props> | null = null;
  let waiting: Promise<void> | null = null;
  const waiters = new Set<() => void>();
  const ask = async (): Promise<void> => {
    try {
      here = (await fetch()).default;
      for (const tell of waiters) tell();
    } catch {
      // Without a network, perhaps: whoever needs it next asks again.
      waiting = null;
    }
  };
  const load = (): Promise<void> => (waiting ??= ask());
  const subscribe = (tell: () => void): (() => void) => {
    waiters.add(tell);
    return () => waiters.delete(tell);
  };
  all.push(load);

  return function Later(props: Props) {
    const stage = useContext(StageContext);
    const Here = useSyncExternalStore(
      subscribe,
      () => here,
      () => null,
    );
    useEffect(() => void load(), []);
    if (Here !== null) return <Here {...props} />;
    const Still = here;
    const picture =
      drawStill === null || Still === null
        ? ''
        : drawStill(
            <StageContext value={stage}>
              <Still {...props} />
            </StageContext>,
          );
    return <g suppressHydrationWarning dangerouslySetInnerHTML={{ __html: picture }} />;
  };
}
