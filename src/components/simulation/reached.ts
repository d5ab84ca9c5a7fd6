/**
 * When an island comes alive: at once when the reader touches it or a link leads to it, else when it is in sight, somebody
 * is there (a move, a scroll, a key) and the browser has nothing better to do. Reading comes first, and what stands there is
 * already a whole picture.
 */
import type { ClientDirective } from 'astro';

declare module 'astro' {
  interface AstroClientDirectives {
    /** Comes alive when touched, or in sight of a reader who stirs, while the browser is idle. */
    'client:reached'?: boolean;
  }
}

const reached: ClientDirective = (load, _options, element) => {
  let isCalled = false;
  const signs = ['pointerdown', 'pointerover', 'focusin', 'keydown'] as const;
  const wake = (): void => {
    if (isCalled) return;
    isCalled = true;
    watcher.disconnect();
    for (const sign of signs) element.removeEventListener(sign, wake);
    load()
      .then((hydrate) => hydrate())
      // Without its script the picture stays as it is, which is what a reader without one sees too.
      .catch(() => undefined);
  };
  const whenIdle = (): void => {
    if ('requestIdleCallback' in window) requestIdleCallback(wake, { timeout: 2000 });
    else setTimeout(wake, 200);
  };
  const whenLoaded = (): void => {
    if (document.readyState === 'complete') whenIdle();
    else addEventListener('load', whenIdle, { once: true });
  };
  const whenStirred = (): void => {
    const stirs = ['pointermove', 'pointerdown', 'wheel', 'scroll', 'keydown'] as const;
    const stirred = (): void => {
      for (const stir of stirs) removeEventListener(stir, stirred);
      whenLoaded();
    };
    for (const stir of stirs) addEventListener(stir, stirred, { passive: true });
    // whoever comes back to the middle of a page has stirred already
    if (scrollY > 0) stirred();
  };
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    whenStirred();
  });
  for (const sign of signs) element.addEventListener(sign, wake, { passive: true });
  if (new URLSearchParams(location.search).has('run')) whenIdle();
  for (const child of element.children) watcher.observe(child);
};

export default reached;
