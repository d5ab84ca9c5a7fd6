/**
 * Why something that the reader did changes nothing. It says only what can be known from the setting and the run: where
 * the reason is not certain, it takes two equal digests to say that nothing changed. It knows no words.
 */
import type { Dial, Fault, Input, Run, Scenario } from '../../../simulations/index.ts';
import { dialAt, scheduleOf } from './deeds.ts';
import type { StageSetting } from './setting.ts';

/** A reason, as the rest of a message's id, with what the message names. Times are in the scenario's unit. */
export interface NoEffect {
  why:
    | 'after-end'
    | 'already-broken'
    | 'nothing-to-mend'
    | 'same-value'
    | 'fixed'
    | 'taken-away'
    | 'unvisited'
    | 'unvisited-link'
    | 'never-begun';
  values: Record<string, string | number>;
}

type Known = Pick<Scenario, 'id' | 'dials' | 'designs' | 'inputs'> & { faults: readonly Fault[] };
/** What of a run is looked at. */
export type Ran = Pick<Run, 'endedAt' | 'time' | 'ledger' | 'idleDials'>;

const lasting = (input: Input, faults: readonly Fault[]): { fault: Fault; from: number; to: number } | null => {
  if (!('fault' in input)) return null;
  const fault = faults.find((each) => each.id === input.fault);
  if (fault === undefined) return null;
  return { fault, from: input.at, to: input.at + (input.duration ?? fault.duration) };
};

/** Whether one fault does to a part what another one does already. */
const isSameDeed = (one: Fault, other: Fault): boolean =>
  one.part === other.part && one.action === other.action && one.instance === other.instance;

/** Actions of which the machine says that done twice they are done once; others may begin anew, or end too early. */
const onOff = new Set(['pause', 'partition']);

/** Whether a run had a part that no request ever came to; what keeps no books of requests is not told. */
const isUnvisited = ({ ledger }: Ran, part: string): boolean => {
  const books = ledger.little[part];
  return books !== undefined && books.byState === 0 && books.byRequest === 0;
};

// the page does not load the machine for this
const placesOf = (dial: Dial): string[] =>
  dial.sets.map((target) => (typeof target === 'string' ? target : target.place));

/**
 * Why a dial changes nothing in the design that runs; null when no reason is certain.
 * @param isSame whether it is known that turning it changed nothing.
 */
export function whyDialIdle(
  scenario: Known,
  setting: Pick<StageSetting, 'design'>,
  dial: Dial,
  ran: Ran,
  isSame = false,
): NoEffect | null {
  if (ran.idleDials.includes(dial.id)) {
    const set = scenario.designs.find((each) => each.id === setting.design)?.set ?? {};
    const isFixed = placesOf(dial).some((place) => Object.hasOwn(set, place));
    return { why: isFixed ? 'fixed' : 'taken-away', values: { dial: dial.id, design: setting.design } };
  }
  if (!isSame) return null;
  const parts = placesOf(dial).map((place) => /^parts\.([^.]+)\./.exec(place)?.[1]);
  const [part] = parts;
  if (part !== undefined && parts.every((each) => each !== undefined && isUnvisited(ran, each)))
    return { why: 'unvisited', values: { part, design: setting.design } };
  return null;
}

/**
 * Why an input changes nothing in a run; null when no reason is certain.
 * @param place where the input stands in the setting's list.
 * @param isSame whether the run is known to be the same without it.
 */
