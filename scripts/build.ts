// Builds the site into a folder that any static host can serve: pages, search index, service worker.
//
//   node scripts/build.ts [--base /path] [--site https://example.org] [--out dist]
//
// --base  the path the site will live under, if not at the root of its host
// --site  the host it will live at; adds canonical addresses, which search engines like. Nothing else needs it
// --out   the folder to leave it in

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { createIndex, close } from 'pagefind';
import { generateSW } from 'workbox-build';
import { wrongLinks } from './links.ts';
import { languages } from '../languages.ts';

const readArguments = () => {
  const { values } = parseArgs({
    options: {
      base: { type: 'string', default: '/' },
      site: { type: 'string' },
      out: { type: 'string', default: 'dist' },
    },
  });
  if (!/^\/([\w.~-]+\/?)*$/.test(values.base))
    throw new Error(`--base ${values.base} is not a path: write it with a slash in front, for example --base /seams.`);
  if (values.site && !URL.canParse(values.site))
    throw new Error(`--site ${values.site} is not an address: write it whole, for example --site https://example.org.`);
  return values;
};

/** Astro warns of inline styles in coloured code for every policy; ours allows style attributes (see astro.config.mjs). */
const saysNothing = /Shiki syntax highlighting uses inline styles/;

/** Astro in a process of its own, so that its exit code and its messages reach whoever started us. */
const buildPages = async ({ base, site, out }: ReturnType<typeof readArguments>) => {
  const astro = join(dirname(createRequire(import.meta.url).resolve('astro/package.json')), 'bin/astro.mjs');
  const building = spawn(process.execPath, [astro, 'build'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ASTRO_TELEMETRY_DISABLED: '1',
      SEAMS_BASE: base,
      SEAMS_OUT: out,
      ...(site ? { SEAMS_SITE: site } : {}),
    },
  });
  const pass = (from: Readable, say: (line: string) => void) =>
    createInterface({ input: from }).on('line', (line) => saysNothing.test(line) || say(line));
  pass(building.stdout, console.log);
  pass(building.stderr, console.error);
  const [status] = await once(building, 'close');
  if (status !== 0) throw new Error('The pages could not be built; the reason stands above.');
};

/** Astro leaves ko/404/index.html; a host that looks for a page of its own in each folder wants ko/404.html. */
const placeNotFound = (out: string) => {
  for (const { path } of languages) {
    const made = join(out, path, '404');
    if (!existsSync(join(made, 'index.html'))) continue;
    renameSync(join(made, 'index.html'), `${made}.html`);
    rmSync(made, { recursive: true });
  }
};

/** The search index, a part for each language found in the pages. */
const indexForSearch = async (out: string) => {
  const { index, errors } = await createIndex({});
  if (!index) throw new Error(`The search index could not be started: ${errors.join('; ')}`);
  const added = await index.addDirectory({ path: out });
  const written = await index.writeFiles({ outputPath: join(out, 'pagefind') });
  await close();
  // Its ready-made search boxes are not ours: we ask the index ourselves.
  for (const name of readdirSync(join(out, 'pagefind')))
    if (/-ui\.|highlight/.test(name)) rmSync(join(out, 'pagefind', name));
  const wrong = [...added.errors, ...written.errors];
  if (wrong.length) throw new Error(`The search index could not be written: ${wrong.join('; ')}`);
  return added.page_count;
};

/**
 * The service worker. Everything is there offline from the first visit, in every language: pages, scripts, the faces that the
 * pages use, the search index. It is fetched in the background when the page stands. A new version waits until the reader
 * agrees (see src/components/course/offline.ts).
 */
const writeServiceWorker = async (out: string) => {
  const { count, size, warnings } = await generateSW({
    globDirectory: out,
    swDest: join(out, 'sw.js'),
    globPatterns: ['**/*.{html,js,css,svg,json,webmanifest,woff2}', 'pagefind/**'],
    // What stands in a frame on another page is no reading of this one's reader.
    globIgnores: ['sw.js', 'embed/**', '*/embed/**'],
    inlineWorkboxRuntime: true,
    sourcemap: false,
    skipWaiting: false,
    clientsClaim: true,
    cleanupOutdatedCaches: true,
    directoryIndex: 'index.html',
    // A page is the same page whatever its query says: a shared run, a search term to highlight.
    ignoreURLParametersMatching: [/./],
    maximumFileSizeToCacheInBytes: 5_000_000,
    dontCacheBustURLsMatching: /\/_astro\//,
  });
  if (warnings.length) throw new Error(`The service worker could not be written whole: ${warnings.join('; ')}`);
  return { count, size };
};

const main = async () => {
  const options = readArguments();
  const started = performance.now();
  await buildPages(options);
  placeNotFound(options.out);
  const wrong = wrongLinks(options.out, options.base);
  if (wrong.length) throw new Error(`The site has links that lead nowhere, or out of it:\n  ${wrong.join('\n  ')}`);
  const pages = await indexForSearch(options.out);
  const { count, size } = await writeServiceWorker(options.out);
  if (!existsSync(join(options.out, 'index.html')))
    throw new Error(`${options.out}/index.html is missing after the build.`);
  console.log(
    `Built ${options.out}/: ${pages} pages to search, ${count} files (${(size / 1e6).toFixed(1)} MB) for offline reading, ` +
      `${((performance.now() - started) / 1000).toFixed(1)} s.`,
  );
};

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
