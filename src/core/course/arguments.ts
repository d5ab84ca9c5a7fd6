/**
 * Simulations of people argue; they prove nothing about people. What their cards say for that reason, besides what every
 * card says, and where on a page it stands. It knows no simulation.
 */
import type { Language } from '../../../languages.ts';

/** The family of scenarios whose runs are arguments. */
export const arguing = 'changing';

/** Headings of the two sections that a card of this family has besides, and the word by which an assumption says that it is our own. */
export const argumentSections: Record<Language, { assumes: string; turns: string; ours: string }> = {
  en: {
    assumes: 'What it assumes, and where that comes from',
    turns: 'What turns it round',
    ours: 'ours',
  },
  ko: {
    assumes: '무엇을 가정했고, 어디서 왔는지',
    turns: '결과가 뒤집히는 설정',
    ours: '우리',
  },
};

/** The anchor that Markdown gives a heading. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .replace(/\s/g, '-');

/** What is wrong with a card of this family, as sentences. */
export function cardFaults(card: string, language: Language): string[] {
  const { assumes, turns, ours } = argumentSections[language];
  const found: string[] = [];
  /** The points of a section, each with the lines that belong to it; null when there is no such section. */
  const pointsOf = (heading: string): string[] | null => {
    const lines = card.split('\n');
    const from = lines.indexOf(`## ${heading}`);
    if (from < 0) {
      found.push(`there is no section "## ${heading}"`);
      return null;
    }
    const rest = lines.slice(from + 1);
    const to = rest.findIndex((line) => /^#{1,2} /.test(line));
    const points: string[] = [];
    for (const line of to < 0 ? rest : rest.slice(0, to))
      if (/^- /.test(line)) points.push(line);
      else if (points.length > 0 && line.trim() !== '') points[points.length - 1] += ` ${line.trim()}`;
    if (points.length === 0) found.push(`the section "${heading}" has no points`);
    return points;
  };
  for (const point of pointsOf(assumes) ?? [])
    if (!/\b(1[89]|20)\d\d/.test(point) && !point.toLowerCase().includes(ours))
      found.push(`neither a work with its year nor "${ours}" in the assumption "${point.slice(2, 60)}"`);
  pointsOf(turns);
  return found;
}
