/**
 * A lesson's slides in the browser: turning them, naming them in the address, and keeping all windows of the lesson in step.
 * The same page is the wall and, opened as `?desk`, the teacher's desk.
 */
import Reveal from 'reveal.js';
import 'reveal.js/reveal.css';
import { addressOfPlace, placeIn, slidesMeant, type Place } from '../../core/deck/address.ts';
import type { PlaceState } from '../../core/deck/messages.ts';
import { fitSlide, keepFitting } from './fit.ts';
import { actionOf, type Act } from './keys.ts';
import { lieOver, type Spot, type Tool } from './over.ts';
import { layOut, takeUp } from './paper.ts';
import { tendStages } from './stages.ts';
import { joinWindows, type Windows } from './windows.ts';
import { say } from './words.ts';

const root = document.documentElement;
const wall = document.querySelector<HTMLElement>('.deck-wall')!;
const reveal = wall.querySelector<HTMLElement>('.reveal')!;
const bar = document.querySelector<HTMLElement>('.deck-bar')!;
const blankness = wall.querySelector<HTMLElement>('.deck-blank')!;
const notice = wall.querySelector<HTMLElement>('.deck-notice')!;
const where = bar.querySelector<HTMLOutputElement>('.deck-where')!;
const keysBox = bar.querySelector<HTMLInputElement>('[data-act="keys"]')!;
const jump = document.querySelector<HTMLDialogElement>('.deck-jump')!;
const slides = [...reveal.querySelectorAll<HTMLElement>('.slides > section')];
const isDesk = new URLSearchParams(location.search).has('desk');
const KEYS = 'seams:deck-keys';
/** How long a notice stays, in milliseconds. */
const NOTICE = 8000;
/** After how long a slide that has been turned to stands, in milliseconds. */
const SETTLED = 200;

const named = slides.map((slide) => ({
  id: slide.id,
  steps: slide.querySelectorAll('.fragment').length,
  heading: slide.dataset['heading'] ?? '',
}));
const lesson = document.body.dataset['lesson'] ?? '';
let blank: PlaceState['blank'] = 'no';
/** While the word of another window is followed, this one says nothing. */
let isFollowing = false;

const deck = new Reveal(reveal, {
  width: '100%',
  height: '100%',
  margin: 0,
  minScale: 1,
  maxScale: 1,
  center: false,
  controls: false,
  progress: true,
  hash: false,
  history: false,
  keyboard: false,
  help: false,
  jumpToSlide: false,
  pause: false,
  overview: true,
  touch: true,
  embedded: isDesk,
  transition: 'none',
  backgroundTransition: 'none',
  navigationMode: 'linear',
  viewDistance: 2,
  mobileViewDistance: 1,
  display: 'grid',
  hideInactiveCursor: false,
  postMessage: false,
  postMessageEvents: false,
  scrollActivationWidth: null as unknown as number,
});

function tellNotice(text: string): void {
  notice.textContent = text;
  notice.hidden = false;
  setTimeout(() => {
    if (notice.textContent === text) notice.hidden = true;
  }, NOTICE);
}

const placeNow = (): Place => {
  const { h, f } = deck.getIndices();
  return { slide: h, step: (f ?? -1) + 1 };
};
const goTo = ({ slide, step }: Place): void => deck.slide(slide, 0, step - 1);

/** Puts the address, the bar, the stages and the desk in step with the slide that is shown. */
function arrived(): void {
  const place = placeNow();
  const slide = slides[place.slide]!;
  history.replaceState(history.state, '', `${location.pathname}${location.search}${addressOfPlace(named, place)}`);
  const { steps } = named[place.slide]!;
  where.textContent =
    say('place', { slide: place.slide + 1, all: slides.length }) +
    (steps === 0 ? '' : ` · ${say('step', { step: place.step, all: steps })}`);
  over.under(slide.id);
  fitNear(place.slide);
  // What is laid out only now is measured once more when it stands.
  clearTimeout(settling);
  settling = setTimeout(() => fitNear(placeNow().slide), SETTLED);
  stages.shown(slide);
  desk?.shown(slides, place.slide);
  wall.dataset['kind'] = slide.dataset['kind'] ?? '';
}

let settling: ReturnType<typeof setTimeout> | undefined;
/** The slide that is shown, and the next, which the desk shows small. */
function fitNear(at: number): void {
  if (deck.isOverview()) return;
  for (const slide of slides.slice(at, at + 2)) fitSlide(slide);
}

