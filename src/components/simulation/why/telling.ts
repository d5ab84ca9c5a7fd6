/**
 * Puts sentences about why into the reader's language: parts, faults, dials and reasons by their names, times, rates and
 * shares with their units. Which value is what it knows by the value's name.
 */
import type { Sentence } from '../../../core/playback/sentences.ts';
import type { Speech } from '../speech.ts';

const isOneOf = (...names: string[]) => {
  const known = new Set(names);
  return (name: string): boolean => known.has(name);
};
const isPart = isOneOf('part', 'caller', 'callee', 'by');
const isMoment = isOneOf('at', 'until', 'since', 'end');
const isTime = isOneOf('took', 'usual', 'time');
const isShare = isOneOf('share');
const isRate = isOneOf('rate', 'rateBefore', 'goodput', 'arrivals', 'completions');
const isNumber = isOneOf('per', 'perBefore', 'times', 'waiting', 'waitingBefore', 'value');

/** A part by its name; a link by what its caller does. */
export function nameOf(speech: Speech, place: string): string {
  const name = (id: string): string => speech.words.parts[id] ?? id;
  const [caller, callee] = place.split('>') as [string, string | undefined];
  return callee === undefined
    ? name(caller)
    : speech.say('why.linkCaller', { caller: name(caller), callee: name(callee) });
}

/** A number of things that need not be whole: an average, with no more figures than it deserves. */
const average = (speech: Speech, value: number): string =>
  speech.number(Math.abs(value) >= 100 ? Math.round(value) : value);

/** A sentence in words. */
export function tell(speech: Speech, { id, values }: Sentence): string {
  const spoken: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string') {
      if (isPart(name)) spoken[name] = speech.words.parts[value] ?? value;
      else if (name === 'fault') spoken[name] = speech.fault(value);
      else if (name === 'dial') spoken[name] = speech.words.dials[value]?.name ?? value;
      else if (name === 'reason') spoken[name] = speech.say(`why.reasons.${value}`);
      else spoken[name] = value;
    } else if (isMoment(name)) spoken[name] = speech.moment(value);
    else if (isTime(name)) spoken[name] = speech.quantity(value, 'time');
    else if (isShare(name)) spoken[name] = speech.quantity(value, 'share');
    else if (isRate(name)) spoken[name] = speech.quantity(value, 'rate');
    else if (isNumber(name)) spoken[name] = average(speech, value);
    else spoken[name] = value;
  }
  return speech.say(id, spoken);
}
