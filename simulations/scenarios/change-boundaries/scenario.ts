/** Boundaries of change: twelve parts of a shop, a year of changes to draw borders by, and a year to be judged by. */
import type { ScenarioSource } from '../../index.ts';

/** What customers see, what the staff see, and the rules behind both; for goods, orders, payment and delivery. */
const components = ['pages', 'office', 'rules'].flatMap((layer) =>
  ['goods', 'order', 'payment', 'delivery'].map((entity) => `${layer}-${entity}`),
);
const layers = components.map((_, part) => Math.floor(part / 4));
const entities = components.map((_, part) => part % 4);

/** Causes of change in the first year: what moves in the market, at the carriers, in the law, at the desks, at the till. */
const causes = [
  { touches: [0, 1, 8, 9], weight: 5 },
  { touches: [3, 5, 7, 11], weight: 4 },
  { touches: [2, 6, 10], weight: 3 },
  { touches: [4, 5, 7], weight: 2 },
  { touches: [1, 2, 9], weight: 2 },
];
/** And those that may come in the second: each layer is rebuilt with new means. */
const later = [{ touches: [0, 1, 2, 3] }, { touches: [4, 5, 6, 7] }, { touches: [8, 9, 10, 11] }];

/**
 * What changed together in the shop software Spree in 2013 and in 2014, one word for each change, one letter for each of
 * the twelve parts that it touched; docs/co-change.md says how that was counted.
 */
const firstYear = `
  ik bij hjl bj jl gk jl bjl hjl ijkl abc abcefhijkl efhijl bfjl jl abefghij aefghl fgj fj fl dl bcdfgik
  jl aceg hl il ehjkl ijl abijk bij cgk aegik jl jk bgj bjl fhl ghi bj bfk cgk ef hl hl gl egh jl ab bf bj
  behi ce hl bi fh ijkl jkl ijkl hl il fgjl djl befh bcd adjl bj fj ckl ijl ef fk hil ej bcfhjl ahi ehj ef
  ck hi bfjk hl abcdijl fgh fjkl ijl jl il acgj abcdfgh bcfj defhjl eh jl bchjl abcefgij bfjkl hl abcfi
  bfhijkl fg egjkl dijl fi jl jl befghjl bj hl hj be abj ijkl bj bh cgk efhl dl fhjl bdk bi eij dhl eh jk
  eik eh ei fl il aci il bcdefhjkl jk fj jl bj ab hjk aegl behl cl fj hl cg aijl ef bl fgh jl ae jl hl di
  bf fj ikl aeg hl jk hl fj defhjl dl kl bc hl efgh hil bj egh bc cgk hjl bk ehijl jk abcl jk jl hk bjk ij
  aj ijl hl bgj adel ei bk bjl abck efh fg abcd efgh jl ac bg bj ijl fj bjl acegik hi cjl bj jl ijkl bjl
  defhjl abcdij dl bc gl bgjk fj bf bfg il ehi abcd bj eh hl bgk fj fjl jk bcjk fj ae bl ef ab bfhjl gjkl
  kl bj ef bj aefgh ef jk bj bj bdhjl fjk abcfghj bjkl adefl bck eijkl bcgj eh jk ehl abefhjl hil abcdijk
  beij be bj fg ehijl aei efgh eh bl efhil gk jkl ei bhjl hl fgh cgj jl bj il bj fhl hjkl abc bj jl abdijk
  bfj dl eh abhijk ai ef bjl hl afjl ei adeh bjl ab ehil jl fgh
`;
const secondYear = `
  ijl ghkl ik jl ghkl fl abj fj ai il ijl jkl ckl jl gk efgh afj hkl ef ij ae abcij dhl fi jk ijk ikl il
  jl fjk ij efgh ef bj cj ak jk bj jl bk ejl bg fj efgh fgk bjk efgh ek fk ah fhjkl efghl ai dfjl ai djl
  bk gk hl ef bj fh fjk hl efgh bj jk bjk ejk efh cl el il fj ijk jl aefi bi hkl efgh bdj bj gk jl efgh
  befghj il ik afl abdg bj fjl hj aci abjk jk il ijkl gh aefg bd dhl gkl ej efghi jk jkl ai hjl fk bck bk
  jkl bjk jk bj hjkl efgh dhl jkl fjl fg bj fj efh ij jl aj cghkl abj bg abdefghjl fh bjk ijk hjkl bj jl
  gk abcdefgh beg jk ch fg ghk efgh jl jk abfjl cgkl efgh jl jl bj fj acfgijk bjl cfi bj fh gjk hjl ai gk
  hl bcdfghjkl bh bl gk bj jkl bj bj jk jkl abhil cj efgh jk jk abfjk bk ck bh gjk fh abfj ik bl abj bc il
  cj aei gl cgk bcjk jkl kl abcdi fj aei bdi bj bcdj dl bc egik abi abd eh fj ei jk fj ik bjl ghkl afjkl
  jk jkl gkl ghjkl abcijkl bdij bjk
`;
const changesOf = (words: string): number[][] =>
  words
    .trim()
    .split(/\s+/)
    .map((word) => Array.from(word, (letter) => letter.charCodeAt(0) - 97));
