/**
 * HTML of tags that stand in the middle of a sentence. Written as text and not as a template, because there a line break
 * between two elements would become a space in the sentence: "a client , then".
 */

/** HTML that is already safe. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Piece = string | number | Html | false;

/** A template of HTML: what is put in is escaped, unless it is HTML itself; `false` puts in nothing. */
export function html(parts: TemplateStringsArray, ...pieces: Piece[]): Html {
  return new Html(parts.reduce((text, part, at) => text + shown(pieces[at - 1] ?? false) + part));
}

function shown(piece: Piece): string {
  if (piece === false) return '';
  if (piece instanceof Html) return piece.text;
  return String(piece)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
