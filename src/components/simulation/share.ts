/** The page's address as the address of a run: read once, kept in step afterwards without filling the history. */
import { scenarioOf, type Address, type Decoded } from '../../core/playback/address.ts';
import type { Frameable } from '../../core/playback/setting.ts';
import { readRun, writeRun } from './packing.ts';

/** What the page's address says of this scenario; null when it says nothing of it. */
export async function addressedRun(scenario: Frameable, anchor: string): Promise<Decoded | null> {
  const text = new URLSearchParams(location.search).get('run');
  if (text === null) return null;
  const about = scenarioOf(text);
  // A link that cannot be read at all is answered by the stage it points at, or by the first one on the page.
  const isMine = about === scenario.id || (about === null && (location.hash === '' || location.hash === `#${anchor}`));
  return isMine ? readRun(text, scenario) : null;
}

/** The whole address of a run, on the page that is open or on another of this site. */
export async function linkTo(address: Address, anchor: string, path = location.pathname): Promise<string> {
  return `${location.origin}${path}?run=${await writeRun(address)}${anchor === '' ? '' : `#${anchor}`}`;
}

/** Least time between two changes of the address, in milliseconds: browsers refuse too many. */
const SELDOM = 500;
let timer: ReturnType<typeof setTimeout> | null = null;
/** How many stages have been taken down: what one of them had begun to show is not shown any more. */
let left = 0;

/** Shows the run in the page's address. */
export function keepAddress(address: Address, anchor: string): void {
  if (timer !== null) clearTimeout(timer);
  const before = left;
  timer = setTimeout(() => {
    timer = null;
    const show = async (): Promise<void> => {
      const link = await linkTo(address, anchor);
      // What was done while the link was being packed will be shown in its turn.
      if (timer === null && left === before) history.replaceState(history.state, '', link);
    };
    void show();
  }, SELDOM);
}

/** A stage that is taken down shows no more in the address. */
export function leaveAddress(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  left += 1;
}

/** Copies a text; false where the browser does not let us. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
