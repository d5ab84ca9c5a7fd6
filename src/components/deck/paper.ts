/** The slides on paper: all of them, fitted, with the charts of their runs beside the drawings, and on a handout with their notes. */
import { fitSlide } from './fit.ts';

/** The notes and the answer that belong to a slide, as paper shows them; null where there are none. */
function notesOf(slide: HTMLElement): HTMLElement | null {
  const templates = slide.querySelectorAll<HTMLTemplateElement>('template.deck-notes, template.deck-secret');
  if (templates.length === 0) return null;
  const notes = document.createElement('aside');
  notes.className = 'deck-handout';
  for (const template of templates) notes.append(template.content.cloneNode(true));
  return notes;
}

/** Before printing. */
export function layOut(slides: readonly HTMLElement[], withNotes: boolean): void {
  const root = document.documentElement;
  root.dataset['print'] = '';
  for (const slide of slides) {
    // A panel for turning and breaking is of no use on paper; how the run went is.
    if (slide.dataset['kind'] === 'stage') {
      slide.dataset['screen'] = slide.dataset['panel'] ?? '';
      slide.dataset['panel'] = slide.querySelector('.over-time') === null ? 'none' : 'charts';
    }
    fitSlide(slide);
    const notes = withNotes ? notesOf(slide) : null;
    if (notes !== null) slide.after(notes);
  }
}

/** After it. */
export function takeUp(slides: readonly HTMLElement[]): void {
  delete document.documentElement.dataset['print'];
  for (const notes of document.querySelectorAll('.deck-handout')) notes.remove();
  for (const slide of slides) {
    const { screen } = slide.dataset;
    if (screen === undefined) continue;
    slide.dataset['panel'] = screen;
    delete slide.dataset['screen'];
  }
}
