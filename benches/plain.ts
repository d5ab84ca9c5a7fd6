/**
 * Runs a bench the way readers run the machine: as JavaScript whose types were taken off beforehand. Node takes them off as it
 * loads a file, by a WebAssembly module whose memory grows; from then on the process checks at each access to a typed array
 * whether its memory is still there, which no browser has to: a fifth of the machine's time.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const FOLDERS = ['simulations', 'benches'];

/** @param bench a file of this folder. @returns its exit code. */
export function runPlain(bench: string, options: readonly string[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    symlinkSync(realpathSync(join(root, 'node_modules')), join(folder, 'node_modules'));
    for (const name of FOLDERS) {
      cpSync(join(root, name), join(folder, name), { recursive: true, filter: (path) => !path.endsWith('.test.ts') });
      takeTypesOff(join(folder, name));
    }
    const file = join(folder, 'benches', bench.replace(/\.ts$/, '.js'));
    return spawnSync(process.execPath, [file, ...options], { stdio: 'inherit' }).status ?? 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function takeTypesOff(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith('.ts')) continue;
    const path = join(entry.parentPath, entry.name);
    const plain = stripTypeScriptTypes(readFileSync(path, 'utf8'));
    writeFileSync(
      path.replace(/\.ts$/, '.js'),
      plain.replaceAll(/((?:from |import |import\()'\.[^']*)\.ts'/g, "$1.js'"),
    );
  }
}
