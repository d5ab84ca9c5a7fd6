/**
 * `npm run diagrams`: draws every Mermaid fence of the lessons into content/diagrams/<hash>.svg and removes those that no
 * lesson has any more. Needs a Chromium; neither a build nor a reader does, because the drawings are committed.
 * One drawing serves both themes: its colours are the site's own custom properties.
 */
import { readFileSync, readdirSync, writeFileSync, rmSync, existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { diagramFolder, diagramName, diagramWords, drawing } from '../src/markdown/diagrams.ts';
import { outlineOf } from '../src/markdown/outline.ts';
import { lessonFiles } from '../src/markdown/library.ts';

/**
 * Mermaid wants real colours and computes others from them, so each of ours goes in as a colour that occurs nowhere else and
 * is found again in the drawing. The names are defined in src/styles/tags.css.
 */
const inks = {
  '#fefefd': '--diagram-paper',
  '#f0f1fe': '--diagram-fill',
  '#3b3c4e': '--diagram-text',
  '#5c5d9e': '--diagram-border',
  '#7d7e8f': '--diagram-line',
  '#e6e7f6': '--diagram-group',
  '#fff5d7': '--diagram-note',
};
const [paper, fill, text, border, line, group, note] = Object.keys(inks) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];

const variables: Record<string, string> = {
  background: paper,
  primaryColor: fill,
  mainBkg: fill,
  primaryTextColor: text,
  textColor: text,
  nodeTextColor: text,
  titleColor: text,
  labelColor: text,
  stateLabelColor: text,
  primaryBorderColor: border,
  nodeBorder: border,
  lineColor: line,
  defaultLinkColor: line,
  transitionColor: line,
  specialStateColor: line,
  edgeLabelBackground: paper,
  labelBackground: paper,
  labelBackgroundColor: paper,
  secondaryColor: group,
  secondaryTextColor: text,
  secondaryBorderColor: border,
  tertiaryColor: group,
  tertiaryTextColor: text,
  tertiaryBorderColor: border,
  clusterBkg: group,
  clusterBorder: border,
  actorBkg: fill,
  actorBorder: border,
  actorTextColor: text,
  actorLineColor: line,
  signalColor: line,
  signalTextColor: text,
  labelBoxBkgColor: fill,
  labelBoxBorderColor: border,
  labelTextColor: text,
  loopTextColor: text,
  activationBkgColor: group,
  activationBorderColor: border,
  sequenceNumberColor: paper,
  noteBkgColor: note,
  noteTextColor: text,
  noteBorderColor: border,
  altBackground: group,
  compositeBackground: paper,
  compositeTitleBackground: fill,
  compositeBorder: border,
  innerEndBackground: border,
};
const font = '"Noto Sans CJK KR", "Noto Sans KR", sans-serif';

/** Serves Mermaid's own files to the page; nothing else on the machine can be reached. */
async function serveMermaid(): Promise<{ address: string; close: () => void }> {
  const folder = join(process.cwd(), 'node_modules/mermaid/dist');
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    if (path === '/')
      return void response.setHeader('content-type', 'text/html').end('<!doctype html><meta charset="utf-8"><body>');
    const file = join(folder, path);
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.setHeader('content-type', 'text/javascript').end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}

