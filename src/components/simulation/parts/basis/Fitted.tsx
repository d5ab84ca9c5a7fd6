/** Words that keep to their room: they are cut short before they would touch what stands beside them. */
import { useContext } from 'react';
import { LettersContext } from '../../drawing/letters.ts';

const narrow = new Set("iljtfrI.,:;'|()! ");
const wide = new Set('mwMW%');

/** About how wide words are, in the drawing's units; letters of Korean are nearly as wide as they are high. */
export function widthOf(words: string, size: number): number {
  let width = 0;
  for (const letter of words) {
    if (letter.charCodeAt(0) > 0x1100) width += 0.93;
    else if (narrow.has(letter)) width += 0.3;
    else if (wide.has(letter)) width += 0.84;
    else width += letter >= 'A' && letter <= 'Z' ? 0.62 : 0.52;
  }
  return width * size;
}

/** The words as they fit. */
export function fitted(words: string, room: number, size: number): string {
  if (widthOf(words, size) <= room) return words;
  let text = words;
  while (text.length > 1 && widthOf(`${text}…`, size) > room) text = text.slice(0, -1);
  return `${text.trimEnd()}…`;
}

export function Fitted({
  children,
  room,
  size = 13,
  ...place
}: {
  children: string;
  room: number;
  size?: number;
  className: string;
  x: number;
  y: number;
}) {
  const letters = useContext(LettersContext);
  return <text {...place}>{fitted(children, room, Math.max(size, letters))}</text>;
}
