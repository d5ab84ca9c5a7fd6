import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { remembered } from './remembered.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'answers-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it('asks once for the same question, and again for another', () => {
  const answer = vi.fn<() => number[]>(() => [0.1 + 0.2, 1e-320, -5]);
  expect(remembered({ x: 1 }, answer, home)).toEqual([0.1 + 0.2, 1e-320, -5]);
  expect(remembered({ x: 1 }, answer, home)).toEqual([0.1 + 0.2, 1e-320, -5]);
  expect(answer).toHaveBeenCalledTimes(1);
  remembered({ x: 2 }, answer, home);
  expect(answer).toHaveBeenCalledTimes(2);
});

it('asks again where what was kept is broken, and forgets the answers of another machine', () => {
  rmSync(home, { recursive: true });
  remembered('a', () => 1, home);
  const [machine] = readdirSync(home);
  const [file] = readdirSync(join(home, machine!));
  writeFileSync(join(home, machine!, file!), '{"half');
  writeFileSync(join(home, 'of-before'), '');
  expect(remembered('a', () => 2, home)).toBe(2);
  expect(readdirSync(home)).toEqual([machine]);
  expect(remembered('a', () => 3, home)).toBe(2);
});
