/**
 * Diagrams: Mermaid text in a lesson, drawn ahead into content/diagrams/<hash>.svg by `npm run diagrams`.
 * Here are their names and their way on to the page; the drawing itself is in scripts/diagrams.ts and needs a browser.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MdastPluginDefinition } from 'satteri';

/** What the drawing depends on besides its text. A change here gives every diagram a new name, so all are drawn again. */
export const drawing = { mermaid: '12.3.0', hand: 2 };

export const diagramFolder = 'content/diagrams';

/** The name of a diagram's file: a hash of its text and of what draws it. */
export function diagramName(source: string): string {
  return createHash('sha256')
    .update(JSON.stringify([drawing, source.trim()]))
    .digest('hex')
    .slice(0, 16);
}

/** The words of a diagram, for those who do not see it: `accTitle:` and `accDescr:` in its text. */
export function diagramWords(source: string): { title: string; description: string } {
  const title = /^\s*accTitle:\s*(.+)$/m.exec(source)?.[1]?.trim() ?? '';
  const description =
    /^\s*accDescr:\s*(.+)$/m.exec(source)?.[1]?.trim() ??
    /^\s*accDescr\s*\{([\s\S]*?)\}/m.exec(source)?.[1]?.replace(/\s+/g, ' ').trim() ??
    '';
  return { title, description };
}

/** Puts the drawn SVG in the place of each Mermaid fence. */
export const diagramPlugin: MdastPluginDefinition = {
  name: 'diagrams',
  code(node, context) {
    if (node.lang !== 'mermaid') return;
    const path = join(process.cwd(), diagramFolder, `${diagramName(node.value)}.svg`);
    if (!existsSync(path)) {
      throw new Error(
        `${context.fileURL?.pathname ?? 'a lesson'}: a diagram has not been drawn yet. Run "npm run diagrams" and commit ${diagramFolder}.`,
      );
    }
    const { title } = diagramWords(node.value);
    const html = `<figure class="diagram">${readFileSync(path, 'utf8').trim()}<figcaption>${escape(title)}</figcaption></figure>`;
    if (context.sourceFormat !== 'mdx') return { type: 'html', value: html };
    // Handed on as set:html: as a raw node, its text would get curly quotes.
    return {
      type: 'mdxJsxFlowElement',
      name: 'Fragment',
      attributes: [{ type: 'mdxJsxAttribute', name: 'set:html', value: html }],
      children: [],
    };
  },
};

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
