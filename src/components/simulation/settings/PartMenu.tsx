/* oxlint-disable jsx-a11y/no-noninteractive-element-interactions -- the menu listens to the arrow keys and Escape of its buttons */
/** The menu of one part: what it is doing, what can be broken about it or mended, and why it is as it is. */
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { MOST_DEEDS } from '../../../core/playback/deeds.ts';
import { isStopped } from '../../../core/playback/sentences.ts';
import type { StageSetting } from '../../../core/playback/setting.ts';
import { useMoment, useStage } from '../context.ts';
import { Icon } from '../parts/icons.tsx';
import { faultName, placeName, signOf } from './deed-words.ts';

/** What a part is doing at this moment, in a line. */
function Doing({ part }: { part: string }) {
  const { player, speech } = useStage();
  const { say } = speech;
  const text = useMoment(() => {
    const frame = player.frame();
    const state = frame.parts[part];
    if (state === undefined) return '';
    const working = state.instances.filter(Boolean).length;
    const busy = state.slots.filter((slot) => slot.hop >= 0).length;
    const lines = [];
    if (state.instances.length > 0 && isStopped(state)) lines.push(say('menu.stopped'));
    else if (working < state.instances.length)
      lines.push(say('menu.working', { working, instances: state.instances.length }));
    if (state.slots.length > 0) {
      lines.push(say('part.slots', { busy, slots: state.slots.length }));
      lines.push(say('part.inLine', { count: state.queue.length }));
    }
    const index = player.reader()?.run.trace!.parts.indexOf(part) ?? -1;
    const calls = frame.flows.filter((flow) => flow.from === index).reduce((sum, flow) => sum + flow.out, 0);
    if (state.slots.length === 0 && calls > 0)
      lines.push(say('menu.sends', { rate: speech.quantity(Math.round(calls * 10) / 10, 'rate') }));
    return lines.join(' · ');
  });
  return <p className="part-menu-doing digits">{text}</p>;
}

export default function PartMenu({
  part,
  from,
  close,
  setting,
  isReady,
}: {
  part: string;
  /** The part's own button: the menu comes up under it, and gives the focus back to it. */
  from: HTMLElement;
  close(): void;
  setting: StageSetting;
  isReady: boolean;
}) {
  const { scenario, speech, player, prefix, acts, openWhy } = useStage();
  const { say } = speech;
  const box = useRef<HTMLDialogElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  const isOver = useMoment(() => player.clock().at >= player.clock().end);
  const on = useMoment(() => player.frame().faults.map((fault) => `${fault.part} ${fault.fault}`));
  const faults = scenario.faults.filter((fault) => fault.part.split('>').includes(part));
  const isFull = setting.inputs.length >= MOST_DEEDS;
  const canAct = isReady && !isOver && !isFull;

  useLayoutEffect(() => {
    const own = box.current!;
    const room = own.offsetParent ?? own.parentElement!;
    const [around, at] = [room.getBoundingClientRect(), from.getBoundingClientRect()];
    setPlace({
      left: Math.max(0, Math.min(at.left - around.left, around.width - own.offsetWidth)),
      top: at.bottom - around.top + 4,
    });
  }, [from]);
  // What is hidden takes no focus: it is given once the menu has its place.
  const isPlaced = place !== null;
  useLayoutEffect(() => {
    if (isPlaced) box.current!.querySelector<HTMLElement>('button:not(:disabled)')?.focus();
  }, [isPlaced]);

  useEffect(() => {
    const outside = (event: PointerEvent): void => {
      if (event.target instanceof Node && !box.current?.contains(event.target) && !from.contains(event.target)) close();
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [from, close]);

  const leave = (): void => {
    close();
    if (from.isConnected) from.focus({ preventScroll: true });
  };
  const act = (what: () => void) => () => {
    what();
    leave();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      leave();
      return;
    }
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    const buttons = [...box.current!.querySelectorAll<HTMLElement>('button:not(:disabled)')];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
    event.preventDefault();
  };

  const name = placeName(speech, part);
  return (
    <dialog
      open
      ref={box}
      className="part-menu"
      aria-labelledby={`${prefix}-menu`}
      style={place === null ? { visibility: 'hidden' } : place}
      onKeyDown={onKey}
      onBlur={(event) => {
        const next = event.relatedTarget;
        if (next instanceof Node && !event.currentTarget.contains(next)) close();
      }}
    >
      <div className="part-menu-bar">
        <p className="part-menu-title" id={`${prefix}-menu`}>
          {name}
        </p>
        <button type="button" className="plain" onClick={leave}>
          {say('menu.close')}
        </button>
      </div>
      <Doing part={part} />
      {faults.length === 0 ? <p className="hint">{say('menu.nothingToBreak')}</p> : null}
      <ul>
        {faults.map((fault) => {
          const isOn = on.includes(`${fault.part} ${fault.id}`);
          return (
            <li key={fault.id}>
              <button
                type="button"
                className="fault"
                disabled={!canAct}
                title={speech.words.faults[fault.id]?.help}
                onClick={act(() => acts.add({ at: acts.now(), fault: fault.id }))}
              >
                <Icon name={signOf(fault)} />
                <span>
                  {faultName(speech, fault.id)}
                  {fault.part.includes('>') ? (
                    <span className="deed-where"> {placeName(speech, fault.part)}</span>
                  ) : null}
                </span>
                <span className="fault-length">{speech.quantity(fault.duration, 'time')}</span>
              </button>
              {isOn ? (
                <button
                  type="button"
                  className="mend"
                  disabled={!canAct}
                  aria-label={say('faults.mendOne', { fault: faultName(speech, fault.id) })}
                  onClick={act(() => acts.add({ at: acts.now(), mend: fault.id }))}
                >
                  {say('faults.mend')}
                </button>
              ) : null}
            </li>
          );
        })}
      </ul>
      {isOver && faults.length > 0 ? <p className="hint">{say('faults.tooLate')}</p> : null}
      {isFull ? <p className="hint">{say('faults.tooMany', { most: MOST_DEEDS })}</p> : null}
      <button
        type="button"
        className="plain"
        disabled={!isReady}
        onClick={() => {
          // The panel gives the focus back to what has it now, and the menu will be gone by then.
          from.focus({ preventScroll: true });
          openWhy({ kind: 'part', part });
          close();
        }}
      >
        {say('why.aboutPart', { part: name })}
      </button>
    </dialog>
  );
}
