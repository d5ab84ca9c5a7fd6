/** Which key does what on the slides. A clicker is a keyboard with few keys: page up and down, and a full stop for a blank screen. */
export type Act =
  | 'next'
  | 'back'
  | 'first'
  | 'last'
  | 'overview'
  | 'jump'
  | 'blank'
  | 'paper'
  | 'pointer'
  | 'pen'
  | 'wipe'
  | 'zoom'
  | 'full'
  | 'desk'
  | 'print'
  | 'undo';

/** Keys that no text needs. They hold whatever has the focus. */
const always: Record<string, Act> = { PageDown: 'next', PageUp: 'back', Escape: 'undo' };
/** Keys that a control may want for itself. */
const moving: Record<string, Act> = { ArrowRight: 'next', ArrowLeft: 'back', Home: 'first', End: 'last', ' ': 'next' };
/** Single letters and signs, which can be turned off. */
const single: Record<string, Act> = {
  n: 'next',
  p: 'back',
  o: 'overview',
  g: 'jump',
  b: 'blank',
  '.': 'blank',
  w: 'paper',
  l: 'pointer',
  d: 'pen',
  e: 'wipe',
  z: 'zoom',
  f: 'full',
  s: 'desk',
};

const own = (keys: Record<string, Act>, key: string): Act | null => (Object.hasOwn(keys, key) ? keys[key]! : null);

/**
 * What a key means on the slides; null where it is left to what has the focus. Within a stage, which has single keys of its own,
 * only those keys count that no control needs.
 * @param withSingle whether single letters count.
 */
export function actionOf(
  event: Pick<KeyboardEvent, 'key' | 'target' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'defaultPrevented'>,
  withSingle: boolean,
): Act | null {
  const { key, target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  const sure = own(always, key);
  if (sure !== null) return sure;
  const element = target instanceof Element ? target : null;
  if (element?.closest('.stage-body, input:not([type="checkbox"]), select, textarea, [contenteditable]')) return null;
  // What the space bar presses keeps it.
  if (key === ' ' && element?.closest('button, a, summary, input')) return null;
  if (key === ' ' && event.shiftKey) return 'back';
  const moved = own(moving, key);
  if (moved !== null) return moved;
  return withSingle ? own(single, key.toLowerCase()) : null;
}
