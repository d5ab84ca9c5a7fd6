/** An author's sentence for other programs: as HTML with its marks, or plain. It knows no question. */

const marks = /(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)/;

/** Text as it stands in HTML and in XML, between tags and in attributes. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Characters that no XML 1.0 document may hold, in whatever way they are written, and halves of characters. */
// oxlint-disable-next-line no-control-regex -- these are the ones
const outlawed = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
export const lawful = (text: string): string =>
  text.replaceAll(/\p{Surrogate}/gu, '\ufffd').replaceAll(outlawed, '\ufffd');

/** A sentence with its marks as HTML on one line. */
export function html(text: string): string {
  return lawful(text)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .split(marks)
    .map((piece) => {
      if (piece.length > 4 && piece.startsWith('**')) return `<strong>${escaped(piece.slice(2, -2))}</strong>`;
      if (piece.length > 2 && marks.test(piece))
        return piece.startsWith('*')
          ? `<em>${escaped(piece.slice(1, -1))}</em>`
          : `<code>${escaped(piece.slice(1, -1))}</code>`;
      return escaped(piece);
    })
    .join('');
}

/** A sentence without its marks on one line. */
export function plain(text: string): string {
  return lawful(text)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .split(marks)
    .map((piece) => (marks.test(piece) ? piece.replaceAll(/^[*`]+|[*`]+$/g, '') : piece))
    .join('');
}

export const paragraph = (content: string): string => `<p>${content}</p>`;
export const list = (items: readonly string[]): string =>
  items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;

/** The beginning of a sentence, cut at a word, of at most `most` characters. */
export function beginning(text: string, most: number): string {
  const whole = plain(text);
  if ([...whole].length <= most) return whole;
  const cut = [...whole].slice(0, most - 1).join('');
  const word = cut.lastIndexOf(' ');
  return `${cut.slice(0, word > most / 2 ? word : undefined)}…`;
}

const figures = new Intl.NumberFormat('en', { useGrouping: false, maximumSignificantDigits: 12 });

/** A number as other programs read it: no exponent, no noise of binary fractions. */
export const decimal = (value: number): string => figures.format(value);