let windows: Windows | null = null;
function tell(): void {
  if (isFollowing) return;
  const { slide, step } = placeNow();
  windows?.say({ what: 'place', slide: named[slide]!.id, step, blank, zoom: over.zoomed });
}

function setBlank(next: PlaceState['blank']): void {
  blank = next;
  blankness.hidden = next === 'no';
  blankness.dataset['as'] = next;
  press('blank', next !== 'no');
}
function press(action: Act, isPressed: boolean): void {
  bar.querySelector(`[data-act="${action}"]`)?.setAttribute('aria-pressed', String(isPressed));
}
function take(tool: Tool): void {
  const next = over.tool === tool ? 'none' : tool;
  over.take(next);
  press('pointer', next === 'pointer');
  press('pen', next === 'pen');
}
function zoom(at: Spot | null): void {
  over.zoom(at);
  press('zoom', at !== null);
}

const over = lieOver(wall, {
  pointer: (at) => windows?.say({ what: 'pointer', at }),
  ink: (slide, lines) => windows?.say({ what: 'ink', slide, lines }),
});
const stages = tendStages(slides, (state) => windows?.say(state));
let desk: import('./desk.ts').Desk | null = null;
/** Where the pointer was last, for a closer look at what it is on. */
let spotted: Spot = [0.5, 0.5];
wall.addEventListener('pointermove', ({ clientX, clientY }) => {
  const box = wall.getBoundingClientRect();
  spotted = [(clientX - box.left) / box.width, (clientY - box.top) / box.height];
});

/** The other window: the desk opens the wall, the wall opens the desk. */
function openOther(): void {
  const query = isDesk ? '' : '?desk';
  open(
    `${location.pathname}${query}${location.hash}`,
    `seams-${isDesk ? 'wall' : 'desk'}-${lesson}`,
    'popup,width=1280,height=800',
  );
}

function findSlides(): number[] {
  const typed = jump.querySelector('input')!.value;
  const found = slidesMeant(named, typed).slice(0, 6);
  const list = jump.querySelector('.deck-found')!;
  list.replaceChildren(
    ...found.map((at) => {
      const item = document.createElement('li');
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = `${at + 1} · ${named[at]!.heading}`;
      button.addEventListener('click', () => {
        jump.close();
        goTo({ slide: at, step: 0 });
      });
      item.append(button);
      return item;
    }),
  );
  if (found.length === 0 && typed.trim() !== '') list.textContent = say('jumpNone');
  return found;
}
jump.querySelector('input')!.addEventListener('input', findSlides);
jump.querySelector('form')!.addEventListener('submit', () => {
  const [at] = findSlides();
  if (at !== undefined) goTo({ slide: at, step: 0 });
});

const acts: Record<Act, () => void> = {
  next: () => deck.next(),
  back: () => deck.prev(),
  first: () => goTo({ slide: 0, step: 0 }),
  last: () => goTo({ slide: slides.length - 1, step: 0 }),
  overview: () => deck.toggleOverview(),
  jump() {
    jump.querySelector('input')!.value = '';
    findSlides();
    jump.showModal();
  },
  blank() {
    setBlank(blank === 'no' ? 'black' : 'no');
    tell();
  },
  paper() {
    setBlank(blank === 'paper' ? 'no' : 'paper');
    tell();
  },
  pointer: () => take('pointer'),
  pen: () => take('pen'),
  wipe: () => over.wipe(),
  zoom() {
    zoom(over.zoomed === null ? spotted : null);
    tell();
  },
  full() {
    if (document.fullscreenElement !== null) void document.exitFullscreen();
    else void root.requestFullscreen().catch(() => undefined);
  },
  desk: openOther,
  print: () => print(),
  undo() {
    if (deck.isOverview()) deck.toggleOverview(false);
    else if (blank !== 'no') setBlank('no');
    else if (over.zoomed !== null) zoom(null);
    else if (over.tool !== 'none') take(over.tool);
    else return;
    tell();
  },
};

for (const button of bar.querySelectorAll<HTMLButtonElement>('button[data-act]'))
  button.addEventListener('click', () => acts[button.dataset['act'] as Act]());

