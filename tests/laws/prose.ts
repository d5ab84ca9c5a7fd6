/** How the laws read prose: what a reader reads, how hard it is, and in what two languages differ. */
import type { Outline, OutlineTag } from '../../src/markdown/outline.ts';

/** The texts that a reader reads, block by block; a printed value counts as a word. */
export function readWords({ texts }: Outline): string[] {
  const blocks = new Map<number, string>();
  for (const { text, inside, block, after } of texts) {
    if (inside.includes('Notes') || inside.includes('Slide')) continue;
    const value = after === 'Measured' || after === 'Theory' || after === 'Counted' || after === 'Share' ? ' N ' : '';
    blocks.set(block, (blocks.get(block) ?? '') + value + text);
  }
  return [...blocks.values()].map((block) => block.trim()).filter((block) => block !== '');
}

/** What one language has and the other has not: headings by id, tags with their attributes, in order. */
export function differences(one: Outline, other: Outline): string[] {
  const found: string[] = [];
  const compare = (what: string, a: string[], b: string[]): void => {
    const at = a.findIndex((each, index) => each !== b[index]);
    if (at >= 0 || a.length !== b.length) {
      const where = at >= 0 ? at : Math.min(a.length, b.length);
      found.push(`${what} ${where + 1}: ${a[where] ?? 'nothing'} here, ${b[where] ?? 'nothing'} there`);
    }
  };
  compare(
    'heading',
    ...pair(one, other, ({ headings }) => headings.map(({ depth, id }) => `${'#'.repeat(depth)} ${id}`)),
  );
  compare('tag', ...pair(one, other, ({ tags }) => tags.filter(({ name }) => name !== 'Given').map(written)));
  compare('fence', ...pair(one, other, ({ fences }) => fences.map(({ language }) => language)));
  return found;
}

function pair(one: Outline, other: Outline, read: (outline: Outline) => string[]): [string[], string[]] {
  return [read(one), read(other)];
}

/** A tag without the words that are different in every language. */
function written({ name, attributes, inside }: OutlineTag): string {
  const facts = Object.entries(attributes).filter(([key]) => key !== 'title' && key !== 'alt');
  return `${inside.filter((each) => each !== 'Given').join(' > ')} <${name} ${facts.map(([key, value]) => `${key}=${value}`).join(' ')}>`;
}

/** Flesch's reading ease (Flesch 1948): 100 is very easy, below 30 very hard. Syllables are counted by groups of vowels. */
export function flesch(blocks: string[]): number {
  const sentences = blocks
    .flatMap((block) => block.split(/(?<=[.!?:])\s+/))
    .filter((sentence) => /[a-z]/i.test(sentence));
  const words = sentences.flatMap((sentence) => sentence.match(/[A-Za-z][A-Za-z’'-]*/g) ?? []);
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word.toLowerCase()), 0);
  return 206.835 - 1.015 * (words.length / sentences.length) - 84.6 * (syllables / words.length);
}

function syllablesIn(word: string): number {
  const spoken = word.replace(/[’'-]/g, '').replace(/(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$/, (end) => end[0] ?? '');
  return Math.max(1, (spoken.match(/[aeiouy]+/g) ?? []).length);
}
