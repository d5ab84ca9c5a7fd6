/**
 * Questions as Moodle XML, the format of Moodle's question bank. What Moodle has no type for becomes the nearest it has: judgements,
 * steps and curves are embedded answers (cloze), an order is a matching of things with places. It knows no file and no site.
 */
import { beginning, decimal, escaped, html, lawful, list, paragraph, plain } from './markup.ts';
import { bodyOf, type Body, type Choice, type Leaving, type LeavingLink, type Say } from './leaving.ts';

const element = (name: string, content: string, attributes = ''): string =>
  `<${name}${attributes === '' ? '' : ` ${attributes}`}>${content}</${name}>`;
/** HTML inside XML is escaped once more, so that no text of an author can end a section early. */
const text = (content: string): string => element('text', escaped(content));
const htmlElement = (name: string, content: string, attributes = ''): string =>
  element(name, text(content), `format="html"${attributes === '' ? '' : ` ${attributes}`}`);
/** The first of `attributes` goes in front, as Moodle writes it. */
const answer = (fraction: string, inside: string, format: string): string =>
  `<answer fraction="${fraction}" format="${format}">${inside}</answer>`;

/** Moodle takes a share of the grade only in these digits: 33.33333 for a third. */
const share = (part: number): string => String(Number((100 * part).toFixed(5)));

const linked = (links: readonly LeavingLink[] = []): string =>
  links.map(({ href, text: words }) => ` <a href="${escaped(href)}">${escaped(lawful(words))}</a>`).join('');

const feedback = (because: string, links?: readonly LeavingLink[]): string =>
  htmlElement('feedback', paragraph(`${html(because)}${linked(links)}`));

/**
 * HTML inside an embedded answer. Moodle decodes entities once more there, before it reads the HTML, so an ampersand needs two;
 * and what would end an answer, its feedback or all of them is written as an entity.
 */
