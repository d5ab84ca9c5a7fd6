// What the tokens promise: enough contrast by day and night, and five states that stay apart for people who see fewer colours.
// Contrast by WCAG 2.2; colour-vision deficiency by the matrices of Machado, Oliveira and Fernandes (2009) at full severity;
// distance in OKLab (Ottosson 2020), where 0.02 is about the least that can be seen side by side.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Triple = [number, number, number];
const sheet = readFileSync('src/styles/tokens.css', 'utf8');
const blockAfter = (selector: string) => {
  const at = sheet.indexOf(selector);
  if (at < 0) throw new Error(`tokens.css has no ${selector}`);
  const from = sheet.indexOf('{', at + selector.length - 1);
  return sheet.slice(from + 1, sheet.indexOf('}', from));
};
const colours = (block: string) =>
  Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]));
const day = colours(blockAfter(':root {'));
const night = colours(blockAfter(":root[data-theme='dark'] {"));
const nightByMachine = colours(blockAfter(':root:not([data-theme]) {'));

const linear = (hex: string) =>
  [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Triple;
const times = (matrix: Triple[], [x, y, z]: Triple) => matrix.map(([a, b, c]) => a * x + b * y + c * z) as Triple;
const contrast = (one: string, other: string) => {
  const [high, low] = [one, other]
    .map((hex) => linear(hex))
    .map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b)
    .sort((a, b) => b - a);
  return (high! + 0.05) / (low! + 0.05);
};
const oklab = (light: Triple) => {
  const cone = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    light.map((value) => Math.min(1, Math.max(0, value))) as Triple,
  ).map(Math.cbrt) as Triple;
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cone,
  );
};
const seenWith: Record<string, Triple[]> = {
  'all colours': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const distance = (one: string, other: string, seen: Triple[]) => {
  const [a, b] = [one, other].map((hex) => oklab(times(seen, linear(hex)))) as [Triple, Triple];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
};

const states = ['healthy', 'busy', 'waiting', 'failing', 'recovering'];
const papers = ['paper', 'paper-raised'];

describe.each([
  ['day', day],
  ['night', night],
] as const)('by %s', (_, theme) => {
  const of = (name: string) =>
    theme[name] ??
    (() => {
      throw new Error(`--${name} is missing`);
    })();

  it('text and states read on either paper (4.5:1)', () => {
    for (const paper of papers)
      for (const name of ['ink', 'ink-soft', 'ink-faint', 'thread', 'theory', ...states])
        expect(contrast(of(name), of(paper)), `${name} on ${paper}`).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of('thread-ink'), of('thread'))).toBeGreaterThanOrEqual(4.5);
  });
  it('text reads on the soft fill of every state, and its line shows there (4.5:1, 3:1)', () => {
    for (const state of states) {
      expect(contrast(of('ink'), of(`${state}-soft`)), state).toBeGreaterThanOrEqual(4.5);
      expect(contrast(of(state), of(`${state}-soft`)), state).toBeGreaterThanOrEqual(3);
    }
  });
  it('strong lines and designs in comparison show on either paper (3:1)', () => {
    for (const paper of papers)
      for (const name of ['line-strong', 'design-1', 'design-2', 'design-3', 'design-4', 'design-5'])
        expect(contrast(of(name), of(paper)), `${name} on ${paper}`).toBeGreaterThanOrEqual(3);
  });
  it.each(Object.entries(seenWith))('the five states stay apart with %s', (_, seen) => {
    for (const [at, one] of states.entries())
      for (const other of states.slice(at + 1))
        expect(distance(of(one), of(other), seen), `${one} and ${other}`).toBeGreaterThan(0.08);
  });
});

describe('night', () => {
  it('is the same whether it was chosen or comes from the machine', () => {
    expect(nightByMachine).toEqual(night);
  });
  it('names every colour that day names', () => {
    expect(Object.keys(night).sort()).toEqual(Object.keys(day).sort());
  });
});
