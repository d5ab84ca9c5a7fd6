/**
 * The stages on the slides: brought alive when their slide is shown, kept the same in every window, and given one panel at a time
 * beside the drawing. A stage and the deck speak by events of the page; neither knows the other's inside.
 */
import type { StageState } from '../../core/deck/messages.ts';
import { say } from './words.ts';

/** What a stage tells the deck: `seams:stage`, also when it is asked to (`seams:stage-ask`); and what the deck tells a stage: `seams:mirror`. */
export type StageTold = Pick<StageState, 'scenario' | 'run' | 'playing' | 'speed'>;

const panels = ['dials', 'board', 'steps', 'faults', 'numbers', 'curve', 'charts', 'none'] as const;
export type Panel = (typeof panels)[number];

/** Where in a stage each panel is. */
const inside: Record<Panel, string> = {
  dials: '.dials',
  board: '.board',
  steps: '.workbench-door',
  faults: '.faults',
  numbers: '.numbers',
  curve: '.over-dial',
  charts: '.over-time',
  none: ':not(*)',
};

export interface Stages {
  /** A slide is shown now, with others near it. */
  shown(slide: HTMLElement): void;
  /** Another window has moved a stage. */
  hear(state: StageState): void;
}

const scenarioOf = (slide: Element): string | null => slide.querySelector('.stage')?.id.replace(/^sim-/, '') ?? null;

/** Whether a drawing is so long and low that dials and the like leave it more room under it than beside it. */
function isLong(stage: Element): boolean {
  const [, , width = 1, height = 1] = (stage.querySelector('.still.is-wide')?.getAttribute('viewBox') ?? '')
    .split(' ')
    .map(Number);
  // In shares of a wall of 16 to 9, with what stands above and below the drawing taken off.
  const scale = (across: number, down: number): number => Math.min((16 * across) / width, (9 * down) / height);
  return scale(0.95, 0.38) > scale(0.6, 0.7);
}

export function tendStages(slides: readonly HTMLElement[], told: (state: StageState) => void): Stages {
  const last = new Map<string, StageTold>();
  const panelOf = new Map<string, Panel>();
  const awake = new Set<string>();
  /** Stages beside which somebody here has chosen a panel. */
  const chosen = new Set<string>();

  /** A program is looked at behind a door, which opens only when the stage is alive. */
  const openDoor = (scenario: string): void => {
    if (panelOf.get(scenario) !== 'steps') return;
    for (const slide of slides)
      if (scenarioOf(slide) === scenario)
        slide.querySelector<HTMLButtonElement>('.workbench-door button[aria-expanded="false"]:enabled')?.click();
  };

  const showPanel = (scenario: string, panel: Panel): void => {
    panelOf.set(scenario, panel);
    for (const slide of slides) {
      if (scenarioOf(slide) !== scenario) continue;
      slide.dataset['panel'] = panel;
      for (const button of slide.querySelectorAll<HTMLButtonElement>('[data-to-panel]'))
        button.setAttribute('aria-pressed', String(button.dataset['toPanel'] === panel));
    }
    openDoor(scenario);
  };

  /** A stage that nobody has acted on has told nothing yet, and a panel goes with what it tells. */
  const ask = (scenario: string): void => {
    document.dispatchEvent(new CustomEvent('seams:stage-ask', { detail: { scenario } }));
  };

  const tell = (scenario: string): void => {
    const state = last.get(scenario);
    const panel = panelOf.get(scenario);
    if (state !== undefined) told({ what: 'stage', ...state, ...(panel && { panel }) });
  };

  for (const slide of slides) {
    const stage = slide.querySelector<HTMLElement>('.stage');
    const scenario = scenarioOf(slide);
    if (stage === null || scenario === null) continue;
    const has = panels.filter((panel) => panel === 'none' || stage.querySelector(inside[panel]) !== null);
    if (isLong(stage)) slide.dataset['long'] = '';
    const bar = document.createElement('div');
    bar.className = 'deck-panels';
    bar.setAttribute('role', 'group');
    bar.setAttribute('aria-label', say('panels'));
    for (const panel of has) {
      const button = document.createElement('button');
      button.type = 'button';
      button.dataset['toPanel'] = panel;
      button.textContent = say(`panel.${panel}`);
      button.addEventListener('click', () => {
        showPanel(scenario, panel);
        chosen.add(scenario);
        if (last.has(scenario)) tell(scenario);
        else ask(scenario);
      });
      bar.append(button);
    }
    stage.before(bar);
    showPanel(scenario, has[0]!);
  }

  document.addEventListener('seams:stage', (event) => {
    const state = (event as CustomEvent<StageTold>).detail;
    last.set(state.scenario, state);
    tell(state.scenario);
    openDoor(state.scenario);
  });
  // A stage that has just come alive begins where the others are.
  document.addEventListener('seams:stage-awake', (event) => {
    const { scenario } = (event as CustomEvent<{ scenario: string }>).detail;
    awake.add(scenario);
    const state = last.get(scenario);
    if (state !== undefined) document.dispatchEvent(new CustomEvent('seams:mirror', { detail: state }));
    else if (chosen.has(scenario)) ask(scenario);
  });

  const wake = (slide: HTMLElement): void => {
    const scenario = scenarioOf(slide);
    if (scenario === null || awake.has(scenario)) return;
    slide.querySelector('.stage astro-island')?.dispatchEvent(new Event('pointerover'));
  };
  return {
    shown(slide) {
      wake(slide);
      // The next stage is ready before its slide comes.
      const ahead = slides.slice(slides.indexOf(slide) + 1).find((each) => scenarioOf(each) !== null);
      if (ahead !== undefined) setTimeout(() => wake(ahead), 400);
    },
    hear({ scenario, run, playing, speed, panel }) {
      const state = { scenario, run, playing, speed };
      last.set(scenario, state);
      const known = panels.find((each) => each === panel);
      if (known !== undefined) showPanel(scenario, known);
      document.dispatchEvent(new CustomEvent('seams:mirror', { detail: state }));
    },
  };
}
