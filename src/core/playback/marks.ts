/** A mark as a sentence of its own kind: what its detail says decides which. It knows no words. */
import type { Mark, Run } from '../../../simulations/index.ts';
import type { Sentence } from './sentences.ts';

/** What a mark says, with a link's two ends named apart. */
export function markSentence(run: Pick<Run, 'time'>, mark: Mark): Sentence {
  const at = mark.at / run.time.ticks;
  const { kind, detail, part } = mark;
  const [caller, callee] = part.split('>') as [string, string | undefined];
  const isLink = callee !== undefined;
  if (kind === 'first-refusal') {
    const values = { at, reason: detail, part, caller, callee: callee ?? '' };
    return { id: isLink ? 'why.mark.refusalOnLink' : 'why.mark.refusal', values };
  }
  if (kind === 'fault-begins' || kind === 'fault-ends') {
    const values = { at, fault: detail, part, caller, callee: callee ?? '' };
    return { id: `why.mark.${kind}${isLink ? '-link' : ''}`, values };
  }
  if (kind === 'dial') {
    const [dial, value] = detail.split('=') as [string, string | undefined];
    return { id: 'why.mark.dial', values: { at, dial, value: Number(value) } };
  }
  if (kind === 'breaker')
    return { id: 'why.mark.breaker', values: { at, caller, callee: callee ?? '', state: detail } };
  if (kind === 'scale') {
    const [from, to] = detail.split(' to ') as [string, string | undefined];
    return { id: 'why.mark.scale', values: { at, part, from, to: to ?? '' } };
  }
  if (kind === 'instance')
    return mark.instance === undefined
      ? { id: 'why.mark.instances', values: { at, part, state: detail } }
      : { id: 'why.mark.instance', values: { at, part, number: mark.instance + 1, state: detail } };
  if (kind === 'deploy') {
    const [, version, what] = /^(\S+) (.+)$/.exec(detail) ?? [detail, '', detail];
    const step = /^step (\d+)$/.exec(what!)?.[1];
    const values = {
      at,
      part,
      version: version!,
      what: step === undefined ? keyOf(what!) : 'step',
      step: Number(step ?? 0),
    };
    return { id: 'why.mark.deploy', values };
  }
  if (kind === 'health') return { id: 'why.mark.health', values: { at, part, what: keyOf(detail) } };
  if (kind === 'event') {
    const shards = /^(\d+) to (\d+) shards$/.exec(detail);
    const [, from, to] = shards ?? ['', '', ''];
    return {
      id: 'why.mark.event',
      values: { at, part, what: shards === null ? keyOf(detail) : 'shards', from: from!, to: to! },
    };
  }
  return { id: 'why.mark.drained', values: { at, part } };
}

/** A detail of several words as one, so that a message can choose by it: `rolled back` becomes `rolledBack`. */
const keyOf = (detail: string): string => detail.replaceAll(/ (.)/g, (_, letter: string) => letter.toUpperCase());
