// @ts-check
/**
 * One step of the set-up: runs a program, shows that it is alive, and explains a failure in one sentence.
 * It knows nothing of what the steps are for.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** What went wrong, in a sentence that says what to do. It needs no stack. */
export class Explained extends Error {}

/** @param {number} since */
const seconds = (since) => `${Math.round((Date.now() - since) / 1000)} s`;

/** @param {string} line */
export function say(line) {
  console.log(line);
}

/** What npm's own words mean, most telling first. */
const meanings = [
  [/ENOSPC/, 'The disk is full: Seams needs about a gigabyte.'],
  [
    /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ERR_SOCKET_TIMEOUT|network/i,
    'The package registry cannot be reached: check the network (and `npm config get proxy` behind a proxy), then run the same command again.',
  ],
  [
    /EUSAGE|lock file's|Missing: .* from lock/i,
    'package.json and package-lock.json disagree: take the committed ones back, or run `npm install` and `npm run lock`.',
  ],
  [/E401|E403/, 'The package registry wants to know who asks: check `npm config get registry` and log in to it.'],
  [
    /E404|ETARGET|notarget/,
    'The package registry lacks a package: check that `npm config get registry` names a complete one.',
  ],
  [/EINTEGRITY/, 'A package is not what was locked: run `npm cache verify`, then the same command again.'],
  [
    /EACCES|EPERM|EBUSY/,
    'A file may not be written: close what else uses this folder, check who owns it, then run the same command again.',
  ],
];

/** @param {string} output @param {string} otherwise */
export function meaningOf(output, otherwise) {
  const found = meanings.find(([sign]) => /** @type {RegExp} */ (sign).test(output));
  return found ? String(found[1]) : otherwise;
}

/**
 * Runs a program quietly: a line that it began, a sign of life every few seconds, a line that it is done.
 * All it said goes to a file in .cache/logs; the end of it is shown when it fails.
 * @param {object} step
 * @param {string} step.title What is being done, as the reader sees it.
 * @param {string} step.log Name of the file that keeps the program's words.
 * @param {string} step.command
 * @param {string[]} step.args
 * @param {Record<string, string | undefined>} step.env
 * @param {string} [step.cwd]
 * @param {boolean} [step.shell]
 * @param {number} [step.patience] Milliseconds after which it is given up.
 * @param {(output: string) => string} step.explain The sentence for a failure.
 * @returns {Promise<string>} What the program said.
 */
export function step({ title, log, command, args, env, cwd = root, shell = false, patience, explain }) {
  const began = Date.now();
  const live = Boolean(process.stdout.isTTY);
  if (live) process.stdout.write(`  ${title} …`);
  else say(`  ${title} …`);
  const alive = setInterval(
    () =>
      live ? process.stdout.write(`\r  ${title} … ${seconds(began)} `) : say(`    still at it, ${seconds(began)}`),
    live ? 1000 : 15_000,
  );
  return new Promise((settle, fail) => {
    let output = '';
    const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = patience === undefined ? undefined : setTimeout(() => child.kill(), patience);
    /** @param {Buffer} bytes */
    const hear = (bytes) => {
      output += String(bytes);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    /** @param {string | undefined} problem */
    const end = (problem) => {
      clearInterval(alive);
      clearTimeout(timer);
      const folder = join(root, '.cache', 'logs');
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${log}.log`), output);
      if (problem === undefined) {
        if (live) process.stdout.write(`\r  ${title}: done in ${seconds(began)}      \n`);
        else say(`  ${title}: done in ${seconds(began)}`);
        settle(output);
        return;
      }
      if (live) process.stdout.write('\n');
      const last = output.trimEnd().split('\n').slice(-30).join('\n');
      const whole = `(All of it: ${join('.cache', 'logs', `${log}.log`)})`;
      fail(new Explained(`${last}${last === '' ? '' : '\n\n'}${explain(output + problem)} ${whole}`));
    };
    child.on('error', (problem) => end(problem.message));
    child.on('close', (code) => end(code === 0 ? undefined : ` ended with ${code ?? 'a signal'}`));
  });
}

/**
 * How npm is called: by its own JavaScript where it told us the place, as npm.cmd needs a shell on Windows.
 * @param {string} node @param {string[]} args
 */
export function npm(node, args) {
  const own = process.env['npm_execpath'];
  if (own && /npm-cli\.c?js$/.test(own)) return { command: node, args: [own, ...args], shell: false };
  const windows = process.platform === 'win32';
  return { command: windows ? 'npm.cmd' : 'npm', args, shell: windows };
}

/** Runs the whole thing, and turns what is thrown into a sentence and an exit code. @param {() => Promise<number | void>} all */
export async function endWell(all) {
  try {
    process.exitCode = (await all()) ?? 0;
  } catch (problem) {
    console.error(
      `\n${problem instanceof Explained ? problem.message : problem instanceof Error ? problem.stack : String(problem)}`,
    );
    process.exitCode = 1;
  }
}
