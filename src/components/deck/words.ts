/** The deck's words in the page's language: the page carries them, so that no script loads a language. */
import { IntlMessageFormat } from 'intl-messageformat';

type Messages = { [key: string]: string | Messages };
const messages = JSON.parse(document.body.dataset['words'] ?? '{}') as Messages;

/** One message, filled in: say('place', { slide: 2, all: 30 }). */
export function say(key: string, values: Record<string, string | number> = {}): string {
  const found = key
    .split('.')
    .reduce<Messages | string | undefined>((at, part) => (typeof at === 'object' ? at[part] : undefined), messages);
  if (typeof found !== 'string') return key;
  return String(
    new IntlMessageFormat(found, document.documentElement.lang, undefined, { ignoreTag: true }).format(values),
  );
}
