/** The words that every view of the quiz speaks with: messages of one language, handed in by the page. */
import { IntlMessageFormat } from 'intl-messageformat';
import { createContext, Fragment, useContext, type ReactNode } from 'react';

/** Messages nested by topic; the leaves are ICU messages. */
export type Messages = { [key: string]: string | Messages };
export type Say = (key: string, values?: Record<string, string | number>) => string;

/** Makes the function that says a message, by its key below `quiz` in content/interface. */
export function sayer(messages: Messages, language: string): Say {
  const formats = new Map<string, IntlMessageFormat>();
  return (key, values = {}) => {
    let format = formats.get(key);
    if (format === undefined) {
      const message = key
        .split('.')
        .reduce<Messages | string | undefined>((at, part) => (typeof at === 'object' ? at[part] : undefined), messages);
      if (typeof message !== 'string')
        throw new Error(`content/interface/${language}.yaml has no message quiz.${key}: add it there.`);
      format = new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
      formats.set(key, format);
    }
    return String(format.format(values));
  };
}

interface Speech {
  say: Say;
  language: string;
}

const SpeechContext = createContext<Speech | null>(null);

export function Speaking({ say, language, children }: Speech & { children: ReactNode }): ReactNode {
  return <SpeechContext value={{ say, language }}>{children}</SpeechContext>;
}

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (speech === null) throw new Error('A view of the quiz stands outside of <Speaking>.');
  return speech;
}

const marks = /(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)/;

/** An author's sentence with its marks: *emphasis*, **strong** and `code`. */
export function Prose({ text }: { text: string }): ReactNode {
  return text.split(marks).map((piece, at) => {
    // oxlint-disable-next-line react/no-array-index-key -- the pieces of a text never change places
    if (piece.startsWith('**')) return <strong key={at}>{piece.slice(2, -2)}</strong>;
    // oxlint-disable-next-line react/no-array-index-key -- as above
    if (piece.startsWith('*') && piece.length > 2) return <em key={at}>{piece.slice(1, -1)}</em>;
    // oxlint-disable-next-line react/no-array-index-key -- as above
    if (piece.startsWith('`') && piece.length > 2) return <code key={at}>{piece.slice(1, -1)}</code>;
    // oxlint-disable-next-line react/no-array-index-key -- as above
    return <Fragment key={at}>{piece}</Fragment>;
  });
}

/** The author's sentence without its marks, for labels that are only heard. */
export function plain(text: string): string {
  return text
    .split(marks)
    .map((piece) => (marks.test(piece) ? piece.replaceAll(/^[*`]+|[*`]+$/g, '') : piece))
    .join('');
}
