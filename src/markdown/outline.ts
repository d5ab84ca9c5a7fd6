/**
 * A lesson's MDX read into what the rules speak of: headings, tags, fences and prose, each with its line.
 * It knows no rule and no file.
 */
import { mdxToMdast, type Features } from 'satteri';

/** The features of Markdown that lessons use, the same for the site and for the checks. */
export const features: Features = { headingAttributes: true, smartPunctuation: { dashes: false } };

export interface OutlineHeading {
  depth: number;
  id: string | null;
  text: string;
  line: number;
}

export interface OutlineTag {
  name: string;
  /** Text, number or true (an attribute without a value), as written. */
  attributes: Record<string, string | number | boolean>;
  line: number;
  /** The tags around it, outermost first. */
  inside: string[];
  /** The words in it. */
  text: string;
}

export interface OutlineFence {
  language: string;
  source: string;
  line: number;
}

/** A piece of running text: no tags, no code. */
export interface OutlineText {
  text: string;
  line: number;
  inside: string[];
  /** Number of the paragraph, list item, heading or cell that it is in. */
  block: number;
  /** The tag that it directly follows, when there is nothing between. */
  after: string | null;
}

export interface Outline {
  /** The front matter as written (YAML). */
  frontmatter: string;
  headings: OutlineHeading[];
  tags: OutlineTag[];
  fences: OutlineFence[];
  texts: OutlineText[];
  /** Lines of `import` and `export`, and of expressions: lessons have none. */
  code: { line: number; what: string }[];
}

interface Node {
  type: string;
  value?: string;
  name?: string | null;
  depth?: number;
  lang?: string | null;
  attributes?: { type: string; name?: string; value?: string | null | { value: string } }[];
  data?: { hProperties?: { id?: string } };
  children?: Node[];
  position?: { start: { line: number } };
}

const blocks = new Set(['paragraph', 'heading', 'tableCell', 'listItem']);

/** Reads a lesson. Throws where it is no MDX at all; the message begins with line and column. */
export function outlineOf(source: string): Outline {
  const outline: Outline = { frontmatter: '', headings: [], tags: [], fences: [], texts: [], code: [] };
  let block = 0;
  const walk = (node: Node, inside: string[], before: Node | null): void => {
    const line = node.position?.start.line ?? 0;
    let within = inside;
    if (blocks.has(node.type)) block += 1;
    if (node.type === 'yaml') outline.frontmatter = node.value ?? '';
    else if (node.type === 'heading') {
      outline.headings.push({
        depth: node.depth ?? 0,
        id: node.data?.hProperties?.id ?? null,
        text: textOf(node).trim(),
        line,
      });
    } else if (node.type === 'code') outline.fences.push({ language: node.lang ?? '', source: node.value ?? '', line });
    else if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') {
      const name = node.name ?? 'Fragment';
      outline.tags.push({ name, attributes: attributesOf(node, line), line, inside, text: textOf(node).trim() });
      within = [...inside, name];
    } else if (node.type === 'text') {
      const after = before && before.type.startsWith('mdxJsx') ? (before.name ?? null) : null;
      outline.texts.push({ text: node.value ?? '', line, inside, block, after });
    } else if (node.type === 'mdxjsEsm') outline.code.push({ line, what: 'import or export' });
    else if (node.type === 'mdxFlowExpression' || node.type === 'mdxTextExpression') {
      if (!/^\s*\/\*[\s\S]*\*\/\s*$/.test(node.value ?? '')) outline.code.push({ line, what: `{${node.value}}` });
    }
    let previous: Node | null = null;
    for (const child of node.children ?? []) {
      walk(child, within, previous);
      previous = child;
    }
  };
  walk(mdxToMdast(source, { features }) as unknown as Node, [], null);
  return outline;
}

function textOf(node: Node): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value ?? '';
  return (node.children ?? []).map(textOf).join('');
}

function attributesOf(node: Node, line: number): OutlineTag['attributes'] {
  const read: OutlineTag['attributes'] = {};
  for (const attribute of node.attributes ?? []) {
    if (attribute.type !== 'mdxJsxAttribute' || !attribute.name)
      throw new Error(`${line}:1: <${node.name}> spreads an expression; write its attributes out`);
    const { value } = attribute;
    if (value === null || value === undefined) read[attribute.name] = true;
    else if (typeof value === 'string') read[attribute.name] = value;
    else {
      const number = Number(value.value);
      if (value.value.trim() === '' || !Number.isFinite(number)) {
        throw new Error(
          `${line}:1: ${attribute.name}={${value.value}} of <${node.name}>: only numbers stand in braces; write ${attribute.name}="…"`,
        );
      }
      read[attribute.name] = number;
    }
  }
  return read;
}