/** Draws one diagram and returns clean SVG: no style element, no classes, only shapes with their own colours. */
async function draw(page: Page, source: string): Promise<string> {
  const id = `d${diagramName(source)}`;
  const { title, description } = diagramWords(source);
  return page.evaluate(
    async ({ source, id, variables, font, inks, title, description }) => {
      const mermaid = (
        window as unknown as {
          mermaid: { initialize(o: object): void; render(id: string, s: string): Promise<{ svg: string }> };
        }
      ).mermaid;
      mermaid.initialize({
        startOnLoad: false,
        securityLevel: 'strict',
        theme: 'base',
        themeVariables: { ...variables, fontFamily: font, fontSize: '15px' },
        fontFamily: font,
        htmlLabels: false,
        look: 'classic',
        layout: 'dagre',
        handDrawnSeed: 7,
        deterministicIds: true,
        deterministicIDSeed: id,
        sequence: {
          mirrorActors: false,
          width: 110,
          height: 46,
          actorMargin: 40,
          boxMargin: 6,
          messageMargin: 30,
          diagramMarginX: 8,
          diagramMarginY: 8,
          messageAlign: 'center',
          useMaxWidth: false,
        },
        flowchart: { useMaxWidth: false, padding: 14 },
      });
      const { svg: drawn } = await mermaid.render(id, source);
      const box = document.createElement('div');
      box.innerHTML = drawn;
      document.body.append(box);
      const svg = box.querySelector('svg')!;
      // What the style sheet says becomes an attribute of each shape: the page's policy allows no style elements, and the
      // page's own styles must not leak in by class names.
      const own = [
        'fill',
        'stroke',
        'stroke-width',
        'stroke-dasharray',
        'font-size',
        'font-weight',
        'text-anchor',
        'dominant-baseline',
        'opacity',
        'fill-opacity',
        'stroke-linecap',
        'stroke-linejoin',
      ];
      const usual: Record<string, string> = {
        'stroke-dasharray': 'none',
        'font-weight': '400',
        'dominant-baseline': 'auto',
        opacity: '1',
        'fill-opacity': '1',
        'stroke-linecap': 'butt',
        'stroke-linejoin': 'miter',
        'text-anchor': 'start',
      };
      const ink = (value: string): string => {
        const match = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(value);
        if (!match) return value;
        if (match[4] === '0') return 'none';
        const hex = `#${[match[1], match[2], match[3]].map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`;
        const name = (inks as Record<string, string>)[hex];
        if (name) return `var(${name})`;
        // Mermaid hard-codes a few colours of its own; dark ones are lines and text, light ones are paper.
        const light = (Number(match[1]) + Number(match[2]) + Number(match[3])) / 3;
        return light > 140 ? 'var(--diagram-paper)' : 'var(--diagram-line)';
      };
      const shapes = [...svg.querySelectorAll<SVGElement>('path,rect,line,circle,ellipse,polygon,polyline,text,tspan')];
      const styled = shapes.map((shape) => {
        const computed = getComputedStyle(shape);
        return own.map((name) => [name, computed.getPropertyValue(name)] as const);
      });
      shapes.forEach((shape, index) => {
        const words = shape.matches('text,tspan');
        shape.removeAttribute('style');
        for (const [name, value] of styled[index]!) {
          shape.removeAttribute(name);
          if (
            words
              ? name.startsWith('stroke')
              : name.startsWith('font') || name === 'text-anchor' || name === 'dominant-baseline'
          )
            continue;
          if (name === 'stroke-width' && styled[index]!.find(([each]) => each === 'stroke')?.[1] === 'none') continue;
          if (usual[name] === value || (name === 'stroke' && value === 'none')) continue;
          shape.setAttribute(name, name === 'fill' || name === 'stroke' ? ink(value) : value.replace(/(\d)px/g, '$1'));
        }
      });
      // Hidden things first, while what hides them is still known.
      for (const element of svg.querySelectorAll('style, script, title, desc, foreignObject, text:empty'))
        element.remove();
      for (const element of svg.querySelectorAll('*')) {
        for (const name of element.getAttributeNames()) {
          if (
            name === 'class' ||
            name === 'style' ||
            name.startsWith('data-') ||
            name.startsWith('aria-') ||
            name === 'role' ||
            name === 'alignment-baseline'
          )
            element.removeAttribute(name);
        }
      }
      const used = new Set([...svg.innerHTML.matchAll(/url\(["']?#([^"')]+)["']?\)/g)].map((match) => match[1]));
      for (const element of svg.querySelectorAll('[id]')) if (!used.has(element.id)) element.removeAttribute('id');
      for (const marker of svg.querySelectorAll('marker:not([id]), symbol, defs:empty')) marker.remove();
      for (const defs of svg.querySelectorAll('defs')) if (defs.children.length === 0) defs.remove();
      for (const empty of svg.querySelectorAll('g')) if (empty.children.length === 0) empty.remove();
      const view = svg
        .getAttribute('viewBox')!
        .split(' ')
        .map((each) => Math.round(Number(each) * 10) / 10);
      // Lifelines are drawn far beyond the picture and cut off by it.
      const bottom = view[1]! + view[3]!;
      for (const lifeline of svg.querySelectorAll('line'))
        if (Number(lifeline.getAttribute('y2')) > bottom) lifeline.setAttribute('y2', String(bottom));
      for (const element of svg.querySelectorAll('[name]')) element.removeAttribute('name');
      for (const name of svg.getAttributeNames()) svg.removeAttribute(name);
      svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
      svg.setAttribute('viewBox', view.join(' '));
      svg.setAttribute('width', String(view[2]));
      svg.setAttribute('height', String(view[3]));
      svg.setAttribute('role', 'img');
      svg.setAttribute('aria-labelledby', `${id}-title ${id}-words`);
      const namespace = 'http://www.w3.org/2000/svg';
      const [name, words] = [document.createElementNS(namespace, 'title'), document.createElementNS(namespace, 'desc')];
      name.id = `${id}-title`;
      name.textContent = title;
      words.id = `${id}-words`;
      words.textContent = description;
      svg.prepend(name, words);
      const clean = svg.outerHTML.replace(/(\d+\.\d{2})\d+/g, '$1');
      box.remove();
      return clean;
    },
    { source, id, variables, font, inks, title, description },
  );
}

