// @ts-check
/** The built site, built again only when something that it is made of has changed. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Explained, root, step } from './step.mjs';

/** Everything that a build reads. */
const madeOf = [
  'content',
  'simulations',
  'src',
  'public',
  'scripts',
  'languages.ts',
  'astro.config.mjs',
  'package.json',
  'package-lock.json',
];
const firstPage = join(root, 'dist', 'index.html');
const stampFile = join(root, '.cache', 'built-from');

/** @param {import('node:crypto').Hash} hash @param {string} path */
function add(hash, path) {
  const place = join(root, path);
  if (!existsSync(place)) return;
  if (!statSync(place).isDirectory()) {
    hash.update(`${path}\0`).update(readFileSync(place));
    return;
  }
  for (const name of readdirSync(place).sort()) add(hash, `${path}/${name}`);
}

/** A build is told apart by its sources and by what the environment and the command line ask of it. @param {string[]} options */
function source(options) {
  const hash = createHash('sha256');
  for (const path of madeOf) add(hash, path);
  const asked = Object.entries(process.env).filter(([name]) => name.startsWith('SEAMS_'));
  return hash.update(JSON.stringify([asked.sort(), options])).digest('hex');
}

/** Names the sources and the very build: a build by hand, perhaps for another path, is not taken for ours. @param {string} sources */
const stamp = (sources) => `${sources} ${existsSync(firstPage) ? statSync(firstPage).mtimeMs : 'none'}\n`;

/**
 * @param {{ node: string, env: Record<string, string | undefined> }} tools
 * @param {string[]} options handed on to the build
 */
export async function site({ node, env }, options) {
  const wanted = source(options);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp(wanted)) return;
  await step({
    title: 'Building the site',
    log: 'build',
    command: node,
    args: [join('scripts', 'build.ts'), ...options],
    env,
    explain: () => 'The site could not be built: the lines above name the file and what is wrong with it.',
  });
  if (!existsSync(firstPage)) throw new Explained('The build ended without a first page in dist/.');
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(stampFile, stamp(wanted));
}