export function whyIdle(
  scenario: Known,
  setting: StageSetting,
  place: number,
  ran: Ran,
  isSame = false,
): NoEffect | null {
  const input = setting.inputs[place];
  if (input === undefined) return null;
  const end = ran.endedAt / ran.time.ticks;
  if (input.at >= end) return { why: 'after-end', values: { end } };
  const all = scheduleOf(scenario, setting.inputs);
  const own = all.findIndex((each) => each.place === place);

  if ('dial' in input) {
    const dial = scenario.dials.find((each) => each.id === input.dial);
    if (dial === undefined) return null;
    const others = { ...setting, inputs: setting.inputs.filter((_, each) => each !== place) };
    if (dialAt(scenario, others, dial.id, input.at) === input.value)
      return { why: 'same-value', values: { dial: dial.id } };
    return whyDialIdle(scenario, setting, dial, ran, isSame);
  }

  if ('mend' in input) {
    const isOn = all.some((each, row) => {
      const span = lasting(each.input, scenario.faults);
      return (
        span?.fault.id === input.mend &&
        (span.from < input.at || (span.from === input.at && row < own)) &&
        input.at < span.to
      );
    });
    // Mended before, it is over already.
    const before = all.findLast((each, row) => row < own && 'mend' in each.input && each.input.mend === input.mend);
    const isBack =
      before !== undefined &&
      !all.some(
        (each, row) =>
          row > all.indexOf(before) && row < own && 'fault' in each.input && each.input.fault === input.mend,
      );
    return isOn && !isBack ? null : { why: 'nothing-to-mend', values: { fault: input.mend } };
  }

  const span = lasting(input, scenario.faults);
  if (span === null) return null;
  const { fault } = span;
  const mendedAtOnce = all.some(
    (each, row) => row > own && 'mend' in each.input && each.input.mend === fault.id && each.input.at === input.at,
  );
  if (mendedAtOnce) return { why: 'never-begun', values: { fault: fault.id } };
  const isMended = (id: string, from: number, to: number): boolean =>
    all.some(({ input: each }) => 'mend' in each && each.mend === id && each.at >= from && each.at < to);
  if (onOff.has(fault.action) || isSame) {
    const cover = all
      .filter((_, row) => row !== own)
      .map((each) => lasting(each.input, scenario.faults))
      .find(
        (other) =>
          other !== null &&
          isSameDeed(other.fault, fault) &&
          other.from <= span.from &&
          span.to <= other.to &&
          !isMended(other.fault.id, other.from, other.to),
      );
    if (cover != null) return { why: 'already-broken', values: { part: fault.part, end: cover.to } };
  }
  if (!isSame) return null;
  const [caller, callee] = fault.part.split('>') as [string, string | undefined];
  if (callee !== undefined)
    return isUnvisited(ran, callee)
      ? { why: 'unvisited-link', values: { caller, callee, design: setting.design } }
      : null;
  return isUnvisited(ran, caller) ? { why: 'unvisited', values: { part: caller, design: setting.design } } : null;
}

/** What a reader changed when two runs came out the same to the last request: by what it was done. */
export type Nothing =
  | { what: 'dial'; dial: string; before: number; after: number; reason: NoEffect | null }
  | { what: 'deed'; reason: NoEffect | null }
  | { what: 'setting' };

/** What changed nothing, between two settings whose runs have the same digest; null when they ask the same question. */
export function nothingChanged(scenario: Known, before: StageSetting, after: StageSetting, ran: Ran): Nothing | null {
  if (before.design !== after.design || before.seed !== after.seed) return { what: 'setting' };
  const turned = scenario.dials.filter(({ id }) => before.dials[id] !== after.dials[id]);
  const isActed = JSON.stringify(before.inputs) !== JSON.stringify(after.inputs);
  const [dial] = turned;
  if (dial !== undefined && turned.length === 1 && !isActed) {
    const reason = whyDialIdle(scenario, after, dial, ran, true);
    return { what: 'dial', dial: dial.id, before: before.dials[dial.id]!, after: after.dials[dial.id]!, reason };
  }
  if (!isActed && turned.length === 0) return null;
  if (!isActed || turned.length > 0) return { what: 'setting' };
  const known = new Set(before.inputs.map((input) => JSON.stringify(input)));
  const place = after.inputs.findIndex((input) => !known.has(JSON.stringify(input)));
  return { what: 'deed', reason: place < 0 ? null : whyIdle(scenario, after, place, ran, true) };
}
