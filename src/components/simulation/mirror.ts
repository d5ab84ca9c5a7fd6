/**
 * A stage that stands in more than one window: it tells what it shows whenever somebody has acted on it here, and shows what it is
 * told. It is loaded on slides only, and speaks by events of the page (`seams:stage`, `seams:stage-ask`, `seams:mirror`, `seams:stage-awake`).
 */
import { decodeRun, encodeRun, type Address, type Decoded } from '../../core/playback/address.ts';
import { seek, type Speed } from '../../core/playback/clock.ts';
import type { Frameable } from '../../core/playback/setting.ts';
import type { Player } from './player.ts';

interface Told {
  scenario: string;
  run: string;
  playing: boolean;
  speed: Speed;
}

interface Mirrored {
  scenario: Frameable;
  player: Player;
  /** All of the stage. */
  root: HTMLElement;
  here(): Address;
  arrive(decoded: Decoded): void;
}

export interface Mirror {
  /** Something of what is shown may have changed. */
  changed(): void;
  end(): void;
}

/** Between two tellings while a run plays, in milliseconds. */
const BEAT = 200;
/** How far two clocks may be apart while a run plays, in milliseconds of the class. */
const APART = 300;

/** The parts of an address that say which run it is, without where in it one is and what is open. */
const settingOf = ({ at: _at, view: _view, digest: _digest, engine: _engine, ...setting }: Address): string =>
  JSON.stringify(setting);

export function mirrored({ scenario, player, root, here, arrive }: Mirrored): Mirror {
  /** Whether somebody acted here last, so that this window's word holds. */
  let leads = false;
  let sent = '';
  let sentAt = 0;

  const changed = (): void => {
    if (!leads) return;
    const { playing, speed } = player.clock();
    const now = performance.now();
    if (playing && now - sentAt < BEAT && sent.endsWith(`${speed}`) && sent.startsWith('playing')) return;
    const told: Told = { scenario: scenario.id, run: encodeRun(here()), playing, speed };
    const key = `${playing ? 'playing' : 'still'} ${told.run} ${speed}`;
    if (key === sent) return;
    sent = key;
    sentAt = now;
    document.dispatchEvent(new CustomEvent('seams:stage', { detail: told }));
  };

  const lead = (): void => {
    leads = true;
  };
  /** Whoever has chosen what stands beside the drawing wants the other windows to know the whole stage. */
  const onAsk = (event: Event): void => {
    if ((event as CustomEvent<{ scenario: string }>).detail.scenario !== scenario.id) return;
    leads = true;
    sent = '';
    changed();
  };
  const onMirror = (event: Event): void => {
    const told = (event as CustomEvent<Told>).detail;
    if (told.scenario !== scenario.id) return;
    const decoded = decodeRun(told.run, scenario);
    if (!decoded.ok) return;
    leads = false;
    const at = Math.round(decoded.address.at * player.clock().unit);
    const isSame = settingOf(decoded.address) === settingOf(read(here()));
    // The windows are of one site: which run it is need not be promised.
    if (!isSame) arrive({ ok: true, address: { ...decoded.address, engine: '', digest: '' } });
    player.change((clock) => {
      const apart = (Math.abs(clock.at - at) / clock.unit) * 1000;
      const isNear =
        told.playing && clock.playing && told.speed !== 'fastest' && apart / Math.max(told.speed, 1e-9) < APART;
      const moved = isNear ? clock : seek(clock, at);
      return { ...moved, playing: told.playing, speed: told.speed };
    });
  };
  /** An address as it reads after having been written: what is left out comes as it is understood. */
  const read = (address: Address): Address => {
    const decoded = decodeRun(encodeRun(address), scenario);
    return decoded.ok ? decoded.address : address;
  };

  for (const sign of ['pointerdown', 'keydown', 'input', 'change', 'seams:look'] as const)
    root.addEventListener(sign, lead, { capture: true });
  document.addEventListener('seams:look', lead, { capture: true });
  document.addEventListener('seams:mirror', onMirror);
  document.addEventListener('seams:stage-ask', onAsk);
  const unsubscribe = player.subscribe(changed);
  document.dispatchEvent(new CustomEvent('seams:stage-awake', { detail: { scenario: scenario.id } }));
  return {
    changed,
    end: () => {
      unsubscribe();
      document.removeEventListener('seams:mirror', onMirror);
      document.removeEventListener('seams:stage-ask', onAsk);
      document.removeEventListener('seams:look', lead, { capture: true });
    },
  };
}
