/** What was done, where, and why it changes nothing, in the reader's words. */
import type { Fault, Input, Scenario } from '../../../../simulations/index.ts';
import type { NoEffect, Nothing } from '../../../core/playback/no-effect.ts';
import type { Speech } from '../speech.ts';

const partName = (speech: Speech, part: string): string => speech.words.parts[part] ?? part;
export const faultName = (speech: Speech, fault: string): string => speech.fault(fault);
export const dialName = (speech: Speech, dial: string): string => speech.words.dials[dial]?.name ?? dial;

/** The sign of a fault: what stands still, or what is too much. */
export const signOf = (fault: Pick<Fault, 'action'> | undefined): string =>
  fault?.action === 'surge' ? 'surge' : 'stopped';

/** A part by its name, a link by its two ends. */
export function placeName(speech: Speech, place: string): string {
  const [caller, callee] = place.split('>') as [string, string | undefined];
  if (callee === undefined) return partName(speech, caller);
  return speech.say('menu.link', { caller: partName(speech, caller), callee: partName(speech, callee) });
}

/** What was done, without when. */
export function deedName(speech: Speech, input: Input): string {
  if ('fault' in input) return faultName(speech, input.fault);
  if ('mend' in input) return speech.say('schedule.mend', { fault: faultName(speech, input.mend) });
  return speech.say('schedule.turn', { dial: dialName(speech, input.dial) });
}

/** Where it was done; nothing for a dial, which is its own place. */
export function deedPlace(speech: Speech, scenario: Pick<Scenario, 'faults'>, input: Input): string {
  if ('dial' in input) return '';
  const id = 'fault' in input ? input.fault : input.mend;
  const fault = scenario.faults.find((each) => each.id === id);
  return fault === undefined ? '' : placeName(speech, fault.part);
}

/** Why something changes nothing. */
export function reasonInWords(speech: Speech, { why, values }: NoEffect): string {
  const spoken: Record<string, string | number> = { ...values };
  for (const key of ['part', 'caller', 'callee'])
    if (typeof values[key] === 'string') spoken[key] = placeName(speech, values[key]);
  if (typeof values['fault'] === 'string') spoken['fault'] = faultName(speech, values['fault']);
  if (typeof values['dial'] === 'string') spoken['dial'] = dialName(speech, values['dial']);
  if (typeof values['design'] === 'string')
    spoken['design'] = speech.words.designs[values['design']]?.name ?? values['design'];
  if (typeof values['end'] === 'number') spoken['end'] = speech.moment(values['end']);
  return speech.say(`nothing.why.${why}`, spoken);
}

/** That nothing changed, and why if that is known. */
export function nothingInWords(speech: Speech, scenario: Pick<Scenario, 'dials'>, nothing: Nothing): string {
  if (nothing.what === 'setting') return speech.say('nothing.same');
  const because = nothing.reason === null ? '' : ` ${reasonInWords(speech, nothing.reason)}`;
  if (nothing.what === 'deed') return `${speech.say('nothing.same')}${because}`;
  const unit = scenario.dials.find((each) => each.id === nothing.dial)?.unit ?? 'number';
  const values = {
    dial: dialName(speech, nothing.dial),
    before: speech.quantity(nothing.before, unit),
    after: speech.quantity(nothing.after, unit),
  };
  return `${speech.say('nothing.dial', values)}${because}`;
}
