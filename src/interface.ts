// The words of the interface, for pages and components while the site is built. An island gets the messages it shows as a
// property: it never loads a language itself.

import { IntlMessageFormat } from 'intl-messageformat';
import { parse } from 'yaml';
import type { Language } from '../languages.ts';
import en from '../content/interface/en.yaml?raw';
import ko from '../content/interface/ko.yaml?raw';

/** Messages nested by topic; the leaves are ICU messages. */
export type Messages = { [key: string]: string | Messages };
const all: Record<Language, Messages> = { en: parse(en), ko: parse(ko) };

/** All messages below a key, to hand to an island: messagesOf('ko', 'stage'). */
export const messagesOf = (language: Language, key: string): Messages => {
  const found = key
    .split('.')
    .reduce<Messages | string | undefined>(
      (at, part) => (typeof at === 'object' ? at[part] : undefined),
      all[language],
    );
  if (typeof found !== 'object')
    throw new Error(`content/interface/${language}.yaml has no group "${key}": add it there.`);
  return found;
};

/** One message, filled in: say('en', 'course.minutes', { minutes: 20 }). */
export const say = (language: Language, key: string, values: Record<string, string | number> = {}): string => {
  const message = key
    .split('.')
    .reduce<Messages | string | undefined>(
      (at, part) => (typeof at === 'object' ? at[part] : undefined),
      all[language],
    );
  if (typeof message !== 'string')
    throw new Error(`content/interface/${language}.yaml has no message "${key}": add it there.`);
  return String(new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).format(values));
};
