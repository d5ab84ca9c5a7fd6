// The walk over the built site finds what is wrong, and nothing else.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { wrongLinks } from './links.ts';

const folders: string[] = [];
const site = (files: Record<string, string>) => {
  const folder = mkdtempSync(join(tmpdir(), 'seams-links-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
};
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

it('a sound site has nothing wrong, at the root or under a path', () => {
  const pages = (base: string) => ({
    'index.html': `<a href="${base}a/?run=x&amp;y#two">A</a> <a href="https://example.org/">out</a><link rel="icon" href="${base}i.svg">`,
    'a/index.html': `<h2 id="two">Two</h2><a href="#two">here</a><a href="../">home</a><script>"<a href='/no/'>"</script>`,
    'i.svg': '<svg/>',
  });
  expect(wrongLinks(site(pages('/')), '/')).toEqual([]);
  expect(wrongLinks(site(pages('/seams/')), '/seams')).toEqual([]);
});

it('a link that forgets the base path leads nowhere', () => {
  const folder = site({ 'index.html': '<a href="/a/">A</a>', 'a/index.html': '' });
  expect(wrongLinks(folder, '/seams')).toEqual(['index.html: href="/a/" leads nowhere.']);
});

it('a missing page, a missing anchor and a foreign resource are each named', () => {
  const folder = site({
    'index.html': '<a href="/b/">B</a><a href="/a/#three">A</a><img src="https://example.org/x.png">',
    'a/index.html': '<p id="two"></p>',
    'a.css': '@font-face{src:url(//fonts.example.org/f.woff2)}',
  });
  expect(wrongLinks(folder, '/')).toEqual([
    'index.html: href="/b/" leads nowhere.',
    'index.html: href="/a/#three" leads to a/index.html, but nothing there has the id three.',
    'index.html: <img src="https://example.org/x.png"> takes a resource from another host. Serve it with the site.',
    'a.css: takes //fonts.example.org/f.woff2 from another host. Serve it with the site.',
  ]);
});
