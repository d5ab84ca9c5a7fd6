/** Damaged and hostile links: some written by hand, the rest made from good ones in fixed ways. Every one must be refused. */

export interface Hostile {
  /** What is wrong with it. */
  what: string;
  text: string;
}

/** Good links of every version; all for the scenario `one-server` with a design `one` and a dial `arrivalRate`. */
export const goodLinks = [
  '1;one-server;one;arrivalRate:9.9,variability:2;pause@154.2:10;1;154.2;0.1.0;0123456789abcdef',
  '2;one-server;one,two;arrivalRate:9.9,variability:2;pause@154.2:10,mend:pause@160,arrivalRate=4@200.5;42;154.2;0.1.0;0123456789abcdef;follow:17,words',
  '3;one-server;one,two;arrivalRate:9.9,variability:2;pause@154.2:10;42;154.2;2.0.0;0123456789abcdef;loop:100-160.5,why:run;pause@154.2:10,arrivalRate=4@200.5,mend:pause@160',
] as const;

const script = '<script>alert(1)</script>';
/** Texts that are no id, no number, no digest and no word of a view, wherever they stand. */
const poison: [string, string][] = [
  ['a script', script],
  ['an image that would run', '<img src=x onerror=alert(1)>'],
  ['an address that would run', 'javascript:alert(1)'],
  ['a template', '${alert(1)}'],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  ['toString', 'toString'],
  ['hasOwnProperty', 'hasOwnProperty'],
  ['NaN', 'NaN'],
  ['Infinity', 'Infinity'],
  ['a number beyond all', '1e999'],
  ['a negative number beyond all', '-1e999'],
  ['a hexadecimal number', '0x10'],
  ['a number with a separator', '1_000'],
  ['a very long number', '9'.repeat(400)],
  ['Arabic digits', '٣٤'],
  ['full-width digits', '１２'],
  ['text that runs from right to left', '\u202Eevil\u202C'],
  ['a joiner that is not seen', 'one\u200D'],
  ['a zero byte', 'one\0'],
  ['a line break', 'one\n'],
  ['half a character', '\uD83D'],
  ['a heap of accents', `o${'\u0301'.repeat(500)}`],
  ['a letter that looks like o', 'оne'],
  ['a path', '../../../../etc/passwd'],
  ['a query', "' OR 1=1 --"],
  ['a formula', '=HYPERLINK("http://example.com")'],
  ['nested brackets', '['.repeat(2000)],
  ['a hundred thousand letters', 'a'.repeat(100_000)],
];

