/**
 * Moves the messages of a link whose time varies, that loses some, that is narrow, or that can be cut.
 * What takes a constant time and is never touched goes by the kernel's lanes instead. It knows no policy.
 */
import { isConstant, meanOf, sampler, type Sampler } from '../distributions/index.ts';
import { mixPath, uniform } from '../engine/draws.ts';
import { fateOf, type Carrier, type Machine } from '../engine/machine.ts';
import type { LinkSettings } from './settings.ts';

const UNREACHABLE = fateOf('unreachable');
/** Tells the draws of the way back from those of the way there. */
const BACK = 0x6261636b;

export class Transport implements Carrier {
  cutBy = 0;

  #machine: Machine;
  #ticks: number;
  #settings: LinkSettings;
  #refusedBy = 0;
  #moreLoss = 0;
  #slow = 1;
  #latency!: Sampler;
  #lossStream: ReturnType<Machine['stream']>;
  #latencyStream: ReturnType<Machine['stream']>;
  /** When each direction has passed on all that was put on it. */
  #freeAt = Float64Array.of(0, 0);
  #arrive: number;
  #return: number;
  #again: number;

  constructor(machine: Machine, id: string, ticks: number, settings: LinkSettings) {
    this.#machine = machine;
    this.#ticks = ticks;
    this.#settings = settings;
    this.#lossStream = machine.stream(id, 'loss');
    this.#latencyStream = machine.stream(id, 'latency');
    this.#arrive = machine.on((call) => machine.deliver(call));
    this.#return = machine.on((call) => machine.handBack(call));
    this.#again = machine.on((call, tries) => this.#try(call, (tries & 1) === 1, tries >> 1));
    this.adopt(settings);
  }

  /** A dial has been turned. */
  adopt(settings: LinkSettings): void {
    this.#settings = settings;
    const { latency } = settings;
    const constant = typeof latency === 'number' ? latency : isConstant(latency) ? meanOf(latency) : null;
    this.#latency = constant === null ? sampler(latency as never, this.#latencyStream) : () => constant;
  }

  carry(call: number, back: boolean): void {
    this.#try(call, back, 0);
  }

  /** @param tries how often the message has been lost before. */
  #try(call: number, back: boolean, tries: number): void {
    const machine = this.#machine;
    const { calls, now } = machine;
    const { loss, retransmit, bandwidth } = this.#settings;
    if (this.#refusedBy > 0 && !back) {
      machine.bounce(call, UNREACHABLE);
      return;
    }
    const request = calls.request[call]!;
    const path = back ? calls.path[call]! ^ BACK : calls.path[call]!;
    const lost = 1 - (1 - loss) * (1 - this.#moreLoss);
    const isLost =
      this.cutBy > 0 ||
      this.#refusedBy > 0 ||
      (lost > 0 && uniform(this.#lossStream, request, tries === 0 ? path : mixPath(path, tries)) < lost);
    if (isLost) {
      if (retransmit === null || tries >= retransmit.most) {
        machine.lose(call);
        return;
      }
      let wait = retransmit.after * this.#ticks;
      for (let i = 0; i < tries; i++) wait *= retransmit.factor;
      machine.after(Math.round(Math.min(wait, 2 ** 50)), this.#again, call, 2 * (tries + 1) + (back ? 1 : 0));
      return;
    }
    let delay = Math.round(this.#latency(request, path) * this.#slow * this.#ticks);
    if (bandwidth !== null) {
      const size = machine.classes[calls.cls[call]!]!.messageSize?.(request, path) ?? 1;
      const direction = back ? 1 : 0;
      const begins = Math.max(now, this.#freeAt[direction]!);
      this.#freeAt[direction] = begins + Math.round((size / bandwidth) * this.#ticks);
      delay += this.#freeAt[direction]! - now;
    }
    machine.after(Math.min(delay, 2 ** 50), back ? this.#return : this.#arrive, call, 0);
  }

  /** Begins or ends one of `linkActions`. */
  fault(action: string, begins: boolean, amount: number): void {
    const sign = begins ? 1 : -1;
    if (action === 'partition') this.cutBy += sign;
    else if (action === 'refuse') this.#refusedBy += sign;
    else if (action === 'lose') this.#moreLoss = begins ? Math.min(1, amount) : 0;
    else if (action === 'delay') this.#slow = begins ? this.#slow * amount : this.#slow / amount;
  }

  get isCut(): boolean {
    return this.cutBy > 0 || this.#refusedBy > 0;
  }
}
