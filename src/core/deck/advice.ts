/** What an author should know of a lesson's slides: what is missing, and what is too long to be read from the back row. It knows no page. */
import { plain, type Section } from './cut.ts';

/** About as many letters as a slide of words can show; a letter of Korean takes the room of two. */
export const MOST_ON_A_SLIDE = 420;

/** Sections that are shown and not spoken about: the opening, the recap, the quiz, which speaks for itself. */
const silent = new Set(['start', 'quiz', 'recap']);

/** The room that a text takes, in Latin letters. */
export function roomOf(html: string): number {
  let room = 0;
  for (const letter of plain(html)) room += letter >= '\u1100' ? 2 : 1;
  return room;
}

/** One line of advice for each thing, with the file and the heading that it is about. */
export function adviceOn(file: string, sections: readonly Section[]): string[] {
  return sections.flatMap((section) => {
    const where = `${file}, "${section.text}"`;
    const said = section.slides.filter(({ kind }) => kind === 'words');
    const advice = said
      .filter(({ html }) => roomOf(html) > MOST_ON_A_SLIDE)
      .map(
        ({ html }) =>
          `${where}: ${section.hasWords ? 'the text of its <Slide> is' : 'its first paragraph, which is its slide, is'} ${roomOf(html)} letters long; more than ${MOST_ON_A_SLIDE} cannot be read from the back row.`,
      );
    if (silent.has(section.id)) return advice;
    if (!section.hasWords && said.length > 0)
      advice.push(`${where}: no <Slide>: the slide shows the section's first paragraph.`);
    if (section.notes === '') advice.push(`${where}: no <Notes>: the teacher finds none beside this slide.`);
    return advice;
  });
}