const embedded = (content: string): string =>
  content.replaceAll('&', '&amp;').replaceAll(/[~#{}\\]/g, (character) => `&#${character.codePointAt(0)};`);

const embeddedChoices = (choices: readonly Choice[], links: Leaving['links']): string => {
  const each = choices.map(({ id, text: words, right, because }) => {
    const said = `${html(because)}${linked(links[id])}`;
    return `${right ? '=' : ''}${embedded(html(words))}#${embedded(said)}`;
  });
  return `{1:MULTICHOICE_V:${each.join('~')}}`;
};

/** The height of a point: right, too low and too high each have their own words. Moodle takes the first that fits. */
function embeddedHeight(value: number, within: number, shapes: Record<string, string>): string {
  const low = Math.max(0, value - within) / 2;
  const words = (shape: string): string => embedded(html(shapes[shape] ?? ''));
  return `{1:NUMERICAL:=${decimal(value)}:${decimal(within)}#${words('close')}~%0%${decimal(low)}:${decimal(low)}#${words('too-low')}~%0%*#${words('too-high')}}`;
}

/** The type in Moodle, and what stands in the question beside the fields that all of them have. */
function written(
  body: Body,
  { question, links }: Leaving,
  say: Say,
): { type: string; asked: string; rest: string; told: string } {
  const asked = paragraph(html(question.words.prompt));
  switch (body.kind) {
    case 'choices': {
      const right = body.choices.filter((choice) => choice.right).length;
      const fraction = (choice: Choice): string =>
        choice.right ? share(1 / right) : body.single ? '0' : share(-1 / right);
      const answers = body.choices.map((choice) =>
        answer(fraction(choice), `${text(html(choice.text))}${feedback(choice.because, links[choice.id])}`, 'html'),
      );
      return {
        type: 'multichoice',
        asked,
        rest: [
          element('single', String(body.single)),
          element('shuffleanswers', '1'),
          element('answernumbering', 'abc'),
          ...answers,
        ].join('\n'),
        told: '',
      };
    }
    case 'steps': {
      const steps = body.steps.map(
        ({ prompt, choices }) => `${paragraph(html(prompt))}${paragraph(embeddedChoices(choices, links))}`,
      );
      return { type: 'cloze', asked: `${asked}${steps.join('')}`, rest: '', told: '' };
    }
    case 'places': {
      const items = body.items.map(({ text: words, place }) =>
        htmlElement('subquestion', html(words)).replace(
          '</subquestion>',
          `${element('answer', text(plain(place)))}</subquestion>`,
        ),
      );
      // Moodle wants three places to choose from at least; one that is nobody's makes up for a pair of groups.
      const filler =
        body.places.length < 3
          ? [htmlElement('subquestion', '').replace('</subquestion>', `${element('answer', text('–'))}</subquestion>`)]
          : [];
      const ends = body.ordered ? orderTold(question, body.places.length, say) : '';
      return {
        type: 'matching',
        asked: `${asked}${ends}`,
        rest: [element('shuffleanswers', 'true'), ...items, ...filler].join('\n'),
        // Moodle has no words for a single item, so all of them are said afterwards.
        told: list(
          body.items.map(
            ({ id, text: words, place, because }) =>
              `<strong>${html(words)}</strong> → ${html(place)}. ${html(because)}${linked(links[id])}`,
          ),
        ),
      };
    }
    case 'number': {
      const right = answer(
        '100',
        `${text(decimal(body.value))}${element('tolerance', decimal(body.within))}${htmlElement('feedback', '')}`,
        'plain_text',
      );
      const wrong = body.wrong.map(({ id, value, within, because }) =>
        answer(
          '0',
          `${text(value === null ? '*' : decimal(value))}${element('tolerance', decimal(within))}${feedback(because, links[id])}`,
          'plain_text',
        ),
      );
      const units = body.units.map(({ name, factor }) =>
        element(
          'unit',
          `${element('multiplier', decimal(1 / factor))}${element('unit_name', escaped(plain(name).replaceAll(' ', '')))}`,
        ),
      );
      const first = body.units[0]?.name;
      return {
        type: 'numerical',
        asked: first === undefined ? asked : `${asked}${paragraph(`(${html(first)})`)}`,
        rest: [
          right,
          ...wrong,
          ...(units.length === 0 ? [] : [element('units', units.join(''))]),
          element('unitgradingtype', '0'),
          element('unitpenalty', '0.1'),
          element('showunits', units.length === 0 ? '3' : '0'),
          element('unitsleft', '0'),
        ].join('\n'),
        told: '',
      };
    }
    case 'words': {
      // An asterisk in an answer stands for anything.
      const literal = (words: string): string => plain(words).replaceAll('*', '\\*');
      const right = body.accepts.map((words) =>
        answer('100', `${text(literal(words))}${htmlElement('feedback', '')}`, 'plain_text'),
      );
      const wrong = body.wrong.flatMap(({ id, accepts, because }) =>
        accepts.map((words) => answer('0', `${text(literal(words))}${feedback(because, links[id])}`, 'plain_text')),
      );
      const other = answer('0', `${text('*')}${feedback(body.otherwise, links['otherwise'])}`, 'plain_text');
      return {
        type: 'shortanswer',
        asked,
        rest: [element('usecase', '0'), ...right, ...wrong, other].join('\n'),
        told: '',
      };
    }
    case 'curve': {
      const points = body.points.map(({ x, value, within, given }) => {
        const height = given
          ? `<strong>${value.toFixed(body.digits)}</strong>`
          : embeddedHeight(value, within, body.shapes);
        return `${html(body.x)}: ${decimal(x)} → ${html(body.y)}: ${height} ${html(body.unit)}`;
      });
      return { type: 'cloze', asked: `${asked}${list(points)}`, rest: '', told: '' };
    }
    default:
      return body satisfies never;
  }
}

const orderTold = ({ words }: Leaving['question'], count: number, say: Say): string => {
  const { first, last } = words as unknown as { first: string; last: string };
  return paragraph(escaped(say('paper.ordering', { first: plain(first), last: plain(last), count })));
};

function questionElement(leaving: Leaving, say: Say): string {
  const { question, links } = leaving;
  const { facts, words } = question;
  const { type, asked, rest, told } = written(bodyOf(question, say), leaving, say);
  const general = `${paragraph(`${html(words.because)}${linked(links['reread'])}`)}${told}`;
  return [
    `<question type="${type}">`,
    element('name', text(beginning(words.prompt, 100))),
    htmlElement('questiontext', asked),
    htmlElement('generalfeedback', general),
    element('defaultgrade', '1'),
    element('penalty', '0.3333333'),
    element('hidden', '0'),
    element('idnumber', escaped(facts.id)),
    ...(rest === '' ? [] : [rest]),
    ...(words.hints ?? []).map((hint) => htmlElement('hint', paragraph(html(hint)))),
    element('tags', [facts.topic, facts.type].map((tag) => element('tag', text(tag))).join('')),
    '</question>',
  ].join('\n');
}

/** The path of a category. A slash in a name is written twice, since one parts two levels. */
const categoryOf = (path: readonly string[]): string =>
  ['$course$', 'top', ...path.map((name) => plain(name).replaceAll('/', '//').slice(0, 250))].join('/');

const categoryElement = (path: readonly string[]): string =>
  `<question type="category">\n${element('category', text(categoryOf(path)))}\n</question>`;

/** A file for Moodle's question bank, in UTF-8: a category for each place in the course, with its questions. */
export function moodleXml(questions: readonly Leaving[], say: Say): string {
  const blocks = questions.flatMap((leaving, at) => {
    const isNewPlace = at === 0 || categoryOf(questions[at - 1]!.path) !== categoryOf(leaving.path);
    return [...(isNewPlace ? [categoryElement(leaving.path)] : []), questionElement(leaving, say)];
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n${blocks.join('\n')}\n</quiz>\n`;
}
