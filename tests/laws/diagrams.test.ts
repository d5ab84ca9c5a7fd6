/** Laws over the drawn diagrams: every fence has its drawing, every drawing its fence, and none has colours or styles of its own. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagramFolder, diagramName, diagramPlugin, diagramWords, drawing } from '../../src/markdown/diagrams.ts';
import { lessonFiles } from '../../src/markdown/library.ts';
import { outlineOf } from '../../src/markdown/outline.ts';

const fences = lessonFiles().flatMap((file) =>
  outlineOf(readFileSync(file, 'utf8'))
    .fences.filter(({ language }) => language === 'mermaid')
    .map((fence) => ({ ...fence, file, name: diagramName(fence.source) })),
);
const drawn = readdirSync(diagramFolder).filter((file) => file.endsWith('.svg'));

describe('the diagrams', () => {
  it('are drawn, each, and no drawing is left over (npm run diagrams)', () => {
    expect(drawn.sort()).toEqual([...new Set(fences.map(({ name }) => `${name}.svg`))].sort());
    expect(fences.length).toBeGreaterThan(0);
  });

  it('are drawn by the Mermaid that is installed', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { devDependencies: Record<string, string> };
    expect(drawing.mermaid).toBe(manifest.devDependencies['mermaid']);
  });

  it.each(fences)('$file:$line is said in words too, and takes its colours from the page', ({ name, source }) => {
    const svg = readFileSync(join(diagramFolder, `${name}.svg`), 'utf8');
    const { title, description } = diagramWords(source);
    expect(svg).toContain(`<title id="d${name}-title">`);
    for (const words of [title, description]) expect(svg.replaceAll('&amp;', '&')).toContain(words);
    expect(problemsOf(svg)).toEqual([]);
  });

  it('with a colour, a style or a script of its own would be found', () => {
    const faults = [
      '<path fill="#fff"/>',
      '<style>a{}</style>',
      '<path style="fill:red"/>',
      '<script>x</script>',
      '<path stroke="rgb(1, 2, 3)"/>',
      '<path onclick="x"/>',
    ];
    expect(faults.filter((fault) => problemsOf(`<svg>${fault}</svg>`).length !== 1)).toEqual([]);
    expect(problemsOf('<svg><path fill="var(--diagram-line)" d="M0 0"/></svg>')).toEqual([]);
  });

  it('whose text changes by a letter needs a new drawing; white space round it does not matter', () => {
    expect(diagramName('a --> b')).not.toBe(diagramName('a --> c'));
    expect(diagramName('a --> b')).toBe(diagramName('\na --> b\n'));
  });

  it('that has not been drawn stops the build, and the message says what to do', () => {
    const visit = diagramPlugin.code as (node: object, context: object) => unknown;
    expect(() => visit({ type: 'code', lang: 'mermaid', value: 'never --> drawn' }, { sourceFormat: 'mdx' })).toThrow(
      /npm run diagrams/,
    );
    expect(visit({ type: 'code', lang: 'ts', value: 'x' }, { sourceFormat: 'mdx' })).toBeUndefined();
  });
});

function problemsOf(svg: string): string[] {
  const own = /(?:fill|stroke)="(?!var\(--diagram-[a-z]+\)"|none")[^"]*"/g;
  return [...(svg.match(own) ?? []), ...(svg.match(/<style|<script|\sstyle="|\son[a-z]+="/g) ?? [])];
}
