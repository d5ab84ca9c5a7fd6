// Asks the Pagefind index, which knows the language of the page by itself. Knows the dialog and nothing else of the page.

type Place = { url: string; title: string; excerpt: string };
type Found = { url: string; excerpt: string; meta: { title: string }; sub_results: Place[] };
type Index = {
  options: (options: { baseUrl?: string; excerptLength?: number }) => Promise<void>;
  debouncedSearch: (query: string) => Promise<{ results: { data: () => Promise<Found> }[] } | null>;
};

const dialog = document.querySelector<HTMLDialogElement>('dialog.search')!;
const field = dialog.querySelector('input')!;
const state = dialog.querySelector<HTMLElement>('.state')!;
const list = dialog.querySelector<HTMLElement>('.results')!;
const hint = state.textContent;
const base = document.documentElement.dataset.base!;
const mostShown = 12;

let index: Promise<Index> | undefined;
const load = () =>
  (index ??= (async () => {
    const found: Index = await import(/* @vite-ignore */ `${base}pagefind/pagefind.js`);
    await found.options({ baseUrl: base, excerptLength: 24 });
    return found;
  })());

const link = (className: string, { url, title }: Pick<Place, 'url' | 'title'>) => {
  const to = document.createElement('a');
  to.className = className;
  to.href = url;
  to.textContent = title;
  return to;
};
/** An excerpt is text of our own pages with the words found in <mark>; only those marks are kept. */
const passage = (excerpt: string) => {
  const shown = document.createElement('p');
  for (const node of new DOMParser().parseFromString(excerpt, 'text/html').body.childNodes) {
    if (node.nodeName !== 'MARK') shown.append(node.textContent ?? '');
    else shown.append(Object.assign(document.createElement('mark'), { textContent: node.textContent }));
  }
  return shown;
};
const entry = ({ url, meta, excerpt, sub_results: places }: Found) => {
  const item = document.createElement('li');
  item.append(link('page', { url, title: meta.title }));
  const sections = places.filter((place) => place.url !== url && place.title !== meta.title).slice(0, 2);
  if (sections.length === 0) item.append(passage(excerpt));
  for (const section of sections) item.append(link('section', section), passage(section.excerpt));
  return item;
};

const search = async () => {
  const query = field.value.trim();
  if (!query) {
    list.replaceChildren();
    state.textContent = hint;
    return;
  }
  state.textContent = dialog.dataset.working!;
  try {
    const found = await (await load()).debouncedSearch(query);
    if (!found) return; // A later letter has already asked again.
    const pages = await Promise.all(found.results.slice(0, mostShown).map((result) => result.data()));
    if (field.value.trim() !== query) return;
    list.replaceChildren(...pages.map(entry));
    state.textContent = pages.length
      ? dialog.dataset.found!.replace('{count}', String(found.results.length))
      : dialog.dataset.none!.replace('{query}', () => query);
  } catch {
    index = undefined;
    list.replaceChildren();
    state.textContent = dialog.dataset.missing!;
  }
};

const open = () => {
  if (!dialog.open) dialog.showModal();
  field.focus();
  field.select();
  load().catch(() => (index = undefined));
};
document.querySelector('.find')!.addEventListener('click', open);
document.addEventListener('keydown', (event) => {
  if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
    event.preventDefault();
    open();
  }
});
field.addEventListener('input', search);
dialog.querySelector('.close')!.addEventListener('click', () => dialog.close());
dialog.addEventListener('click', (event) => {
  const onLink = event.target instanceof HTMLElement && event.target.closest('a');
  if (onLink || event.target === dialog) dialog.close();
});
