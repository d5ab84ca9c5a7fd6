/** The documents are true where a machine can tell: links lead somewhere, commands exist, the map shows what is there. */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...globSync('{docs,simulations}/**/*.md')]
  .map((path) => path.replaceAll('\\', '/'))
  // Templates and model cards are content: their own laws read them.
  .filter((path) => !path.startsWith('simulations/scenarios/'));

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** Text without its code blocks, in which a bracket is no link. */
const prose = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

/** The names by which headings are linked to, as code hosts make them. */
const anchors = (text: string) =>
  [...prose(text).matchAll(/^#+\s+(.*)$/gm)].map((found) =>
    found[1]!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );

/** What is wrong with the links of one document. */
function brokenLinks(file: string, text: string): string[] {
  const targets = [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map((found) => found[1]!);
  return targets.flatMap((target) => {
    if (/^(https?:|mailto:)/.test(target)) return [];
    const [path = '', anchor] = target.split('#');
    const place = path === '' ? file : join(dirname(file), decodeURIComponent(path));
    if (!existsSync(place)) return [`${file} links to ${target}, which does not exist`];
    if (anchor === undefined || !place.endsWith('.md')) return [];
    return anchors(path === '' ? text : readFileSync(place, 'utf8')).includes(anchor)
      ? []
      : [`${file} links to ${target}: no such heading`];
  });
}

/** Commands that a document names and package.json does not have. */
function unknownCommands(file: string, text: string): string[] {
  const named = [...text.matchAll(/\bnpm (?:run (?:-s |--silent )?([a-z][a-z:-]*)|(start|test)\b)/g)].map(
    (found) => found[1] ?? found[2]!,
  );
  return named
    .filter((name) => !(name in scripts))
    .map((name) => `${file} names npm run ${name}, which package.json does not have`);
}

/** Files and folders of ours that a document names in code font and that do not exist. */
function missingPlaces(file: string, text: string): string[] {
  const named = [...text.matchAll(/`((?:src|content|simulations|scripts|tests|docs|benches|public)\/[\w./-]*)`/g)].map(
    (found) => found[1]!,
  );
  return named.filter((path) => !existsSync(path)).map((path) => `${file} names ${path}, which does not exist`);
}

describe.each(documents)('%s', (file) => {
  const text = readFileSync(file, 'utf8');

  it('links only to what exists', () => {
    expect(brokenLinks(file, text)).toEqual([]);
  });

  it('names only commands that exist', () => {
    expect(unknownCommands(file, text)).toEqual([]);
  });

  it('names only files and folders that exist', () => {
    expect(missingPlaces(file, text)).toEqual([]);
  });
});

describe('the map', () => {
  it('shows every room of the house that is there', () => {
    const text = readFileSync('README.md', 'utf8');
    const rooms = [...text.matchAll(/^\| \[([a-z]+)\/\]/gm)].map((found) => found[1]!);
    const there = globSync('*', {
      exclude: ['node_modules', 'dist', 'test-results', 'playwright-report', 'public'],
    }).filter((name) => statSync(name).isDirectory());
    expect(there.filter((name) => !rooms.includes(name) && !/^(dist-|benches$)/.test(name)).sort()).toEqual([]);
  });
});

describe('these laws', () => {
  it('see a broken link, an unknown command and a missing folder', () => {
    const text = 'See [this](docs/nothing.md), `npm run nothing` and `src/nothing/`. [Up](#nowhere)\n# Here';
    expect(brokenLinks('README.md', text)).toHaveLength(2);
    expect(brokenLinks('README.md', '[Here](#here-we-are)\n# Here we are!')).toEqual([]);
    expect(unknownCommands('README.md', text)).toHaveLength(1);
    expect(missingPlaces('README.md', text)).toHaveLength(1);
  });
});
