/**
 * Makes package-lock.json whole: adds the optional packages of other platforms that a registry with only some
 * of them made npm leave out (without them `npm ci` refuses the file, and another system would lack its binaries),
 * and takes out the address of the registry. It knows npm's format, version 3, and downloads nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';

export interface LockedPackage {
  version?: string;
  resolved?: string;
  integrity?: string;
  cpu?: string[];
  os?: string[];
  libc?: string[];
  optional?: boolean;
  dev?: boolean;
  devOptional?: boolean;
  optionalDependencies?: Record<string, string>;
}

export interface Lock {
  lockfileVersion: number;
  packages: Record<string, LockedPackage>;
}

/** How package names call a system, and how Node does. */
const systems: Record<string, string> = {
  aix: 'aix',
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  linuxmusl: 'linux',
  netbsd: 'netbsd',
  openbsd: 'openbsd',
  openharmony: 'openharmony',
  sunos: 'sunos',
  win32: 'win32',
  windows: 'win32',
};
/** Longest first, so that `arm64` is not taken for `arm`. */
const processors = ['mips64el', 'loong64', 'riscv64', 'wasm32', 'arm64', 'ppc64', 's390x', 'ia32', 'x64', 'arm'];

/** Where a dependency of the package at `from` is found, by Node's own rule: the nearest node_modules upwards. */
export function whereIs(lock: Lock, from: string, name: string): string | undefined {
  for (let folder = from; ;) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (lock.packages[place]) return place;
    if (folder === '') return undefined;
    const parent = folder.lastIndexOf('/node_modules/');
    folder = parent === -1 ? '' : folder.slice(0, parent);
  }
}

export interface Lack {
  /** The package that asks, by its place in the lockfile. */
  from: string;
  name: string;
  range: string;
}

/** Optional dependencies that some package names and the lockfile does not hold. */
export function lacks(lock: Lock): Lack[] {
  return Object.entries(lock.packages).flatMap(([from, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => whereIs(lock, from, name) === undefined)
      .map(([name, range]) => ({ from, name, range })),
  );
}

/** The platform that a package's name tells. */
export function platformOf(name: string): Pick<LockedPackage, 'cpu' | 'os' | 'libc'> {
  const words = name.toLowerCase().split(/[-/]/);
  const os = words.map((word) => systems[word]).find((found) => found !== undefined);
  const cpu = processors.find((processor) =>
    words.some((word) => word === processor || (processor === 'arm' && /^armv?\d?/.test(word))),
  );
  const libc = /musl/.test(name) ? 'musl' : /gnu/.test(name) ? 'glibc' : undefined;
  return { ...(cpu ? { cpu: [cpu] } : {}), ...(os ? { os: [os] } : {}), ...(libc ? { libc: [libc] } : {}) };
}

/** A copy of the lockfile that is whole, and what had to be done. */
export function whole(lock: Lock): { lock: Lock; added: string[]; freed: number; unsolved: string[] } {
  const packages = structuredClone(lock.packages);
  const added: string[] = [];
  const unsolved: string[] = [];
  let freed = 0;
  for (const [place, entry] of Object.entries(packages)) {
    // Without an integrity it came from here: what is known of its platform today may be more than then.
    if (entry.optional && entry.integrity === undefined)
      Object.assign(entry, platformOf(place.replace(/^.*node_modules\//, '')));
    if (entry.resolved === undefined) continue;
    delete entry.resolved;
    freed += 1;
  }
  for (const { from, name, range } of lacks({ ...lock, packages })) {
    // A range could mean many versions, and only a registry knows which there are.
    if (!/^\d+\.\d+\.\d+/.test(range)) {
      unsolved.push(`${from || 'the project'} wants ${name} ${range}`);
      continue;
    }
    const asker = packages[from]!;
    // Two askers may want two versions: the second one keeps its own beneath itself, as npm does.
    const shared = `node_modules/${name}`;
    const place = packages[shared] && packages[shared].version !== range ? `${from}/${shared}` : shared;
    packages[place] = { version: range, ...platformOf(name), ...(asker.dev ? { dev: true } : {}), optional: true };
    added.push(`${name}@${range}`);
  }
  const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  return { lock: { ...lock, packages: sorted }, added, freed, unsolved };
}

export const readLock = (file = 'package-lock.json'): Lock => JSON.parse(readFileSync(file, 'utf8')) as Lock;

if (process.argv[1] === import.meta.filename) {
  const { lock, added, freed, unsolved } = whole(readLock());
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${added.length} packages of other platforms added, ${freed} addresses taken out.`);
  for (const each of unsolved)
    console.error(`${each}: name an exact version in package.json's "overrides", as a range cannot be looked up here.`);
  process.exit(unsolved.length === 0 ? 0 : 1);
}
