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
  'tests/course',
];

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

/**
 * A build is told apart by its sources and by what the environment and the command line ask of it.
 * @param {Record<string, string | undefined>} env @param {string[]} options
 */
function source(env, options) {
  const hash = createHash('sha256');
  for (const path of madeOf) add(hash, path);
  const asked = Object.entries(env).filter(([name]) => /^SEAMS_(COURSE|SITE)$/.test(name));
  return hash.update(JSON.stringify([asked.sort(), options])).digest('hex');
}

/**
 * @param {{ node: string, env: Record<string, string | undefined> }} tools
 * @param {string[]} options handed on to the build
 * @param {string} [folder] where it leaves the site
 */
export async function site({ node, env }, options, folder = 'dist') {
  const firstPage = join(root, folder, 'index.html');
  const stampFile = join(root, '.cache', `${folder}-built-from`);
  const wanted = source(env, options);
  // Names the sources and the very build: a build by hand, perhaps for another path, is not taken for ours.
  const stamp = () => `${wanted} ${existsSync(firstPage) ? statSync(firstPage).mtimeMs : 'none'}\n`;
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp()) return;
  await step({
    title: 'Building the site',
    log: folder,
    command: node,
    args: [join('scripts', 'build.ts'), '--out', folder, ...options],
    env,
    explain: () => 'The site could not be built: the lines above name the file and what is wrong with it.',
  });
  if (!existsSync(firstPage)) throw new Explained(`The build ended without a first page in ${folder}/.`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(stampFile, stamp());
}