// Single keys can be turned off: somebody who dictates, or leans on the keyboard, would set them off.
let singleKeys = true;
try {
  singleKeys = localStorage.getItem(KEYS) !== 'off';
} catch {
  // They are on until they are turned off.
}
keysBox.checked = singleKeys;
keysBox.addEventListener('change', () => {
  singleKeys = keysBox.checked;
  tellNotice(say(singleKeys ? 'keysOn' : 'keysOff'));
  try {
    localStorage.setItem(KEYS, singleKeys ? 'on' : 'off');
  } catch {
    // It holds until the window is closed.
  }
});
document.addEventListener('keydown', (event) => {
  if (jump.open) return;
  const act = actionOf(event, singleKeys);
  if (act === null) return;
  event.preventDefault();
  acts[act]();
});

// A sentence that sets the stage goes to the stage's slide first.
document.addEventListener(
  'click',
  (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-look]') : null;
    if (link === null) return;
    const scenario = link.hash.replace(/^#sim-/, '');
    const at = slides.findIndex((slide) => slide.querySelector(`[id="sim-${scenario}"]`) !== null);
    if (at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    goTo({ slide: at, step: 0 });
    const detail: unknown = JSON.parse(link.dataset['look'] ?? '{}');
    const ask = (): boolean => !document.dispatchEvent(new CustomEvent('seams:look', { detail, cancelable: true }));
    if (!ask()) document.addEventListener('seams:stage-awake', () => void ask(), { once: true });
  },
  { capture: true },
);

/** On the desk the wall is one thing among others: its type follows its own size, and not the window's. */
function fitType(): void {
  const { width, height } = wall.getBoundingClientRect();
  root.style.fontSize = `${Math.min(width * 0.019, height * 0.0278)}px`;
}

async function begin(): Promise<void> {
  if (isDesk) {
    root.dataset['view'] = 'desk';
    new ResizeObserver(fitType).observe(wall);
    const { setDesk } = await import('./desk.ts');
    desk = setDesk(document.querySelector<HTMLElement>('.desk')!);
  } else root.dataset['view'] = 'wall';
  await deck.initialize();
  // The library's own style for paper makes a script of the slides; ours makes a page of each.
  root.classList.add('print-pdf');
  // It would keep screen readers from reading the slides as a text.
  reveal.removeAttribute('role');

  const { gone, ...place } = placeIn(named, decodeURIComponent(location.hash));
  goTo(place);
  if (gone !== null) tellNotice(say('gone', { name: gone }));
  deck.on('slidechanged', () => {
    zoom(null);
    arrived();
    tell();
  });
  for (const turn of ['fragmentshown', 'fragmenthidden'])
    deck.on(turn, () => {
      arrived();
      tell();
    });
  addEventListener('hashchange', () => {
    const found = placeIn(named, decodeURIComponent(location.hash));
    if (found.gone !== null) tellNotice(say('gone', { name: found.gone }));
    goTo(found);
  });
  windows = joinWindows(
    lesson,
    (state) => {
      isFollowing = true;
      if (state.what === 'place') {
        const found = placeIn(named, `#${state.slide}/${state.step}`);
        const now = placeNow();
        if (found.slide !== now.slide || found.step !== now.step) goTo(found);
        if (state.blank !== blank) setBlank(state.blank);
        zoom(state.zoom);
      } else if (state.what === 'stage') stages.hear(state);
      else if (state.what === 'pointer') over.point(state.at);
      else over.draw(state.slide, state.lines);
      isFollowing = false;
    },
    () => desk?.bond(true),
    // Where nobody has turned a slide yet, this window's is what holds.
    (holds) => {
      if (!holds('place')) tell();
    },
  );
  desk?.bond(false);
  arrived();
  // Faces that come late are wider or narrower than those that stood in for them.
  document.fonts.addEventListener('loadingdone', () => fitNear(placeNow().slide));
  keepFitting(slides);
  if (new URLSearchParams(location.search).has('notes')) root.dataset['notes'] = '';
  addEventListener('beforeprint', () => layOut(slides, 'notes' in root.dataset));
  addEventListener('afterprint', () => takeUp(slides));
  root.dataset['deckReady'] = '';
}
void begin();

// Once seen, the slides are there without a network. A new version is not offered in the middle of a class.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  const base = root.dataset['base'] ?? '/';
  addEventListener(
    'load',
    () => void navigator.serviceWorker.register(`${base}sw.js`, { scope: base }).catch(() => undefined),
    { once: true },
  );
}
