/** The keys of the stage, and the switch that turns the single ones off (they disturb some ways of speaking to a computer). */
import { useSyncExternalStore } from 'react';
import { useStage } from './context.ts';

export interface Shortcuts {
  on: boolean;
  set(on: boolean): void;
}

const KEPT = 'seams:stage-keys';
const listeners = new Set<() => void>();
let chosen: boolean | null = null;

/** One choice for all stages of a page. */
function isOn(): boolean {
  if (chosen !== null) return chosen;
  try {
    return localStorage.getItem(KEPT) !== 'off';
  } catch {
    return true;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useShortcuts(): Shortcuts {
  const on = useSyncExternalStore(subscribe, isOn, () => true);
  return {
    on,
    set: (next) => {
      chosen = next;
      try {
        localStorage.setItem(KEPT, next ? 'on' : 'off');
      } catch {
        // Storage may be forbidden; then the choice holds for this page only.
      }
      for (const listener of listeners) listener();
    },
  };
}

const keys = [
  ['K ␣', 'play'],
  [',', 'back'],
  ['.', 'forward'],
  ['[', 'previousMark'],
  [']', 'nextMark'],
  ['−', 'slower'],
  ['+', 'faster'],
] as const;

export function Help({ shortcuts, id }: { shortcuts: Shortcuts; id: string }) {
  const { speech } = useStage();
  return (
    <details className="keys">
      <summary>{speech.say('keys.title')}</summary>
      <p id={id}>{speech.say('keys.text')}</p>
      <dl>
        {keys.map(([key, name]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{speech.say(`time.${name}`)}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>I</kbd> <kbd>O</kbd> <kbd>L</kbd>
          </dt>
          <dd>{speech.say('keys.loop')}</dd>
        </div>
        <div>
          <dt>
            <kbd>F</kbd>
          </dt>
          <dd>{speech.say('follow.start')}</dd>
        </div>
        <div>
          <dt>
            <kbd>W</kbd>
          </dt>
          <dd>{speech.say('why.ask')}</dd>
        </div>
        <div>
          <dt>
            <kbd>Ctrl</kbd> <kbd>Z</kbd>
          </dt>
          <dd>{speech.say('schedule.undo')}</dd>
        </div>
        <div>
          <dt>
            <kbd>Ctrl</kbd> <kbd>⇧</kbd> <kbd>Z</kbd>
          </dt>
          <dd>{speech.say('schedule.redo')}</dd>
        </div>
        <div>
          <dt>
            <kbd>← ↑ ↓ →</kbd>
          </dt>
          <dd>{speech.say('keys.parts')}</dd>
        </div>
        <div>
          <dt>
            <kbd>Home</kbd> <kbd>End</kbd>
          </dt>
          <dd>{speech.say('keys.ends')}</dd>
        </div>
        <div>
          <dt>
            <kbd>⏎</kbd>
          </dt>
          <dd>{speech.say('keys.menu')}</dd>
        </div>
      </dl>
      <label className="keys-switch">
        <input
          type="checkbox"
          checked={shortcuts.on}
          onChange={(event) => shortcuts.set(event.currentTarget.checked)}
        />{' '}
        {speech.say('keys.on')}
      </label>
    </details>
  );
}
