/** Where feedback points: links made when the page is built, by question and by option. */

export interface FeedbackLinks {
  /** A paragraph of the lesson: its heading's address and text. */
  heading?: { href: string; text: string };
  /** A run: its address and, where a stage on the page can be set to it, what to ask of that stage. */
  run?: { href: string; look?: Look };
}

interface Look {
  scenario: string;
  design: string;
  dials: Record<string, number>;
}

/** The key under which the stage of a question stands, and the one of the run whose request was followed. No option has such an id. */
export const stagePointer = '#stage';
export const tracePointer = '#trace';

/** By question, then by the key under which its facts point (an option, a distractor); `reread` is the question's own. */
export type QuizLinks = Record<string, Record<string, FeedbackLinks>>;

/**
 * Asks the stage on this page to show a run, and goes there. False when nobody did what was asked, be it that there is no such
 * stage or that it has not come alive yet: then the link is to be followed, which leads to the same run.
 */
export function showOnStage(look: Look): boolean {
  const isLeft = document.dispatchEvent(new CustomEvent('seams:look', { detail: look, cancelable: true }));
  if (isLeft) return false;
  // By the address, so that going back leads to the question again.
  const place = `sim-${look.scenario}`;
  location.hash = place;
  // At once: a smooth scroll is given up when the stage puts its run into the address.
  document.getElementById(place)?.scrollIntoView({ behavior: 'instant' });
  return true;
}
