/** A link as two lanes with a head each: calls out on one, answers back on the other, thicker with what goes over them. */
import { memo } from 'react';
import type { LinkStanding } from '../../../core/playback/parts/links.ts';
import type { PlacedLink, PlacedTie } from './layout.ts';

interface LaneProps {
  line: PlacedLink['out'];
  width: number;
  kind: 'out' | 'back';
}

const Lane = memo(function Lane({ line, width, kind }: LaneProps) {
  const [a, b] = kind === 'out' ? line : [line[1], line[0]];
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
  const head = 5 + width / 2;
  const tip = { x: b.x - ux * 2, y: b.y - uy * 2 };
  const neck = { x: tip.x - ux * head * 1.5, y: tip.y - uy * head * 1.5 };
  return (
    <g className={`lane is-${kind}`}>
      <line x1={a.x + ux * 2} y1={a.y + uy * 2} x2={neck.x} y2={neck.y} strokeWidth={width} />
      <path
        d={`M${tip.x} ${tip.y}L${neck.x - uy * head * 0.8} ${neck.y + ux * head * 0.8}L${neck.x + uy * head * 0.8} ${neck.y - ux * head * 0.8}Z`}
      />
    </g>
  );
});

/** How far the lever of a breaker stands open, in degrees. */
const lever = { closed: 0, 'half-open': -18, open: -42 } as const;

/** A breaker is a switch: two poles, and a lever that lies on both, stands open, or is let down half. */
function Breaker({ state, x, y }: { state: NonNullable<LinkStanding['breaker']>; x: number; y: number }) {
  return (
    <g className={`breaker is-${state}`} transform={`translate(${x} ${y})`}>
      <rect className="breaker-plate" x="-24" y="-15" width="48" height="30" rx="6" />
      <circle cx="-13" cy="5" r="3.4" />
      <circle cx="13" cy="5" r="3.4" />
      <line x1="-13" y1="5" x2="13" y2="5" transform={`rotate(${lever[state]} -13 5)`} />
    </g>
  );
}

/** A cut through both lanes: two strokes and a gap between them. */
function Cut({ link }: { link: PlacedLink }) {
  const [a, b] = [link.out[0], link.back[1]];
  const angle = (Math.atan2(link.out[1].y - link.out[0].y, link.out[1].x - link.out[0].x) * 180) / Math.PI;
  return (
    <g className="cut" transform={`translate(${(a.x + b.x) / 2} ${(a.y + b.y) / 2}) rotate(${angle})`}>
      <rect x="-8" y="-22" width="16" height="44" />
      <path d="M-12 20L-2 -20M2 20L12 -20" />
    </g>
  );
}

/** A cut and the plate of a breaker need so much of a link to stand side by side. */
const SIDE_BY_SIDE = 150;
const BESIDE = 46;

/** Where a breaker stands: nearer to its caller, and clear of a cut, which is in the middle. On a short link it steps aside. */
function breakerPlace(link: PlacedLink, isCut: boolean): { x: number; y: number } {
  const [a, b] = [0, 1].map((end) => ({
    x: (link.out[end]!.x + link.back[end]!.x) / 2,
    y: (link.out[end]!.y + link.back[end]!.y) / 2,
  })) as [{ x: number; y: number }, { x: number; y: number }];
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = Math.hypot(dx, dy) || 1;
  if (!isCut) return { x: a.x + dx * 0.4, y: a.y + dy * 0.4 };
  if (length >= SIDE_BY_SIDE) return { x: a.x + dx * (0.5 - BESIDE / length), y: a.y + dy * (0.5 - BESIDE / length) };
  return { x: a.x + dx / 2 - (dy / length) * BESIDE, y: a.y + dy / 2 + (dx / length) * BESIDE };
}

/** An hourglass, and for how many answers the caller waits; beside the caller, where there is more room than on a short link. */
export function Hourglass({ x, y }: { x: number; y: number }) {
  return (
    <path
      className="hourglass"
      d="M-5 -8H5M-5 8H5M-4 -7.5C-4 -2.5 4 2.5 4 7.5M4 -7.5C4 -2.5 -4 2.5 -4 7.5"
      transform={`translate(${x} ${y})`}
    />
  );
}

function Awaited({ link, count }: { link: PlacedLink; count: number }) {
  const [a, b] = [0, 1].map((end) => ({
    x: (link.out[end]!.x + link.back[end]!.x) / 2,
    y: (link.out[end]!.y + link.back[end]!.y) / 2,
  })) as [{ x: number; y: number }, { x: number; y: number }];
  const text = String(count);
  const width = 34 + 11 * text.length;
  return (
    <g className="awaited" transform={`translate(${a.x + (b.x - a.x) * 0.4} ${a.y + (b.y - a.y) * 0.4})`}>
      <rect x={-width / 2} y="-15" width={width} height="30" rx="6" />
      <Hourglass x={-width / 2 + 13} y={0} />
      <text x={width / 2 - 8} y="6.5" textAnchor="end">
        {text}
      </text>
    </g>
  );
}

export function LinkLines({
  link,
  out,
  back,
  standing,
  awaited = 0,
}: {
  link: PlacedLink;
  out: number;
  back: number;
  standing?: LinkStanding | undefined;
  /** For how many answers its caller waits, where that is shown. */
  awaited?: number | undefined;
}) {
  const isCut = standing?.isCut === true;
  const at = breakerPlace(link, isCut);
  return (
    <g className={isCut ? 'link is-cut' : 'link'}>
      <Lane line={link.out} width={out} kind="out" />
      <Lane line={link.back} width={back} kind="back" />
      {isCut ? <Cut link={link} /> : null}
      {awaited < 0.5 ? null : <Awaited link={link} count={Math.round(awaited)} />}
      {standing?.breaker === undefined ? null : <Breaker state={standing.breaker} x={at.x} y={at.y} />}
    </g>
  );
}

/** What a control part looks after: a dashed line without a direction, as nothing is asked over it. */
export function TieLine({ tie }: { tie: PlacedTie }) {
  const [a, b] = tie.line;
  return (
    <g className="tie">
      <line x1={a.x} y1={a.y} x2={b.x} y2={b.y} />
      <circle cx={b.x} cy={b.y} r="4.5" />
    </g>
  );
}
