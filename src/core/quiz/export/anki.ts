/**
 * Questions as a text file for Anki: a line each, its fields parted by tabs. The name of a question in its language is the note's
 * guid, so that a file of a later date mends notes and keeps their history. It knows no file and no site.
 */
import { decimal, escaped, html, lawful, list, paragraph, plain } from './markup.ts';
import { bodyOf, type Body, type Choice, type Leaving, type LeavingLink, type Say } from './leaving.ts';

const linked = (links: readonly LeavingLink[] = []): string =>
  links
    .map(({ href, text }) => ` <a href='${escaped(href).replaceAll("'", '&apos;')}'>${escaped(lawful(text))}</a>`)
    .join('');

/** Right and wrong by a sign and never by colour alone. */
const judged = ({ right, text, because, id }: Choice, links: Leaving['links']): string =>
  `${right ? '✓' : '✗'} <strong>${html(text)}</strong>. ${html(because)}${linked(links[id])}`;

/** What is asked, and what is to be said to it. */
function sides(body: Body, { question, links }: Leaving, say: Say): { front: string; back: string } {
  switch (body.kind) {
    case 'choices':
      return {
        front: `${paragraph(escaped(say(body.single ? 'paper.oneChoice' : 'paper.several')))}${list(body.choices.map(({ text }) => html(text)))}`,
        back: list(
          body.choices.toSorted((a, b) => Number(b.right) - Number(a.right)).map((choice) => judged(choice, links)),
        ),
      };
    case 'steps':
      return {
        front: list(
          body.steps.map(
            ({ prompt, choices }) => `${html(prompt)} (${choices.map(({ text }) => html(text)).join(' / ')})`,
          ),
        ),
        back: list(
          body.steps.map(({ prompt, choices }) => {
            const right = choices.find((choice) => choice.right);
            const others = choices.filter((choice) => !choice.right && choice.because !== right?.because);
            return `${html(prompt)} ${right === undefined ? '' : judged(right, links)}${list(others.map((choice) => judged(choice, links)))}`;
          }),
        ),
      };
    case 'places': {
      const { first, last } = question.words as unknown as { first: string; last: string };
      const how = body.ordered
        ? say('paper.ordering', { first: plain(first), last: plain(last), count: body.places.length })
        : body.places.map(plain).join(' / ');
      const inOrder = body.items.toSorted((a, b) => body.places.indexOf(a.place) - body.places.indexOf(b.place));
      return {
        front: `${paragraph(escaped(how))}${list(body.items.map(({ text }) => html(text)))}`,
        back: list(
          inOrder.map(
            ({ id, text, place, because }) =>
              `${html(place)}: <strong>${html(text)}</strong>. ${html(because)}${linked(links[id])}`,
          ),
        ),
      };
    }
    case 'number': {
      const unit = body.units[0]?.name ?? '';
      const told = decimal(Number(body.value.toPrecision(3)));
      return {
        front: unit === '' ? '' : paragraph(`(${html(unit)})`),
        back: `${paragraph(`<strong>${told} ${html(unit)}</strong>`)}${list(
          body.wrong.flatMap(({ id, value, because }) =>
            value === null ? [] : [`✗ ${decimal(value)} ${html(unit)}: ${html(because)}${linked(links[id])}`],
          ),
        )}`,
      };
    }
    case 'words':
      return {
        front: '',
        back: `${paragraph(`<strong>${html(body.accepts[0] ?? '')}</strong> ${body.accepts.length > 1 ? `(${body.accepts.slice(1).map(html).join(', ')})` : ''}`)}${list(
          body.wrong.map(
            ({ id, accepts, because }) => `✗ ${accepts.map(html).join(', ')}: ${html(because)}${linked(links[id])}`,
          ),
        )}`,
      };
    case 'curve': {
      const line = ({ x, value }: { x: number; value: number }): string =>
        `${decimal(x)} → ${value.toFixed(body.digits)} ${html(body.unit)}`;
      const given = body.points.filter((point) => point.given);
      const asked = body.points.filter((point) => !point.given).map(({ x }) => `${decimal(x)} → ?`);
      return {
        front: `${paragraph(`${html(body.x)} → ${html(body.y)}`)}${list([...given.map(line), ...asked])}`,
        back: list(body.points.map(line)),
      };
    }
    default:
      return body satisfies never;
  }
}

/** A field on one line: no tab, no line break, and no quotation mark, which Anki takes for the beginning of a quoted field. */
const field = (content: string): string => content.replaceAll(/\s+/g, ' ').replaceAll('"', '&quot;').trim();

/** A deck's name is no HTML. Two colons part its levels, so a name has none of its own. */
const deckOf = (path: readonly string[]): string =>
  path.map((name) => plain(name).replaceAll('"', "'").replaceAll(/:{2,}/g, ':')).join('::');

/** A file for Anki's import, in UTF-8. `language` keeps the notes of one language apart from those of another. */
export function ankiText(questions: readonly Leaving[], say: Say, language: string): string {
  const lines = questions.map((leaving) => {
    const { facts, words } = leaving.question;
    const { front, back } = sides(bodyOf(leaving.question, say), leaving, say);
    const because = paragraph(`${html(words.because)}${linked(leaving.links['reread'])}`);
    return [
      `${facts.id}.${language}`,
      deckOf(leaving.path.slice(0, -1)),
      `${paragraph(html(words.prompt))}${front}`,
      `${back}${because}`,
      `${facts.topic} ${facts.type}`,
    ]
      .map(field)
      .join('\t');
  });
  const headers = ['#separator:tab', '#html:true', '#guid column:1', '#deck column:2', '#tags column:5'];
  return `${[...headers, ...lines].join('\n')}\n`;
}
