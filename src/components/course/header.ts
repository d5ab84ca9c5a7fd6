// What moves in the header: theme, the language link that keeps the reader's place, and the seam that fills.

const root = document.documentElement;

const toggle = document.querySelector<HTMLButtonElement>('.bar .theme')!;
const label = () => {
  const to = root.dataset.theme === 'dark' ? toggle.dataset.toLight : toggle.dataset.toDark;
  toggle.setAttribute('aria-label', to!);
  toggle.title = to!;
};
toggle.addEventListener('click', () => {
  const theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
  try {
    localStorage.setItem('seams:theme', theme);
  } catch {
    // Private windows may refuse; the choice then lasts for this page.
  }
  dispatchEvent(new CustomEvent('seams:theme', { detail: theme }));
});
new MutationObserver(label).observe(root, { attributeFilter: ['data-theme'] });
label();

/**
 * The id of the heading that the reader is at, so that the other language opens at the same place: the one in the address
 * while it is in sight; else the last above the middle of the window; at the very end of the page, the last in sight.
 */
const headingInSight = () => {
  const headings = [...document.querySelectorAll<HTMLElement>('main :is(h2, h3)[id]')];
  const above = (line: number) => headings.filter((heading) => heading.getBoundingClientRect().top < line).at(-1)?.id;
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const top = named?.getBoundingClientRect().top ?? -1;
  if (named && top >= 0 && top < innerHeight) return named.id;
  const atEnd = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 4;
  return above(atEnd ? innerHeight : innerHeight / 2);
};
for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-keep-place]')) {
  const plain = link.pathname;
  const keep = () => {
    const place = scrollY < 200 ? location.hash.slice(1) : headingInSight();
    link.href = plain + location.search + (place ? `#${place}` : '');
  };
  for (const event of ['pointerdown', 'focus', 'click']) link.addEventListener(event, keep);
}

const read = document.querySelector<HTMLElement>('.seam .read');
const text = document.querySelector('main');
if (read && text) {
  const fill = () => {
    const { top, height } = text.getBoundingClientRect();
    const way = Math.max(1, height - innerHeight);
    read.style.setProperty('--read', Math.min(1, Math.max(0, -top / way)).toFixed(4));
  };
  addEventListener('scroll', fill, { passive: true });
  addEventListener('resize', fill);
  fill();
}
