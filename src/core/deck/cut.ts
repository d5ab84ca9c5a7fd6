/**
 * A lesson cut into slides. It reads the lesson's HTML as the deck's own tags leave it: headings, pieces that are marked for the
 * deck, pictures, and prose, which stays on the page. It knows no page and no browser.
 *
 * A piece is marked as `<deck-piece kind="…" …>…</deck-piece>`; pieces stand beside one another, never in one another.
 */

/** What a slide shows. */
export type SlideKind = 'title' | 'words' | 'picture' | 'stage' | 'question';

export interface Slide {
  /** Its name in an address: the heading's id, and what else the section shows after a hyphen. */
  id: string;
  /** The heading that it stands under: its id, and its text as HTML. */
  section: string;
  heading: string;
  kind: SlideKind;
  /** What it shows, as HTML. */
  html: string;
}

/** A section of a lesson: its slides, and what belongs to all of them. */
export interface Section {
  id: string;
  /** The heading as HTML, and as plain text. */
  heading: string;
  text: string;
  /** Planned minutes in class; null where the lesson has no note here. */
  minutes: number | null;
  /** What is for the one who teaches, as HTML. */
  notes: string;
  slides: Slide[];
  /** Whether the author wrote words for the slide; without them it has its heading, and the first sentence of the prose. */
  hasWords: boolean;
}

const h2 = /<h2\b[^>]*\bid="([^"]+)"[^>]*>([\s\S]*?)<\/h2>/g;
const pieceOrPicture =
  /<deck-piece\b([^>]*)>([\s\S]*?)<\/deck-piece>|<figure class="(?:diagram|figure)"[^>]*>[\s\S]*?<\/figure>|<table\b[^>]*>[\s\S]*?<\/table>/g;

const attribute = (attributes: string, name: string): string =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';

/** HTML as plain text: tags gone, the five escapes read. */
export function plain(html: string): string {
  const escapes: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return html
    .replace(/<[^>]+>/g, '')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => escapes[name]!)
    .replace(/\s+/g, ' ')
    .trim();
}

/** The first paragraph of some prose as HTML; empty where there is none. */
const firstParagraph = (prose: string): string => /<p\b[^>]*>[\s\S]*?<\/p>/.exec(prose)?.[0] ?? '';

/** One section's slides, from the HTML between its heading and the next. */
function sectionOf(id: string, heading: string, html: string): Section {
  const section: Section = {
    id,
    heading,
    text: plain(heading),
    minutes: null,
    notes: '',
    slides: [],
    hasWords: false,
  };
  const words: string[] = [];
  const shown: { kind: SlideKind; name: string; html: string }[] = [];
  let prose = '';
  let from = 0;
  for (const found of html.matchAll(pieceOrPicture)) {
    prose += html.slice(from, found.index);
    from = found.index + found[0].length;
    const [whole, attributes, inside] = found;
    if (attributes === undefined) {
      shown.push({ kind: 'picture', name: 'picture', html: whole });
      continue;
    }
    switch (attribute(attributes, 'kind')) {
      case 'notes':
        section.minutes = (section.minutes ?? 0) + (Number(attribute(attributes, 'minutes')) || 0);
        section.notes += inside;
        break;
      case 'words':
        words.push(inside!);
        break;
      case 'stage':
        shown.push({ kind: 'stage', name: attribute(attributes, 'name'), html: inside! });
        break;
      case 'question':
        shown.push({ kind: 'question', name: attribute(attributes, 'name'), html: inside! });
        break;
      case 'picture':
        shown.push({ kind: 'picture', name: 'picture', html: inside! });
        break;
    }
  }
  prose += html.slice(from);
  section.hasWords = words.length > 0;
  // A section that only asks or shows needs no slide of its own for its heading.
  const said = words.length > 0 ? words : [firstParagraph(prose)].filter((text) => text !== '');
  const put = (name: string, kind: SlideKind, content: string): void => {
    const taken = section.slides.filter((slide) => slide.id === name || slide.id.startsWith(`${name}-`)).length;
    section.slides.push({ id: taken === 0 ? name : `${name}-${taken + 1}`, section: id, heading, kind, html: content });
  };
  for (const [at, text] of said.entries()) put(at === 0 ? id : `${id}-words`, 'words', text);
  for (const { kind, name, html: content } of shown) put(`${id}-${name}`, kind, content);
  return section;
}

/**
 * The sections of a lesson, with their slides.
 * @param html the lesson's HTML. What stands before its first heading belongs to a first section.
 * @param opening the first section's id and heading.
 * @param leftOut ids of headings whose sections have no slides, such as the reading list.
 */
export function cutIntoSlides(
  html: string,
  opening: { id: string; heading: string },
  leftOut: readonly string[] = [],
): Section[] {
  const sections: Section[] = [];
  let { id, heading } = opening;
  let from = 0;
  const close = (to: number): void => {
    if (!leftOut.includes(id)) sections.push(sectionOf(id, heading, html.slice(from, to)));
  };
  for (const found of html.matchAll(h2)) {
    close(found.index);
    [, id = '', heading = ''] = found;
    from = found.index + found[0].length;
  }
  close(html.length);
  return sections.filter((section) => section.slides.length > 0 || section.notes !== '');
}
