// Notes in the record which sections of a lesson were read: those at which the reader stays for a moment. Whoever only opens a
// page, or flies past, has read nothing. The record itself is fetched when there is something to note.

const article = document.querySelector<HTMLElement>('article[data-lesson]');
const headings = [...(article?.querySelectorAll<HTMLElement>('.prose > :is(h2, h3)[id]') ?? [])];
/** So long a reader stays at what they read, in milliseconds. */
const stay = 2500;

/** The headings that begin in the upper part of the window, and the one whose section fills its top; in order. */
const inSight = () => {
  const line = innerHeight * 0.6;
  const above = headings.filter((heading) => heading.getBoundingClientRect().top < line);
  const begun = above.filter((heading) => heading.getBoundingClientRect().top >= 0);
  return begun.length > 0 ? begun : above.slice(-1);
};

const note = async (places: readonly string[]) => {
  const { learnerRecord } = await import('../../storage/index.ts');
  const record = learnerRecord();
  const lesson = article!.dataset.lesson!;
  while (!record.of(lesson).isRead)
    await new Promise<void>((resolve) => {
      const stop = record.subscribe(() => {
        stop();
        resolve();
      });
    });
  for (const place of places) {
    const read = record.of(lesson).entries.flatMap((entry) => (entry.kind === 'reading' ? [entry.place] : []));
    // The last one says where to go on, so it is noted again when the reader comes back to it.
    const isNews = place === places.at(-1) ? read.at(-1) !== place : !read.includes(place);
    if (isNews) await record.append({ kind: 'reading', lesson, place });
  }
};

if (headings.length > 0) {
  let before = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    const places = inSight().map(({ id }) => id);
    const now = places.join(' ');
    if (now === before) return;
    before = now;
    clearTimeout(timer);
    if (places.length > 0)
      timer = setTimeout(() => {
        if (document.visibilityState === 'visible') void note(places);
      }, stay);
  };
  // Only who moves is reading.
  addEventListener('scroll', look, { passive: true });
}
