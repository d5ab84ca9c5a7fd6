/** The teacher's desk: what comes next, the notes, the answer, the time against the plan. It follows the wall and drives nothing. */
import { behind, elapsed, planOf, start, stop, stopped, type ClassPlan, type Watch } from '../../core/deck/timer.ts';
import { say } from './words.ts';

export interface Desk {
  shown(slides: readonly HTMLElement[], at: number): void;
  bond(hasWall: boolean): void;
}

const MINUTE = 60_000;
const SIZE = 'seams:desk-type';

/** A slide as a picture of itself: nothing in it can be reached, nothing in it comes alive. */
function pictureOf(slide: HTMLElement): HTMLElement {
  const copy = slide.cloneNode(true) as HTMLElement;
  for (const island of copy.querySelectorAll('astro-island')) island.replaceWith(...island.childNodes);
  for (const script of copy.querySelectorAll('script, template, .deck-panels')) script.remove();
  for (const named of [copy, ...copy.querySelectorAll('[id]')]) named.removeAttribute('id');
  for (const step of copy.querySelectorAll('.fragment')) step.classList.add('visible');
  for (const answer of copy.querySelectorAll('[data-answer]')) answer.remove();
  copy.removeAttribute('hidden');
  copy.removeAttribute('aria-hidden');
  copy.removeAttribute('style');
  copy.className = 'present';
  const wall = document.createElement('div');
  wall.className = 'deck-wall';
  const slides = document.createElement('div');
  slides.className = 'slides';
  slides.append(copy);
  wall.append(slides);
  return wall;
}

const minutesIn = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  const pad = (part: number): string => String(part).padStart(2, '0');
  return `${Math.floor(seconds / 60)}:${pad(seconds % 60)}`;
};

/** @param root the desk. */
export function setDesk(root: HTMLElement): Desk {
  root.hidden = false;
  const find = <Found extends HTMLElement>(what: string): Found => root.querySelector<Found>(`[data-desk="${what}"]`)!;
  const length = find<HTMLSelectElement>('length');
  const classes = JSON.parse(root.dataset['classes'] ?? '{}') as Record<string, ClassPlan | undefined>;
  const lesson = document.body.dataset['lesson'] ?? '';
  const kept = `seams:desk-watch:${lesson}`;
  let watch: Watch = stopped;
  let slides: readonly HTMLElement[] = [];
  let at = 0;

  // A reload in the middle of a class does not lose the time.
  try {
    const read = JSON.parse(sessionStorage.getItem(kept) ?? 'null') as unknown;
    if (typeof read === 'object' && read !== null && 'counted' in read && 'since' in read) {
      const { counted, since } = read;
      if (typeof counted === 'number' && counted >= 0 && (since === null || typeof since === 'number'))
        watch = { counted, since };
    }
  } catch {
    // What cannot be read is as good as nothing kept.
  }
  const keep = (next: Watch): void => {
    watch = next;
    try {
      sessionStorage.setItem(kept, JSON.stringify(watch));
    } catch {
      // Without a place to keep it the watch still runs.
    }
    tick();
  };

  const planned = (): { section: string; minutes: number | null }[] =>
    slides.map(({ dataset }) => ({
      section: dataset['section'] ?? '',
      minutes: dataset['minutes'] === undefined ? null : Number(dataset['minutes']),
    }));
  function tick(): void {
    const now = Date.now();
    find('clock').textContent = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: 'short' }).format(
      now,
    );
    find('watch').textContent = minutesIn(elapsed(watch, now));
    const button = find('start');
    button.textContent = button.dataset[watch.since === null ? 'start' : 'pause'] ?? '';
    const chosen = length.value === '' ? null : Number(length.value);
    const plan = planOf(planned(), chosen, classes[length.value]);
    const late = Math.round(behind(plan, at, elapsed(watch, now) / MINUTE));
    const own = plan.own[at];
    find('plan').textContent = [
      own === null
        ? say('leftOut', { minutes: chosen ?? 0 })
        : own === undefined || Math.round(own) === 0
          ? ''
          : say('plannedFor', { minutes: Math.round(own) }),
      watch.since === null && watch.counted === 0
        ? ''
        : late === 0
          ? say('onTime')
          : late > 0
            ? say('behind', { minutes: late })
            : say('ahead-of', { minutes: -late }),
    ]
      .filter((text) => text !== '')
      .join(' · ');
    // Where the class leaves out what comes next, the way to what it gives is one press.
    const next = slides[at + 1] === undefined || plan.own[at + 1] !== null ? -1 : plan.own.findIndex(isGiven);
    const onward = find<HTMLAnchorElement>('onward');
    onward.hidden = next < 0;
    if (next < 0) return;
    onward.href = `#${slides[next]!.id}`;
    onward.textContent = say('onward', { heading: slides[next]!.dataset['heading'] ?? '' });
  }
  const isGiven = (minutes: number | null, slide: number): boolean => slide > at && minutes !== null;

  // The picture is laid out as large as the wall is here, and then made smaller as a whole.
  function fit(): void {
    const picture = find('ahead').querySelector<HTMLElement>('.deck-wall');
    const wall = document.querySelector<HTMLElement>('main.deck-wall')!;
    if (picture === null) return;
    const { clientWidth: width, clientHeight: height } = wall;
    picture.style.width = `${width}px`;
    picture.style.height = `${height}px`;
    picture.style.zoom = String(find('ahead').clientWidth / width);
  }
  new ResizeObserver(fit).observe(find('ahead'));

  find('start').addEventListener('click', () =>
    keep(watch.since === null ? start(watch, Date.now()) : stop(watch, Date.now())),
  );
  find('reset').addEventListener('click', () => keep(stopped));
  length.addEventListener('change', tick);
  setInterval(tick, 1000);

  const words = find('notes');
  let size = Number(localStorage.getItem(SIZE)) || 1;
  const type = (by: number): void => {
    size = Math.min(2, Math.max(0.75, size + by));
    root.style.setProperty('--notes-size', String(size));
    try {
      localStorage.setItem(SIZE, String(size));
    } catch {
      // It holds until the window is closed.
    }
  };
  type(0);
  find('smaller').addEventListener('click', () => type(-0.125));
  find('larger').addEventListener('click', () => type(0.125));

  return {
    shown(all, now) {
      if (slides.length === 0) {
        slides = all;
        const minutes = Math.round(planOf(planned(), null).ends);
        length.options[0]!.textContent = say('lengthPlanned', { minutes });
      }
      at = now;
      const slide = all[now]!;
      // The notes of a section belong to all its slides; they stand with the first.
      const template = [...all]
        .filter(({ dataset }) => dataset['section'] === slide.dataset['section'])
        .map((each) => each.querySelector<HTMLTemplateElement>('template.deck-notes'))
        .find((each) => each !== null);
      words.replaceChildren();
      if (template !== undefined && template !== null) words.append(template.content.cloneNode(true));
      else words.textContent = say('notesNone');
      const secret = find('secret');
      const key = slide.querySelector<HTMLTemplateElement>('template.deck-secret');
      secret.replaceChildren();
      secret.hidden = key === null;
      if (key !== null) secret.append(key.content.cloneNode(true));
      const ahead = find('ahead');
      const next = all[now + 1];
      ahead.replaceChildren(next === undefined ? say('aheadNone') : pictureOf(next));
      fit();
      tick();
    },
    bond(hasWall) {
      find('bond').textContent = say(hasWall ? 'together' : 'alone');
      find('bond').dataset['bond'] = String(hasWall);
    },
  };
}
