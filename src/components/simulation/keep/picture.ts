/** A drawing on the page as a picture of its own: colours and type written into it, a caption above, paper behind. */

/** What a drawing's rules of style may set. Those in the first list pass from a group to what is in it. */
const inherited = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'font-family',
  'font-size',
  'font-weight',
  'font-variant-numeric',
  'text-anchor',
  'paint-order',
];
const own = ['opacity', 'dominant-baseline'];

const SVG = 'http://www.w3.org/2000/svg';
const MARGIN = 24;
const LINE = 24;

/** Writes what the page's style makes of `from` into its copy, and takes away what only the page understands. */
function inline(from: Element, to: Element, parent: CSSStyleDeclaration | null): void {
  const style = getComputedStyle(from);
  for (const name of to.getAttributeNames()) {
    if (/^(class|style|role|tabindex|data-.*|aria-.*|on.*)$/.test(name)) to.removeAttribute(name);
  }
  for (const name of inherited) {
    const value = style.getPropertyValue(name);
    if (value !== '' && value !== parent?.getPropertyValue(name)) to.setAttribute(name, value);
  }
  for (const name of own) {
    const value = style.getPropertyValue(name);
    if (value !== '' && value !== '1' && value !== 'auto') to.setAttribute(name, value);
  }
  const pairs = Array.from(from.children, (child, index) => [child, to.children[index]!] as const);
  for (const [child, copy] of pairs) {
    if (getComputedStyle(child).display === 'none') copy.remove();
    else inline(child, copy, style);
  }
}

function text(words: string, y: number, size: number, weight: number, fill: string): SVGTextElement {
  const element = document.createElementNS(SVG, 'text');
  element.textContent = words;
  const attributes = {
    x: 0,
    y,
    'font-size': `${size}px`,
    'font-weight': weight,
    fill,
    stroke: 'none',
    'text-anchor': 'start',
  };
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

export interface Picture {
  /** The picture as an SVG document. */
  svg: string;
  width: number;
  height: number;
}

/**
 * The picture of a drawing that stands on the page.
 * @param caption its title, and what else is to be known of it, in one line
 */
export function pictureOf(drawing: SVGSVGElement, caption: { title: string; line: string }): Picture {
  const { width, height } = drawing.viewBox.baseVal;
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  inline(drawing, copy, null);
  const colours = getComputedStyle(drawing);
  const colour = (name: string, otherwise: string): string => colours.getPropertyValue(name).trim() || otherwise;
  const top = MARGIN + 2 * LINE + 8;
  const whole = { width: Math.max(width, 420) + 2 * MARGIN, height: height + top + MARGIN };

  const title = document.createElementNS(SVG, 'title');
  title.textContent = `${caption.title}. ${caption.line}`;
  const paper = document.createElementNS(SVG, 'rect');
  for (const [name, value] of Object.entries({
    x: -MARGIN,
    y: -top,
    ...whole,
    fill: colour('--paper', '#ffffff'),
    stroke: 'none',
  }))
    paper.setAttribute(name, String(value));
  copy.prepend(
    title,
    paper,
    text(caption.title, LINE - top + MARGIN - 6, 18, 650, colour('--ink', '#000000')),
    text(caption.line, 2 * LINE - top + MARGIN - 6, 13, 400, colour('--ink-soft', '#444444')),
  );
  copy.setAttribute('xmlns', SVG);
  copy.setAttribute('viewBox', `${-MARGIN} ${-top} ${whole.width} ${whole.height}`);
  copy.setAttribute('width', String(whole.width));
  copy.setAttribute('height', String(whole.height));
  return { svg: new XMLSerializer().serializeToString(copy), ...whole };
}

/** No side of a picture in dots is longer: browsers give up on larger ones. */
const LONGEST = 8000;

/** The same picture in dots, two for each unit. @throws when the browser cannot draw it. */
export async function inDots({ svg, width, height }: Picture): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(2, LONGEST / width, LONGEST / height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('there is no canvas');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((settle, fail) => {
    canvas.toBlob((blob) => (blob === null ? fail(new Error('the canvas is empty')) : settle(blob)), 'image/png');
  });
}
