// Walks the built site: every link inside it leads to a page and, with an anchor, to a place on it; and no page takes a resource
// from another host. Reads files only; knows nothing of lessons.

import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const text = (value: string) =>
  value
    .replace(/&amp;/g, '&')
    .replace(/&#38;/g, '&')
    .replace(/&quot;/g, '"');

/** Everything that is wrong with the links of the site in `folder`, built for `base`; each with the page it stands on. */
export const wrongLinks = (folder: string, base: string): string[] => {
  const root = `/${base}/`.replace(/\/{2,}/g, '/');
  const wrong: string[] = [];
  const pages = new Map(
    globSync('**/*.html', { cwd: folder }).map((page) => [
      page.replaceAll('\\', '/'),
      readFileSync(join(folder, page), 'utf8'),
    ]),
  );
  const idsOf = new Map<string, Set<string>>();
  const hasId = (page: string, id: string) => {
    if (!idsOf.has(page))
      idsOf.set(page, new Set([...pages.get(page)!.matchAll(/\sid="([^"]*)"/g)].map(([, found]) => text(found!))));
    return idsOf.get(page)!.has(id);
  };
  const fileFor = (path: string) => {
    if (!path.startsWith(root)) return undefined;
    const inside = decodeURIComponent(path.slice(root.length));
    return [inside, posix.join(inside, 'index.html')].find(
      (file) =>
        pages.has(file) ||
        (file !== '' && !file.endsWith('/') && /\.\w+$/.test(file) && existsSync(join(folder, file))),
    );
  };

  for (const [page, html] of pages) {
    const address = `${root}${page.replace(/(^|\/)index\.html$/, '$1')}`;
    // What stands inside a script is no link of the page.
    const markup = html.replace(/(<script\b[^>]*>)[\s\S]*?<\/script>/g, '$1');
    for (const [, tag, attributes] of markup.matchAll(/<([a-z-]+)\b((?:[^>"']|"[^"]*"|'[^']*')*)>/g))
      for (const [, name, raw] of attributes!.matchAll(
        /\s(href|src|poster|action|component-url|renderer-url)="([^"]*)"/g,
      )) {
        const value = text(raw!);
        const url = new URL(value, `http://here${address}`);
        const leavesOnClick = tag === 'a' || (tag === 'link' && /rel="(canonical|alternate)"/.test(attributes!));
        if (/^(mailto|data|blob|tel):/.test(url.protocol)) continue;
        if (url.host !== 'here') {
          if (!leavesOnClick)
            wrong.push(
              `${page}: <${tag} ${name}="${value}"> takes a resource from another host. Serve it with the site.`,
            );
          continue;
        }
        if (value === '#') continue;
        const file = fileFor(url.pathname);
        if (!file) wrong.push(`${page}: ${name}="${value}" leads nowhere.`);
        else if (url.hash && pages.has(file) && !hasId(file, decodeURIComponent(url.hash.slice(1))))
          wrong.push(
            `${page}: ${name}="${value}" leads to ${file}, but nothing there has the id ${url.hash.slice(1)}.`,
          );
      }
  }
  for (const sheet of globSync('**/*.css', { cwd: folder }))
    for (const [, url] of readFileSync(join(folder, sheet), 'utf8').matchAll(
      /(?:url\(|@import\s+)["']?((?:https?:)?\/\/[^"')]+)/g,
    ))
      wrong.push(`${sheet}: takes ${url} from another host. Serve it with the site.`);
  return wrong;
};
