/** What makes a part of the drawing something one can press: by click, right click, finger or keyboard it opens the part's menu. */
import { useStage } from '../context.ts';

export function PartHandle({ part, width, height }: { part: string; width: number; height: number }) {
  const { speech, openMenu } = useStage();
  if (openMenu === null) return null;
  const name = speech.words.parts[part] ?? part;
  return (
    <button
      type="button"
      className="part-handle"
      style={{ width, height }}
      aria-haspopup="dialog"
      aria-label={speech.say('menu.open', { part: name })}
      onClick={(event) => {
        // A click that picked a request out of the part was meant for that one.
        if (event.detail > 0 && event.currentTarget.dataset['picked'] === 'true') {
          delete event.currentTarget.dataset['picked'];
          return;
        }
        openMenu(part, event.currentTarget);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        openMenu(part, event.currentTarget);
      }}
    />
  );
}
