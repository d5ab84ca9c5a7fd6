// @ts-check
/** Browsers for the tests: where a machine keeps them, and how to come by one. Nothing else needs a browser. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Explained, root, say, step } from './step.mjs';

/** @param {string[]} names @returns {string[]} */
function onPath(names) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** @param {string[]} endings @returns {string[]} */
function inProgramFiles(endings) {
  const homes = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].map((name) => process.env[name]);
  return homes.flatMap((home) => (home ? endings.map((ending) => join(home, ending)) : []));
}

/** @param {[application: string, program: string][]} names @returns {string[]} */
function inApplications(names) {
  const homes = ['/Applications', join(process.env['HOME'] ?? '/', 'Applications')];
  return homes.flatMap((home) =>
    names.map(([name, program]) => join(home, `${name}.app`, 'Contents', 'MacOS', program)),
  );
}

/** @param {string | undefined} named @param {string[]} places */
function firstOf(named, places) {
  if (named) return existsSync(named) ? named : undefined;
  return places.find((place) => existsSync(place));
}

/**
 * An installed Chromium, Chrome or Edge. `CHROME_PATH` names one outright; when it names a file that
 * does not exist, none is found, rather than another than the one that was asked for.
 * @returns {string | undefined}
 */
export function findChromium() {
  /** @type {Record<string, () => string[]>} */
  const places = {
    win32: () =>
      inProgramFiles([
        'Google\\Chrome\\Application\\chrome.exe',
        'Chromium\\Application\\chrome.exe',
        'Microsoft\\Edge\\Application\\msedge.exe',
      ]),
    darwin: () =>
      inApplications([
        ['Google Chrome', 'Google Chrome'],
        ['Chromium', 'Chromium'],
        ['Microsoft Edge', 'Microsoft Edge'],
      ]),
    linux: () =>
      onPath(['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable']),
  };
  return firstOf(process.env['CHROME_PATH'], places[process.platform]?.() ?? []);
}

/**
 * An installed Firefox, by which the journeys are walked a second time. Nobody has to have one.
 * @returns {string | undefined}
 */
export function findFirefox() {
  /** @type {Record<string, () => string[]>} */
  const places = {
    win32: () => inProgramFiles(['Mozilla Firefox\\firefox.exe']),
    darwin: () => inApplications([['Firefox', 'firefox']]),
    linux: () => onPath(['firefox-esr', 'firefox']),
  };
  return firstOf(process.env['FIREFOX_PATH'], places[process.platform]?.() ?? []);
}

/** How Chromium is started for tests: as root it refuses its own sandbox, and it should ask the network for nothing. */
export const chromiumArguments = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @param {string} command @param {string[]} args @param {Record<string, string | undefined>} [env] */
function answers(command, args, env = process.env) {
  try {
    return execFileSync(command, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'], timeout: 20_000 });
  } catch {
    return undefined;
  }
}

/** Playwright's own Chromium, when it was downloaded and starts here. @param {string} node */
function findDownloaded(node) {
  const ask = "import('playwright-core').then(({ chromium }) => console.log(chromium.executablePath()))";
  const place = answers(node, ['-e', ask])?.trim();
  if (!place || !existsSync(place)) return undefined;
  // A download does not bring the system's libraries along. On Windows `--version` would open a window.
  return process.platform !== 'linux' || answers(place, ['--version']) ? place : undefined;
}

/** How Debian's packages are installed here, when they can be. @returns {string[] | undefined} */
function aptGet() {
  if (process.platform !== 'linux' || !answers('apt-get', ['--version'])) return undefined;
  if (process.getuid?.() === 0) return ['apt-get'];
  return answers('sudo', ['-n', 'true']) === undefined ? undefined : ['sudo', '-n', 'apt-get'];
}

/**
 * Sees to it that there is a browser for the tests: an installed one, else Playwright's, else Debian's.
 * @param {{ node: string, env: Record<string, string | undefined> }} tools
 * @returns {Promise<Record<string, string | undefined>>} the environment, naming the browser where it has to be named
 */
export async function browser({ node, env }) {
  if (process.env['CHROME_PATH'] && !existsSync(process.env['CHROME_PATH'])) {
    throw new Explained(
      `CHROME_PATH names ${process.env['CHROME_PATH']}, which does not exist: correct it, or unset it.`,
    );
  }
  const installed = findChromium();
  if (installed) return { ...env, CHROME_PATH: installed };
  const before = findDownloaded(node);
  if (before) return { ...env, CHROME_PATH: before };
  const advice = 'install Chromium, Chrome or Edge (or name one by CHROME_PATH) and run the same command again.';
  try {
    await step({
      title: 'Fetching a browser for the tests (Playwright’s Chromium, about 200 MB)',
      log: 'browser',
      command: node,
      args: [join(root, 'node_modules', 'playwright-core', 'cli.js'), 'install', '--no-shell', 'chromium'],
      env: { ...env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '20000' },
      patience: 900_000,
      explain: () => 'Playwright’s browser could not be downloaded.',
    });
  } catch (problem) {
    if (!(problem instanceof Explained)) throw problem;
    say('  It could not be downloaded; trying the system’s packages.');
  }
  const downloaded = findDownloaded(node);
  if (downloaded) return { ...env, CHROME_PATH: downloaded };
  const apt = aptGet();
  if (apt === undefined) throw new Explained(`There is no browser for the tests: ${advice}`);
  const [command = '', ...first] = apt;
  const quiet = { ...env, DEBIAN_FRONTEND: 'noninteractive' };
  const explain = () => `There is no browser for the tests, and Debian’s could not be installed: ${advice}`;
  await step({
    title: 'Asking for the system’s list of packages',
    log: 'apt-update',
    command,
    args: [...first, 'update'],
    env: quiet,
    explain,
  });
  await step({
    title: 'Installing the system’s Chromium',
    log: 'apt-install',
    command,
    args: [...first, 'install', '-y', '--no-install-recommends', 'chromium'],
    env: quiet,
    explain,
  });
  const packaged = findChromium();
  if (!packaged) throw new Explained(`There is no browser for the tests: ${advice}`);
  return { ...env, CHROME_PATH: packaged };
}
