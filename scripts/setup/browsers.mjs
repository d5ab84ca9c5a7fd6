// @ts-check
/**
 * Where a machine keeps its browsers. Plain JavaScript without dependencies, because the set-up asks
 * before there are any. It only looks: installing one is the business of ./browser.mjs.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

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

/** @param {string[]} names @returns {string[]} */
function inApplications(names) {
  const homes = ['/Applications', join(process.env['HOME'] ?? '/', 'Applications')];
  return homes.flatMap((home) => names.map((name) => join(home, `${name}.app`, 'Contents/MacOS', name)));
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
  const places = {
    win32: () =>
      inProgramFiles([
        'Google\\Chrome\\Application\\chrome.exe',
        'Chromium\\Application\\chrome.exe',
        'Microsoft\\Edge\\Application\\msedge.exe',
      ]),
    darwin: () => inApplications(['Google Chrome', 'Chromium', 'Microsoft Edge']),
    linux: () =>
      onPath(['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable']),
  }[/** @type {'win32' | 'darwin' | 'linux'} */ (process.platform)];
  return firstOf(process.env['CHROME_PATH'], places?.() ?? []);
}

/**
 * An installed Firefox, by which the journeys are walked a second time. Nobody has to have one.
 * @returns {string | undefined}
 */
export function findFirefox() {
  const places = {
    win32: () => inProgramFiles(['Mozilla Firefox\\firefox.exe']),
    darwin: () => inApplications(['Firefox']).map((place) => place.replace(/Firefox$/, 'firefox')),
    linux: () => onPath(['firefox-esr', 'firefox']),
  }[/** @type {'win32' | 'darwin' | 'linux'} */ (process.platform)];
  return firstOf(process.env['FIREFOX_PATH'], places?.() ?? []);
}

/** How Chromium is started for tests: as root in a container it needs `--no-sandbox`, and it should ask the network for nothing. */
export const chromiumArguments = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
