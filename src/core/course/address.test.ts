// Addresses of pages.

import { describe, expect, it } from 'vitest';
import { addressOf, baseWithSlash } from './address.ts';

describe('an address', () => {
  it('stands at the root in the first language and in a folder in every other', () => {
    expect(addressOf('en', '')).toBe('/');
    expect(addressOf('en', 'lessons/client-server')).toBe('/lessons/client-server/');
    expect(addressOf('ko', '')).toBe('/ko/');
    expect(addressOf('ko', 'lessons/client-server')).toBe('/ko/lessons/client-server/');
  });
  it('begins with the base path, however that is written', () => {
    for (const base of ['/seams', '/seams/', 'seams'])
      expect(addressOf('ko', 'contents', base)).toBe('/seams/ko/contents/');
    expect(baseWithSlash('')).toBe('/');
  });
});
