/** Where the menu of a part comes up: it holds which part's, and from which button it was opened. The menu is loaded when asked for. */
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import type { StageSetting } from '../../../core/playback/setting.ts';

const PartMenu = lazy(() => import('./PartMenu.tsx'));

interface Opened {
  part: string;
  from: HTMLElement;
}

export interface MenuPlace {
  opened: Opened | null;
  open(part: string, from: HTMLElement): void;
  close(): void;
}

/** Which part's menu is open on one stage. */
export function useMenu(): MenuPlace {
  const [opened, setOpened] = useState<Opened | null>(null);
  const open = useCallback((part: string, from: HTMLElement): void => setOpened({ part, from }), []);
  const close = useCallback((): void => setOpened(null), []);
  return useMemo(() => ({ opened, open, close }), [opened, open, close]);
}

export function MenuRoom({ menu, setting, isReady }: { menu: MenuPlace; setting: StageSetting; isReady: boolean }) {
  if (menu.opened === null) return null;
  return (
    <Suspense fallback={null}>
      <PartMenu key={menu.opened.part} {...menu.opened} close={menu.close} setting={setting} isReady={isReady} />
    </Suspense>
  );
}
