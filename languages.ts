// The one list of languages. Imports nothing; everything that loops over languages loops over this.

export const languages = [
  { id: 'en', name: 'English', path: '' },
  { id: 'ko', name: '한국어', path: 'ko' },
] as const;

/** A language of the course, as it stands in `lang` attributes and file names. */
export type Language = (typeof languages)[number]['id'];

/** The language at the root of the site. */
export const firstLanguage: Language = 'en';