const before = changesOf(firstYear);
const after = changesOf(secondYear);

/** Days at work in a year; the borders are drawn on the day between the two. */
const YEAR = 250;
const spreadOver = (count: number, from: number): number[] =>
  Array.from({ length: count }, (_, i) => from + Math.round(((i + 0.5) / count) * YEAR * 100) / 100);

const scenario: ScenarioSource = {
  id: 'change-boundaries',
  family: 'changing',
  time: { unit: 'day', ticks: 480 },
  horizon: 2 * YEAR + 1,
  warmUp: YEAR + 1,
  parts: {
    requests: {
      kind: 'traffic',
      arrivals: { pattern: 'constant', rate: 0.8 },
      calls: ['shop'],
    },
    shop: {
      kind: 'changes',
      components,
      clusters: { causes, later, least: 3, most: 3, strays: 0.1 },
      record: [...before, ...after],
      drawings: { layers, entities, own: layers },
      borders: 'own',
      learn: YEAR + 1,
      limit: 4,
      ahead: 200,
      calls: ['service1', 'service2', 'service3', 'service4'],
      order: 'in-a-row',
    },
    ...Object.fromEntries(
      [1, 2, 3, 4].map((service) => [
        `service${service}`,
        { kind: 'service' as const, threads: null, service: { law: 'constant' as const, mean: 2 } },
      ]),
    ),
  },
  links: [1, 2, 3, 4].map((service) => ({
    from: 'shop',
    to: `service${service}`,
    latency: { law: 'constant' as const, mean: 1 },
  })),
  designs: [
    { id: 'own', set: {} },
    { id: 'layers', set: { 'parts.shop.borders': 'layers' } },
    { id: 'entities', set: { 'parts.shop.borders': 'entities' } },
    { id: 'found', set: { 'parts.shop.borders': 'found' } },
    { id: 'foreseen', set: { 'parts.shop.borders': 'foreseen' } },
  ],
  dials: [
    {
      id: 'perYear',
      unit: 'count',
      min: 20,
      max: 400,
      step: 20,
      start: 200,
      sets: [{ place: 'parts.requests.arrivals.rate', times: 1 / YEAR }, 'parts.shop.ahead'],
    },
    { id: 'limit', unit: 'count', min: 3, max: 12, step: 1, start: 4, sets: ['parts.shop.limit'] },
    { id: 'strays', unit: 'share', min: 0, max: 1, step: 0.05, start: 0.1, sets: ['parts.shop.clusters.strays'] },
    { id: 'drift', unit: 'share', min: 0, max: 1, step: 0.05, start: 0, sets: ['parts.shop.clusters.drift'] },
    {
      id: 'size',
      unit: 'count',
      min: 1,
      max: 4,
      step: 1,
      start: 3,
      sets: ['parts.shop.clusters.least', 'parts.shop.clusters.most'],
    },
    {
      id: 'handOff',
      unit: 'time',
      min: 0,
      max: 5,
      step: 0.5,
      start: 1,
      sets: [1, 2, 3, 4].map((service) => `links.${service - 1}.latency.mean`),
    },
    {
      id: 'history',
      unit: 'count',
      min: 1,
      max: 2,
      step: 1,
      start: 1,
      sets: [
        { place: 'parts.shop.from', only: 2, value: 'record' },
        { place: 'parts.shop.ahead', only: 2, value: after.length },
        {
          place: 'parts.requests.arrivals',
          only: 2,
          value: {
            pattern: 'trace',
            times: [...spreadOver(before.length, 0), ...spreadOver(after.length, YEAR + 1)],
          },
        },
      ],
    },
    ...components.map((id, part) => ({
      id,
      unit: 'count' as const,
      min: 0,
      max: 3,
      step: 1,
      start: layers[part]!,
      sets: [`parts.shop.drawings.own.${part}`],
    })),
  ],
  boards: [
    {
      id: 'borders',
      columns: [1, 2, 3, 4].map((service) => ({ id: `service${service}`, most: 4 })),
      tokens: components,
      design: 'own',
    },
  ],
  show: {
    measures: [
      'shop.crossed',
      'shop.hindsight',
      'shop.known',
      'shop.owners.mean',
      'shop.services.last',
      'shop.largest.last',
      'shop.response.mean',
    ],
    series: ['shop.crossed', 'shop.hindsight', 'shop.handedOver'],
    sweep: { dial: 'drift', measure: 'shop.crossed' },
  },
  positions: {
    requests: [0, 1],
    shop: [1, 1],
    service1: [0, 0],
    service2: [1, 0],
    service3: [0, 2],
    service4: [1, 2],
  },
  claims: [
    {
      id: 'found-cross-fewer-than-entities',
      at: { design: 'found' },
      measure: 'shop.crossed',
      over: { at: { design: 'entities' }, control: { design: 'entities', dials: { drift: 1 } } },
      relation: 'below',
      value: 0.6,
      control: { design: 'found', dials: { drift: 1 } },
    },
    {
      id: 'found-cross-fewer-than-layers',
      at: { design: 'found' },
      measure: 'shop.crossed',
      over: { at: { design: 'layers' }, control: { design: 'layers', dials: { strays: 1 } } },
      relation: 'below',
      value: 0.55,
      control: { design: 'found', dials: { strays: 1 } },
    },
    {
      id: 'hardly-more-than-in-hindsight',
      at: { design: 'found' },
      measure: 'shop.crossed',
      over: { measure: 'shop.hindsight' },
      relation: 'below',
      value: 1.05,
      control: { design: 'found', dials: { drift: 0.5 } },
    },
    {
      id: 'few-changes-fit-too-well',
      at: { design: 'found', dials: { perYear: 20, size: 2 } },
      measure: 'shop.crossed',
      over: { measure: 'shop.known' },
      relation: 'above',
      value: 1.2,
      control: { design: 'found', dials: { perYear: 400, size: 2 } },
    },
    {
      id: 'blind-borders-as-theory-says',
      at: { design: 'layers', dials: { strays: 1 } },
      measure: 'shop.crossed',
      relation: 'about',
      value: { theory: 'blindCrossing' },
      margin: 0.02,
      control: { design: 'layers', dials: { strays: 0 } },
    },
    {
      id: 'equal-services-a-little-more',
      at: { design: 'layers', dials: { strays: 1 } },
      measure: 'shop.crossed',
      relation: 'above',
      value: { theory: 'blindCrossingApart', times: 1.04 },
      control: { design: 'layers', dials: { strays: 0 } },
    },
    {
      id: 'nothing-belongs-together-nothing-found',
      at: { design: 'found', dials: { strays: 1 } },
      measure: 'shop.crossed',
      over: { at: { design: 'layers', dials: { strays: 1 } }, control: { design: 'layers' } },
      relation: 'above',
      value: 0.95,
      control: { design: 'found' },
    },
    {
      id: 'without-a-limit-one-service',
      at: { design: 'found', dials: { limit: 12 } },
      measure: 'shop.crossed',
      relation: 'below',
      value: 0.001,
      control: { design: 'found', dials: { limit: 10 } },
    },
    {
      id: 'larger-services-cross-less',
      at: { design: 'found', dials: { limit: 8 } },
      measure: 'shop.crossed',
      over: { at: { design: 'found' } },
      relation: 'below',
      value: 0.5,
      control: { design: 'found', dials: { limit: 6 } },
    },
    {
      id: 'layers-win-turned-round',
      at: { design: 'layers', dials: { drift: 0.75 } },
      measure: 'shop.crossed',
      over: { at: { design: 'found', dials: { drift: 0.75 } }, control: { design: 'found' } },
      relation: 'below',
      value: 0.6,
      control: { design: 'layers' },
    },
    {
      id: 'in-spree-found-beat-layers',
      at: { design: 'found', dials: { history: 2 } },
      measure: 'shop.crossed',
      over: { at: { design: 'layers', dials: { history: 2 } } },
      relation: 'below',
      value: 0.95,
      control: { design: 'found', dials: { history: 2, limit: 3 } },
    },
    {
      id: 'in-spree-layers-beat-entities',
      at: { design: 'layers', dials: { history: 2 } },
      measure: 'shop.crossed',
      over: { at: { design: 'entities', dials: { history: 2 } }, control: { design: 'entities' } },
      relation: 'below',
      value: 0.85,
      control: { design: 'layers' },
    },
    {
      id: 'in-spree-as-good-as-hindsight',
      at: { design: 'found', dials: { history: 2 } },
      measure: 'shop.crossed',
      over: { measure: 'shop.hindsight' },
      relation: 'below',
      value: 1.001,
      control: { design: 'found', dials: { history: 2, limit: 6 } },
    },
    {
      id: 'fewer-owners-sooner-done',
      at: { design: 'found' },
      measure: 'shop.response.mean',
      over: { at: { design: 'layers' }, control: { design: 'layers', dials: { drift: 1 } } },
      relation: 'below',
      value: 0.75,
      control: { design: 'found', dials: { drift: 1 } },
    },
  ],
};

export default scenario;