const byHand: Hostile[] = [
  { what: 'nothing', text: '' },
  { what: 'a space', text: ' ' },
  { what: 'one semicolon', text: ';' },
  { what: 'only semicolons', text: ';'.repeat(9) },
  { what: 'a thousand semicolons', text: ';'.repeat(1000) },
  { what: 'a megabyte', text: 'x'.repeat(1_000_000) },
  { what: 'ten megabytes of semicolons', text: ';'.repeat(10_000_000) },
  { what: 'a megabyte of faults', text: `2;one-server;one;;${'pause@1,'.repeat(125_000)};1;0;;;` },
  { what: 'a thousand faults', text: `2;one-server;one;;${Array(1000).fill('pause@1').join(',')};1;0;;;` },
  { what: 'a hundred and one inputs', text: `2;one-server;one;;${Array(101).fill('mend:pause@1').join(',')};1;0;;;` },
  { what: 'only commas', text: `2;one-server;one;;${','.repeat(5000)};1;0;;;` },
  { what: 'deeply nested JSON', text: '['.repeat(100_000) },
  { what: 'JSON', text: '{"version":2,"scenario":"one-server"}' },
  { what: 'JSON with a prototype', text: '{"__proto__":{"polluted":true}}' },
  { what: 'version 0', text: goodLinks[1].replace('2;', '0;') },
  { what: 'version -1', text: goodLinks[1].replace('2;', '-1;') },
  { what: 'version 4', text: goodLinks[2].replace('3;', '4;') },
  { what: 'version 999', text: goodLinks[1].replace('2;', '999;') },
  { what: 'version 1e9', text: goodLinks[1].replace('2;', '1e9;') },
  { what: 'version 2.0', text: goodLinks[1].replace('2;', '2.0;') },
  { what: 'version 02 with a space', text: goodLinks[1].replace('2;', ' 2;') },
  { what: 'fields of the first version under the second', text: goodLinks[0].replace('1;', '2;') },
  { what: 'fields of the second version under the first', text: goodLinks[1].replace('2;', '1;') },
  { what: 'fields of the third version under the first', text: goodLinks[2].replace('3;', '1;') },
  { what: 'fields of the second version under the third', text: goodLinks[1].replace('2;', '3;') },
  { what: 'a field too many', text: `${goodLinks[1]};` },
  { what: 'a field too many of the third version', text: `${goodLinks[2]};` },
  {
    what: 'a left future of a thousand faults',
    text: `3;one-server;one;;;1;0;;;;${Array(1000).fill('pause@1').join(',')}`,
  },
  { what: 'a left future that is no list', text: `3;one-server;one;;;1;0;;;;--` },
  { what: 'another scenario', text: goodLinks[1].replace('one-server', 'retry-storm') },
  { what: 'the template', text: goodLinks[1].replace('one-server', '_template') },
  { what: 'a scenario in another case', text: goodLinks[1].replace('one-server', 'One-Server') },
  { what: 'no design', text: goodLinks[1].replace('one,two', '') },
  { what: 'a design and nothing after the comma', text: goodLinks[1].replace('one,two', 'one,') },
  { what: 'six designs', text: goodLinks[1].replace('one,two', 'one,two,one,two,one,two') },
  { what: 'a dial without a value', text: goodLinks[1].replace(':9.9', '') },
  { what: 'a dial with two points', text: goodLinks[1].replace('9.9', '9.9.9') },
  { what: 'a dial just out of range', text: goodLinks[1].replace('9.9', '12.0000001') },
  { what: 'a negative dial', text: goodLinks[1].replace('9.9', '-9.9') },
  { what: 'a fault before the beginning', text: goodLinks[1].replace('@154.2', '@-1') },
  { what: 'a fault after the end', text: goodLinks[1].replace('@154.2', '@600.001') },
  { what: 'a fault that never ends', text: goodLinks[1].replace(':10', ':1e300') },
  { what: 'a fault of no length', text: goodLinks[1].replace(':10', ':0') },
  { what: 'a fault of negative length', text: goodLinks[1].replace(':10', ':-5') },
  { what: 'a fault without a time', text: goodLinks[1].replace('pause@154.2:10', 'pause') },
  { what: 'mending nothing', text: goodLinks[1].replace('mend:pause', 'mend:') },
  { what: 'mending a dial', text: goodLinks[1].replace('mend:pause', 'mend:arrivalRate') },
  { what: 'turning a fault', text: goodLinks[1].replace('arrivalRate=4', 'pause=4') },
  { what: 'turning a dial too far', text: goodLinks[1].replace('arrivalRate=4', 'arrivalRate=400') },
  { what: 'a seed with a fraction', text: goodLinks[1].replace(';42;', ';42.5;') },
  { what: 'a negative seed', text: goodLinks[1].replace(';42;', ';-42;') },
  { what: 'a seed of 2^32', text: goodLinks[1].replace(';42;', ';4294967296;') },
  { what: 'a moment after the end', text: goodLinks[1].replace(';154.2;', ';601;') },
  { what: 'a digest in capitals', text: goodLinks[1].replace('0123456789abcdef', '0123456789ABCDEF') },
  { what: 'a digest that is too short', text: goodLinks[1].replace('0123456789abcdef', '0123') },
  {
    what: 'a hundred words of view',
    text: goodLinks[1].replace('follow:17,words', Array(100).fill('words').join(',')),
  },
];

/** More than three hundred of them, the same ones every time. */
export function hostileLinks(): Hostile[] {
  const made: Hostile[] = [];
  for (const [version, link] of goodLinks.entries()) {
    const fields = link.split(';');
    for (const [place] of fields.entries()) {
      for (const [what, text] of poison) {
        // What the reader's machine is called may be any word: the digest tells runs apart.
        const isEngine = place === 7 && /^[0-9A-Za-z.+-]{0,30}$/.test(text);
        const isView = place === 9 && /^[a-z][a-zA-Z0-9-]{0,39}(:[a-zA-Z0-9.>@-]{1,180})?$/.test(text);
        if (isEngine || isView) continue;
        made.push({
          what: `version ${version + 1}, field ${place + 1}: ${what}`,
          text: fields.with(place, text).join(';'),
        });
      }
    }
    // cut short, as by a mail program
    for (let length = 1; length < link.length - 40; length += 7) {
      made.push({ what: `version ${version + 1}, cut after ${length} letters`, text: link.slice(0, length) });
    }
  }
  return [...byHand, ...made];
}
