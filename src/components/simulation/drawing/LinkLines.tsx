/** A link as two lanes with a head each: calls out on one, answers back on the other, thicker with what goes over them. */
import type { PlacedLink } from './layout.ts';

function Lane({ line, width, kind }: { line: PlacedLink['out']; width: number; kind: 'out' | 'back' }) {
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
}

export function LinkLines({ link, out, back }: { link: PlacedLink; out: number; back: number }) {
  return (
    <g className="link">
      <Lane line={link.out} width={out} kind="out" />
      <Lane line={link.back} width={back} kind="back" />
    </g>
  );
}
