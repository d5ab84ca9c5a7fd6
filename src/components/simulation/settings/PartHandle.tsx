/** What makes a part of the drawing something one can press: by click, right click, finger or keyboard it opens the part's menu. */
import { useContext } from 'react';
import { useStage } from '../context.ts';
import { RovingContext } from '../drawing/roving.ts';

export function PartHandle({ part, width, height }: { part: string; width: number; height: number }) {
  const { speech, openMenu } = useStage();
  const roving = useContext(RovingContext);
  if (openMenu === null) return null;
  const name = speech.words.parts[part] ?? part;
  return (
    <button
      type="button"
      className="part-handle"
      style={{ width, height }}
      data-part={part}
      tabIndex={roving === null || roving.here === part ? 0 : -1}
      onFocus={() => roving?.go(part)}
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
