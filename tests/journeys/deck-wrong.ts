// What a slide must not have, read off it as it is drawn: text that is too small for the back row, that
// leaves its room, or that lies over the heading; and what a hand must drag and cannot.

/** A text on a slide that cannot be read as it should. */
export interface Wrong {
  what: 'small' | 'outside' | 'cut' | 'over the heading' | 'too short to drag';
  text: string;
  /** Height of its letters in pixels, or how far it is out. */
  by: number;
  where: string;
}

/**
 * Runs in the page, so it stands alone.
 * @param least how high letters are at least, in pixels of the screen.
 */
export function wrongOnSlide(least: number): Wrong[] {
  const slide = document.querySelector<HTMLElement>('.slides > section.present')!;
  const wall = document.querySelector('.deck-wall')!.getBoundingClientRect();
  const unseen = 'template, script, style, noscript, .only-read-aloud, .spoken, select, desc, title, [hidden]';
  const wrong: Wrong[] = [];
  const heading = slide.querySelector(':scope > h2');
  const headingRange = document.createRange();
  if (heading !== null) headingRange.selectNodeContents(heading);
  const headingLines = [...headingRange.getClientRects()];
  const walk = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
    const text = node.textContent!.trim();
    const element = node.parentElement!;
    if (text === '' || element.closest(unseen) !== null) continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width < 2) continue;
    let size = Number.parseFloat(getComputedStyle(element).fontSize);
    if (element instanceof SVGGraphicsElement) {
      const matrix = element.getScreenCTM();
      if (matrix !== null) size *= Math.hypot(matrix.a, matrix.b);
    } else {
      for (let outer: Element | null = element; outer !== null && outer !== slide; outer = outer.parentElement) {
        const read = /^matrix\(([^,]+), ([^,]+)/.exec(getComputedStyle(outer).transform);
        if (read !== null) size *= Math.hypot(Number(read[1]), Number(read[2]));
      }
    }
    const where = String(element.getAttribute('class') ?? element.tagName);
    const say = (what: Wrong['what'], by: number): void => {
      wrong.push({ what, text: text.slice(0, 40), by: Math.round(by * 10) / 10, where });
    };
    if (size < least - 0.1) say('small', size);
    const out = Math.max(wall.left - box.left, wall.top - box.top, box.right - wall.right, box.bottom - wall.bottom);
    if (out > 1) say('outside', out);
    if (heading !== null && !heading.contains(element)) {
      const over = Math.max(
        0,
        ...headingLines.map((line) =>
          Math.min(
            Math.min(line.right, box.right) - Math.max(line.left, box.left),
            Math.min(line.bottom, box.bottom) - Math.max(line.top, box.top),
          ),
        ),
      );
      // Line boxes are higher than the letters in them.
      if (over > 4) say('over the heading', over);
    }
    for (let room: Element | null = element; room !== null && room !== slide.parentElement; room = room.parentElement) {
      if (room instanceof SVGElement) continue;
      const { overflowX, overflowY } = getComputedStyle(room);
      const held = room.getBoundingClientRect();
      const over = Math.max(
        overflowY === 'visible' ? 0 : Math.max(box.bottom - held.bottom, held.top - box.top),
        overflowX === 'visible' ? 0 : Math.max(box.right - held.right, held.left - box.left),
      );
      if (over > 2) {
        say('cut', over);
        break;
      }
    }
  }
  for (const slider of slide.querySelectorAll<HTMLInputElement>('input[type="range"]')) {
    if (!slider.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const { width } = slider.getBoundingClientRect();
    const where = String(slider.getAttribute('class') ?? slider.tagName);
    if (width < 120)
      wrong.push({ what: 'too short to drag', text: slider.getAttribute('aria-label') ?? where, by: width, where });
  }
  return wrong;
}
