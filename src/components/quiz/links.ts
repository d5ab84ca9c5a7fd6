/** Where feedback points: links made when the page is built, by question and by option. */

export interface FeedbackLinks {
  /** A paragraph of the lesson: its heading's address and text. */
  heading?: { href: string; text: string };
  /** A run: its address, and what the stage needs to show it in place. */
  run?: { href: string; scenario: string; design?: string; dials?: Record<string, number> };
}

/** By question, then by the key under which its facts point (an option, a distractor); `reread` is the question's own. */
export type QuizLinks = Record<string, Record<string, FeedbackLinks>>;

/** Asks the stage on this page to show a run. False when there is no such stage: then the link is to be followed. */
export function showOnStage({ scenario, design, dials }: NonNullable<FeedbackLinks['run']>): boolean {
  const stage = document.getElementById(`sim-${scenario}`);
  if (stage === null) return false;
  document.dispatchEvent(new CustomEvent('seams:look', { detail: { scenario, design, dials } }));
  stage.scrollIntoView({ block: 'start' });
  return true;
}
