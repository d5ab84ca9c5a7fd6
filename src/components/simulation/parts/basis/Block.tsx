/** The one hand of all parts: a solid body with its emblem, name and status, a line and slots, instances, and a row for each sign. */
import type { ReactNode } from 'react';
import type { PartFacts, SaidSign } from '../facts.ts';
import { Sign } from '../icons.tsx';
import { BODY_TOP, LINE_WIDTH } from '../service/shape.ts';
import { Fitted } from './Fitted.tsx';
import { Instance, SlotMark } from './Instance.tsx';
import { CELL, heightOf, PER_STRIP, SIGN } from './block.ts';

export interface BlockProps {
  facts: PartFacts;
  /** What its outline is, as a path; a rounded rectangle when left out. */
  outline?: string;
  /** Lines drawn on the body that belong to its outline. */
  seams?: string;
  /** The sign of its kind, in a square of sixteen, left of the name. */
  emblem?: ReactNode;
}

function Gauge({ sign, x, y, width }: { sign: SaidSign; x: number; y: number; width: number }) {
  return (
    <g className={`gauge is-${sign.tone}`}>
      <rect className="gauge-room" x={x} y={y} width={width} height={8} rx="2" />
      <rect className="gauge-full" x={x} y={y} width={Math.max(0, width * (sign.share ?? 0))} height={8} rx="2" />
    </g>
  );
}

function Signs({ facts, top }: { facts: PartFacts; top: number }) {
  const right = facts.shape.width - 16;
  const tops = facts.signs.map(
    (_, place) => top + heightOf(facts.signs.slice(0, place).map(({ share }) => (share === null ? 'words' : 'bar'))),
  );
  return (
    <>
      {facts.signs.map((sign, place) => {
        const at = tops[place]!;
        return (
          <g key={sign.id}>
            <Fitted className="part-sign" x={16} y={at + 13} room={right - 16 - 7 * sign.value.length - 10}>
              {sign.label}
            </Fitted>
            <text className={`part-value is-${sign.tone}`} x={right} y={at + 13} textAnchor="end">
              {sign.value}
            </text>
            {sign.share === null ? null : <Gauge sign={sign} x={16} y={at + SIGN - 1} width={right - 16} />}
          </g>
        );
      })}
      {facts.span === '' ? null : (
        <text className="part-span" x={right} y={facts.shape.height - 8} textAnchor="end">
          {facts.span}
        </text>
      )}
    </>
  );
}

function Slots({ facts }: { facts: PartFacts }) {
  const { shape, slots } = facts;
  const right = shape.width - 16;
  const floor = shape.rest.y - 22;
  return (
    <>
      <line className="part-floor" x1="16" x2={16 + LINE_WIDTH} y1={floor} y2={floor} />
      {shape.slots.map((slot, index) => (
        <g key={index}>
          <rect
            className={`slot is-${facts.slotStates[index]}${facts.busy[index] === true ? ' is-busy' : ''}`}
            x={slot.x}
            y={slot.y}
            width={slot.width}
            height={slot.height}
            rx={slot.width > 20 ? 6 : 2}
          />
          <SlotMark state={facts.slotStates[index] ?? 'ready'} box={slot} />
        </g>
      ))}
      {slots > shape.slots.length ? (
        <text className="part-note" x={right} y={BODY_TOP - 15} textAnchor="end">
          +{slots - shape.slots.length}
        </text>
      ) : null}
      <text className="part-count" x={shape.rest.x} y={shape.rest.y}>
        <tspan className="digits">{facts.waiting}</tspan>
      </text>
      {facts.hidden > 0 ? (
        <text className="part-hidden" x={16 + LINE_WIDTH} y={shape.rest.y} textAnchor="end">
          +{facts.hidden}
        </text>
      ) : null}
      <text className="part-count" x={right} y={shape.rest.y} textAnchor="end">
        {facts.slotsBusy}
      </text>
    </>
  );
}

/** A part as it is drawn where there are few: all of it. */
function Whole({ facts }: { facts: PartFacts }) {
  const { shape, mood } = facts;
  return (
    <>
      <Sign name={mood} x={16} y={36} />
      <Fitted
        className="part-status"
        x={36}
        y={48}
        room={shape.width - 50 - (facts.slots > shape.slots.length ? 36 : 0)}
      >
        {facts.status}
      </Fitted>
      {shape.slots.length > 0 ? <Slots facts={facts} /> : null}
      {shape.strip === undefined
        ? null
        : facts.strip.map((state, index) => (
            <Instance
              key={index}
              state={state}
              x={16 + (index % PER_STRIP) * (CELL + 3.5)}
              y={shape.strip! + Math.floor(index / PER_STRIP) * (CELL + 3)}
              size={CELL}
            />
          ))}
      {shape.signs === undefined ? null : <Signs facts={facts} top={shape.signs} />}
    </>
  );
}

/** A part among many: what is the matter with it, or how busy it is, in one line and one bar. */
function Compact({ facts }: { facts: PartFacts }) {
  const { shape, slots, mood, working } = facts;
  const isWell = mood === 'idle' || mood === 'busy' || mood === 'waiting' || mood === 'steers';
  const more = facts.queue > 0 ? `+${facts.queue}` : '';
  const room = shape.width - 52 - more.length * 10;
  return (
    <>
      <Sign name={mood} x={14} y={38} size={16} />
      <Fitted className="part-status is-large" x={38} y={52} room={room} size={16}>
        {isWell && slots > 0 ? facts.slotsBusy : facts.status}
      </Fitted>
      {more === '' ? null : (
        <text className="part-hidden" x={shape.width - 14} y={52} textAnchor="end">
          {more}
        </text>
      )}
      {slots === 0 ? null : (
        <g className="gauge">
          <rect className="gauge-room" x={14} y={60} width={shape.width - 28} height={8} rx="2" />
          <rect className="gauge-full" x={14} y={60} width={((shape.width - 28) * working) / slots} height={8} rx="2" />
        </g>
      )}
    </>
  );
}

export function Block({ facts, outline, seams, emblem }: BlockProps) {
  const { shape, mood, kind } = facts;
  const left = emblem === undefined ? 16 : 40;
  return (
    <g className={`part part-${kind} is-${mood}`}>
      {outline === undefined ? (
        <rect className="part-body" width={shape.width} height={shape.height} rx="10" />
      ) : (
        <path className="part-body" d={outline} />
      )}
      {seams === undefined ? null : <path className="part-seams" d={seams} />}
      {emblem === undefined ? null : (
        <svg className="emblem" x="15" y="12" width="18" height="18" viewBox="0 0 16 16" fill="currentColor">
          {emblem}
        </svg>
      )}
      <Fitted
        className={shape.isCompact === true ? 'part-name is-large' : 'part-name'}
        x={left}
        y={26}
        room={shape.width - left - 14}
        size={shape.isCompact === true ? 20 : 17}
      >
        {facts.name}
      </Fitted>
      {shape.isCompact === true ? <Compact facts={facts} /> : <Whole facts={facts} />}
    </g>
  );
}
