// @ts-check
/** The packages that the project stands on, exactly as locked, and only fetched when they are not there yet. */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, linkSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { meaningOf, npm, root, step } from './step.mjs';

const folder = join(root, 'node_modules');
const stampFile = join(folder, '.seams-installed');

/** What an installation depends on: another lockfile, system or line of Node needs a new one. */
function wanted() {
  const hash = createHash('sha256');
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) hash.update(readFileSync(join(root, file)));
  return `${hash.digest('hex')} ${process.platform}-${process.arch}\n`;
}

/** @param {string} file */
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** True when npm's own record of what it installed says the same as the lockfile. */
function recordMatches() {
  try {
    /** @type {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }>} */
    const locked = readJson(join(root, 'package-lock.json')).packages;
    /** @type {typeof locked} */
    const installed = readJson(join(folder, '.package-lock.json')).packages;
    return (
      Object.keys(installed).every((place) => locked[place]?.version === installed[place]?.version) &&
      Object.entries(locked).every(([place, { optional }]) => place === '' || optional || place in installed)
    );
  } catch {
    return false;
  }
}

/**
 * Lets every `npm run` find the fetched Node, not only the commands that set up: npm looks in node_modules/.bin first.
 * @param {string} node
 */
function linkNode(node) {
  const place = join(folder, '.bin', process.platform === 'win32' ? 'node.exe' : 'node');
  rmSync(place, { force: true });
  if (process.platform !== 'win32') {
    symlinkSync(relative(join(folder, '.bin'), node), place);
    return;
  }
  try {
    linkSync(node, place);
  } catch {
    copyFileSync(node, place);
  }
}

/** @param {{ node: string, env: Record<string, string | undefined>, own: boolean }} tools */
export async function dependencies({ node, env, own }) {
  const stamp = wanted();
  const known = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
  if (!known && !recordMatches()) {
    await step({
      title: 'Fetching packages, exactly as locked (about 300 MB, a minute or two)',
      log: 'packages',
      ...npm(node, ['ci', '--no-audit', '--no-fund']),
      env,
      explain: (output) => meaningOf(output, 'npm could not install the packages: its own words are above.'),
    });
  }
  if (!known) writeFileSync(stampFile, stamp);
  if (own) linkNode(node);
}
