/** Puts messages and quantities into the reader's language. It knows the messages it was given and no others. */
import { IntlMessageFormat } from 'intl-messageformat';
import type { MeasureUnit } from '../../../simulations/index.ts';
import type { Language } from '../../../languages.ts';
import type { Messages } from '../../interface.ts';
import type { Sentence } from '../../core/playback/sentences.ts';
import type { ScenarioWords } from './scenario-words.ts';

export interface Speech {
  language: Language;
  /** A message by its id, for example `time.play`. */
  say(id: string, values?: Record<string, string | number>): string;
  /** A number with about three figures, as many as one can use. */
  number(value: number): string;
  /** A measure with its unit. */
  quantity(value: number, unit: MeasureUnit): string;
  /** A length of time that was never meant to the last digit, such as how far back an average looks. */
  span(units: number): string;
  /** A moment of the run, with always as many digits. */
  moment(units: number): string;
  /** A fault by its name; one that comes by chance has none of its own and is called after what happens. */
  fault(id: string): string;
  /** A sentence about the run, with its parts and faults called by their names. */
  sentence(sentence: Sentence): string;
  words: ScenarioWords;
  /** The scenario's unit of time, as messages are named after it. */
  timeUnit: string;
}

function find(messages: Messages, id: string): string {
  let at: Messages | string | undefined = messages;
  for (const key of id.split('.')) at = typeof at === 'object' ? at[key] : undefined;
  // A missing label shows its id rather than nothing; a law finds it before a reader does.
  return typeof at === 'string' ? at : id;
}

/** @param timeUnit the scenario's unit of time. */
export function makeSpeech(language: Language, messages: Messages, words: ScenarioWords, timeUnit: string): Speech {
  const formats = new Map<string, IntlMessageFormat>();
  const three = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const hundredths = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });

  const say: Speech['say'] = (id, values = {}) => {
    let format = formats.get(id);
    if (format === undefined) {
      format = new IntlMessageFormat(find(messages, id), language, undefined, { ignoreTag: true });
      formats.set(id, format);
    }
    return String(format.format(values));
  };
  const number: Speech['number'] = (value) => (Math.abs(value) >= 1000 ? whole : three).format(value);
  const time = (value: number): string =>
    timeUnit === 's' && Math.abs(value) < 0.9995
      ? say('units.ms', { value: number(value * 1000) })
      : say(`units.${timeUnit}`, { value: number(value) });
  const quantity: Speech['quantity'] = (value, unit) => {
    if (unit === 'time') return time(value);
    if (unit === 'rate') return say(`rates.${timeUnit}`, { value: number(value) });
    if (unit === 'share') return percent.format(value);
    return number(value);
  };
  const span: Speech['span'] = (units) => {
    const coarse = Number(units.toPrecision(1));
    return time(Math.abs(coarse - units) <= 0.05 * units ? coarse : Number(units.toPrecision(2)));
  };
  // Nothing happens between two cycles.
  const moments = timeUnit === 'cycle' ? whole : hundredths;
  const moment: Speech['moment'] = (units) => say(`units.${timeUnit}`, { value: moments.format(units) });

  const fault: Speech['fault'] = (id) => {
    const name = words.faults[id]?.name ?? say(`action.${id}`);
    return name === `action.${id}` ? id : name;
  };

  const sentence: Speech['sentence'] = ({ id, values }) => {
    const spoken: Record<string, string | number> = { ...values };
    if (typeof values['part'] === 'string') spoken['part'] = words.parts[values['part']] ?? values['part'];
    if (typeof values['fault'] === 'string') spoken['fault'] = fault(values['fault']);
    for (const key of ['at', 'end']) if (typeof values[key] === 'number') spoken[key] = moment(values[key]);
    for (const key of ['mean', 'halfWidth']) if (typeof values[key] === 'number') spoken[key] = time(values[key]);
    if (typeof values['share'] === 'number') spoken['share'] = percent.format(values['share']);
    return say(id, spoken);
  };

  return { language, say, number, quantity, span, moment, fault, sentence, words, timeUnit };
}
