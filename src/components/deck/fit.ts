/**
 * Makes what a slide says fit the wall: type becomes smaller in steps until all of it is there, and letters within a picture larger
 * until they can be read. Nothing goes under the least size of a wall. It knows no lesson.
 */

/** The least text of a wall as a share of the page's own size; the styles say the same. */
const LEAST = 0.82;
/** How far type can go down, in steps that the styles know as `data-fit`. */
const STEPS = ['0', '1', '2', '3'] as const;

/** @param slide one that is laid out now, seen or not. */
export function fitSlide(slide: HTMLElement): void {
  const content = slide.querySelector<HTMLElement>('.deck-content');
  // What is not laid out has no size, and would seem to fit.
  if (content === null || slide.dataset['kind'] === 'stage' || content.clientHeight === 0) return;
  const least = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) * LEAST;
  const letters = (): void => {
    for (const picture of content.querySelectorAll<SVGSVGElement>('svg')) {
      const matrix = picture.getScreenCTM();
      // Screen pixels count what the library scales in an overview, too; a slide in sight is not scaled.
      const scale = matrix === null ? 0 : Math.hypot(matrix.a, matrix.b);
      if (scale > 0) picture.style.setProperty('--letters', `${(least / scale).toFixed(2)}px`);
    }
  };
  for (const step of STEPS) {
    slide.dataset['fit'] = step;
    letters();
    if (content.scrollHeight <= content.clientHeight + 1 && content.scrollWidth <= content.clientWidth + 1) return;
  }
}

/** Fits each slide as soon as it is laid out, and whenever its room changes, or that of a picture in it. */
export function keepFitting(slides: readonly HTMLElement[]): void {
  const observer = new ResizeObserver((changed) => {
    for (const { target } of changed) {
      const slide = target.closest<HTMLElement>('.slides > section');
      // In an overview slides are scaled; they keep what they had.
      if (slide === null || slide.closest('.overview') !== null) continue;
      fitSlide(slide);
      // Pictures come later than their slide, and may become smaller when words around them do not.
      if (slide.dataset['kind'] !== 'stage')
        for (const picture of slide.querySelectorAll('.deck-content svg')) observer.observe(picture);
    }
  });
  for (const slide of slides) {
    const content = slide.querySelector('.deck-content');
    if (content !== null) observer.observe(content);
  }
}