const wanted = new Map<string, { source: string; where: string }>();
for (const file of lessonFiles()) {
  for (const fence of outlineOf(readFileSync(file, 'utf8')).fences) {
    if (fence.language === 'mermaid')
      wanted.set(diagramName(fence.source), { source: fence.source, where: `${file}:${fence.line}` });
  }
}
mkdirSync(diagramFolder, { recursive: true });
const standing = new Set(
  readdirSync(diagramFolder)
    .filter((file) => file.endsWith('.svg'))
    .map((file) => file.slice(0, -4)),
);
for (const name of standing) if (!wanted.has(name)) rmSync(join(diagramFolder, `${name}.svg`));
const missing = [...wanted].filter(([name]) => process.argv.includes('--all') || !standing.has(name));

const version = (JSON.parse(readFileSync('node_modules/mermaid/package.json', 'utf8')) as { version: string }).version;
if (version !== drawing.mermaid) {
  console.error(
    `Mermaid ${version} is installed, but src/markdown/diagrams.ts says ${drawing.mermaid}. Make them agree; every diagram is then drawn again.`,
  );
  process.exit(1);
}
if (missing.length > 0) {
  const server = await serveMermaid();
  const browser = await chromium.launch({
    ...(existsSync('/usr/bin/chromium') ? { executablePath: '/usr/bin/chromium' } : {}),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage();
    await page.goto(server.address);
    await page.evaluate(async () => {
      const module = (await import(/* @vite-ignore */ `${location.origin}/mermaid.esm.min.mjs`)) as {
        default: unknown;
      };
      (window as unknown as { mermaid: unknown }).mermaid = module.default;
    });
    for (const [name, { source, where }] of missing) {
      const { title, description } = diagramWords(source);
      if (!title || !description)
        throw new Error(
          `${where}: a diagram needs its words for those who do not see it: "accTitle: …" and "accDescr: …" in its text.`,
        );
      try {
        writeFileSync(join(diagramFolder, `${name}.svg`), `${await draw(page, source)}\n`);
        console.log(`${where}: ${diagramFolder}/${name}.svg`);
      } catch (error) {
        throw new Error(
          `${where}: Mermaid cannot draw this: ${error instanceof Error ? error.message : String(error)}`,
          { cause: error },
        );
      }
    }
  } finally {
    await browser.close();
    server.close();
  }
}
console.log(
  `${wanted.size} diagrams, ${missing.length} drawn, ${[...standing].filter((name) => !wanted.has(name)).length} removed`,
);
