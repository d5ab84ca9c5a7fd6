/** The lockfile serves every platform and names no registry: what `npm ci` on somebody else's machine rests on. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lacks, platformOf, readLock, whole, whereIs, type Lock } from '../../scripts/fix-lock.ts';

const lock = readLock();
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;

describe('the lockfile', () => {
  it('holds every optional package of every platform (npm run lock adds them)', () => {
    expect(Object.keys(lock.packages).length).toBeGreaterThan(500);
    expect(lacks(lock)).toEqual([]);
  });

  it('names no registry (npm run lock takes addresses out)', () => {
    expect(Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
    expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"https?:\/\/[^"]*\.tgz"/);
  });

  it('is pinned to what package.json asks for', () => {
    const root = lock.packages[''] as unknown as Record<string, Record<string, string>>;
    for (const kind of ['dependencies', 'devDependencies']) expect(root[kind]).toEqual(manifest[kind]);
    for (const [name, version] of Object.entries({ ...manifest['dependencies'], ...manifest['devDependencies'] })) {
      expect(version, `${name} is pinned to one version`).toMatch(/^\d+\.\d+\.\d+/);
      expect(lock.packages[`node_modules/${name}`]?.version).toBe(version);
    }
  });
});

describe('npm run lock', () => {
  const broken: Lock = {
    lockfileVersion: 3,
    packages: {
      'node_modules/bundler': {
        version: '1.0.0',
        resolved: 'https://registry.example/bundler-1.0.0.tgz',
        dev: true,
        optionalDependencies: { '@bundler/win32-arm64': '1.0.0', '@bundler/linux-x64': '1.0.0', watcher: '^2.0.0' },
      },
      'node_modules/@bundler/linux-x64': { version: '1.0.0' },
    },
  };

  it('adds what is missing for the platform that its name tells, frees addresses, and admits what it cannot know', () => {
    const mended = whole(broken);
    expect(mended.lock.packages['node_modules/@bundler/win32-arm64']).toEqual({
      version: '1.0.0',
      cpu: ['arm64'],
      os: ['win32'],
      dev: true,
      optional: true,
    });
    expect(mended.freed).toBe(1);
    expect(mended.unsolved).toEqual(['node_modules/bundler wants watcher ^2.0.0']);
    expect(lacks(mended.lock).map(({ name }) => name)).toEqual(['watcher']);
  });

  it('finds a package by the nearest folder, as Node does', () => {
    const nested: Lock = {
      lockfileVersion: 3,
      packages: { 'node_modules/a': {}, 'node_modules/b/node_modules/a': {} },
    };
    expect(whereIs(nested, 'node_modules/b', 'a')).toBe('node_modules/b/node_modules/a');
    expect(whereIs(nested, 'node_modules/c', 'a')).toBe('node_modules/a');
    expect(whereIs(nested, 'node_modules/c', 'd')).toBeUndefined();
  });

  it.each([
    ['@rollup/rollup-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'], libc: ['glibc'] }],
    ['@img/sharp-linuxmusl-x64', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
    ['@img/sharp-win32-ia32', { os: ['win32'], cpu: ['ia32'] }],
    ['@esbuild/darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }],
    ['@img/sharp-wasm32', { cpu: ['wasm32'] }],
  ])('reads the platform of %s', (name, platform) => {
    expect(platformOf(name)).toEqual(platform);
  });
});
