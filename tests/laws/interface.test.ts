// The words of the interface say the same things in every language, with the same variables, and can all be formatted.

import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { firstLanguage, languages } from '../../languages.ts';

type Tree = { [key: string]: string | Tree };
const flat = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' ? flat(value, `${path}${key}.`) : [[`${path}${key}`, String(value)] as [string, string]],
  );
const read = (language: string) => new Map(flat(parse(readFileSync(`content/interface/${language}.yaml`, 'utf8'))));
const variablesOf = (message: string, language: string) => {
  const found = new Set<string>();
  const walk = (value: unknown) => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (value && typeof value === 'object') {
      const { type, value: name } = value as { type?: number; value?: unknown };
      // Types 1 to 6 of the parsed message are its arguments, 0 is plain text.
      if (typeof type === 'number' && type >= 1 && type <= 6) found.add(String(name));
      Object.values(value).forEach(walk);
    }
  };
  walk(new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst());
  return [...found].sort();
};
const first = read(firstLanguage);

describe.each(languages.map(({ id }) => id))('the interface in %s', (language) => {
  const messages = read(language);
  it('has the same messages as every other language', () => {
    expect([...messages.keys()].sort()).toEqual([...first.keys()].sort());
  });
  it('uses the same variables in each message', () => {
    for (const [key, message] of messages)
      expect(variablesOf(message, language), key).toEqual(variablesOf(first.get(key)!, firstLanguage));
  });
});

describe('the Korean interface', () => {
  it('glues no particle on to a variable', () => {
    for (const [key, message] of read('ko'))
      expect(message.replace(/(plural|select)[^}]*/g, ''), key).not.toMatch(
        /\}(은|는|이|가|을|를|와|과|으로|로)(?![가-힣])/,
      );
  });
});
