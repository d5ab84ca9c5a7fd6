/** The rows of what a measure hangs on: names, shares and effects as they are printed, largest share first. It draws nothing. */
import type { Between, Effect } from '../../../simulations/index.ts';
import { print, type Answer } from '../../core/words/numbers.ts';
import type { Language } from '../../../languages.ts';
import { say } from '../../interface.ts';
import { wordsOf } from '../simulation/scenario-words.ts';

export interface FactorRow {
  /** Which look the row and its piece of the bar have: a factor's place, `pair` or `rest`. */
  look: string;
  name: string;
  share: number;
  /** Printed: the share with its interval, and the effect with its sign and interval; empty where there is none. */
  shown: string;
  between: string;
  effect: string;
}

/** Less than half a percent is not shown. */
const LEAST = 0.005;

export const percentOf = (language: Language, share: number, digits = 0): string =>
  say(language, 'words.unit.percent', {
    amount: new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
      share * 100,
    ),
  });

/** The share of one factor or of a pair, by the names of its dials; null where there is no such one. */
export function shareOf(answer: Answer, factors: readonly string[], of: readonly string[]): Between | null {
  const wanted = of.map((name) => factors.indexOf(name)).sort((a, b) => a - b);
  const found = answer.attribution?.effects.find(
    (effect) => effect.factors.length === wanted.length && effect.factors.every((each, i) => each === wanted[i]),
  );
  return found?.share ?? null;
}

/** A dial that stands high, in the scenario's own words: the name of its upper value where it has one. */
function nameOf(scenario: string, dial: string, language: Language): string {
  const words = wordsOf(scenario, language).dials[dial];
  if (words === undefined) return dial;
  const high = words.values?.['v1'];
  return high === undefined ? words.name : `${words.name}: ${high}`;
}

/** What a measure hangs on, as rows. @param unit as an author may ask for it. */
export function factorRows(
  answer: Answer,
  {
    scenario,
    factors,
    language,
    unit,
  }: { scenario: string; factors: readonly string[]; language: Language; unit?: string },
): FactorRow[] {
  const { effects, rest } = answer.attribution!;
  const names = factors.map((dial) => nameOf(scenario, dial, language));
  const titles = factors.map((dial) => wordsOf(scenario, language).dials[dial]?.name ?? dial);
  const amount = (value: number, half: number | null): string => {
    const printed = print(
      { ...answer, value: Math.abs(value), halfWidth: half },
      { language, digits: 2, ...(unit !== undefined && { unit }) },
    );
    const sign = value < 0 ? '−' : '+';
    const text =
      printed.half === null
        ? printed.value
        : say(language, 'words.give-or-take', { value: printed.value, half: printed.half });
    return `${sign}${say(language, `words.unit.${printed.unit}`, { amount: text })}`;
  };
  const row = (look: string, name: string, share: Between, effect: Effect['effect'] | null): FactorRow => ({
    look,
    name,
    share: share.value,
    shown: percentOf(language, share.value),
    between:
      share.low === null || share.high === null || percentOf(language, share.low) === percentOf(language, share.high)
        ? ''
        : `${percentOf(language, share.low)}–${percentOf(language, share.high)}`,
    effect: effect === null ? '' : amount(effect.value, effect.high === null ? null : effect.high - effect.value),
  });
  const rows = effects.map(({ factors: own, share, effect }) => {
    const [first, second] = own;
    return second === undefined
      ? row(`factor-${first}`, names[first!]!, share, effect)
      : row(
          'pair',
          say(language, 'words.factors.pair', { first: titles[first!]!, second: titles[second]! }),
          share,
          null,
        );
  });
  rows.push(row('rest', say(language, 'words.factors.rest'), rest, null));
  return rows
    .filter(({ share, look }) => share >= LEAST || look.startsWith('factor'))
    .sort((a, b) => b.share - a.share);
}
