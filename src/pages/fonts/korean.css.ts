// The Korean face, cut into slices by its makers: a style sheet with just those slices that the Korean text of the course touches.
// A rare letter outside of them, such as one typed into the search, is shown in the system's own face.

import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { courseRoot } from '../../course-root.ts';

const files = import.meta.glob<string>(
  '/node_modules/@fontsource-variable/noto-sans-kr/files/noto-sans-kr-*-wght-normal.woff2',
  { query: '?url', import: 'default', eager: true },
);
const fileOf = (name: string) => Object.entries(files).find(([path]) => path.endsWith(`/${name}`))?.[1];

/** 'U+ac00-ac02, U+ac10' → tells whether a letter is among them. */
const rangeTest = (range: string) => {
  const spans = range.split(',').map((span) => {
    const [from, to = from] = span.trim().slice(2).split('-');
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
  });
  return (letter: number) => spans.some(([from, to]) => letter >= from && letter <= to);
};

const isKorean = (letter: number) => letter >= 0x1100 && letter <= 0xd7ff && !(letter >= 0x2000 && letter < 0x3000);

const lettersUsed = () => {
  const written = [
    ...globSync('content/{interface,glossary,pages}/*ko*'),
    ...globSync('content/sources.yaml'),
    ...globSync(`${courseRoot}/**/*ko*`),
    ...globSync(`${courseRoot}/course.yaml`),
    ...globSync('simulations/scenarios/*/*ko*'),
  ];
  const letters = new Set<number>();
  for (const path of written)
    if (/\.\w+$/.test(path)) for (const letter of readFileSync(path, 'utf8')) letters.add(letter.codePointAt(0)!);
  return [...letters].filter(isKorean);
};

export const GET = () => {
  const source = readFileSync(
    createRequire(`${process.cwd()}/package.json`).resolve('@fontsource-variable/noto-sans-kr/index.css'),
    'utf8',
  );
  const letters = lettersUsed();
  const faces = [...source.matchAll(/url\(\.\/files\/([^)]+)\)[\s\S]*?unicode-range:\s*([^;}]+)/g)].flatMap(
    ([, name, range]) => {
      const file = fileOf(name);
      return file && /kr-\d+-/.test(name) && letters.some(rangeTest(range)) ? [{ file, range: range.trim() }] : [];
    },
  );
  const sheet = faces.map(
    ({ file, range }) =>
      `@font-face{font-family:'Noto Sans KR Variable';font-weight:100 900;font-display:swap;` +
      `src:url(${file}) format('woff2');unicode-range:${range.replace(/\s+/g, '')}}`,
  );
  return new Response(`${sheet.join('\n')}\n`, { headers: { 'content-type': 'text/css; charset=utf-8' } });
};
