/** The drawing as one picture: what stands on the page before the machine runs there, on paper, and without script. */
import type { Frame } from '../../../core/playback/frame.ts';
import { useStage } from '../context.ts';
import { describePart, thickness } from '../parts/describe.ts';
import { kindOf } from '../parts/index.ts';
import type { Orientation } from '../parts/shape.ts';
import { aroundOf } from './around.ts';
import { figureOf, pathOf } from './figures.ts';
import { layoutOf } from './layout.ts';
import { LinkLines, TieLine } from './LinkLines.tsx';
import { placeRequests, RADIUS, type Dot } from './requests.ts';

/** A request as a shape, the same as on the canvas. */
function DotShape({ dot }: { dot: Dot }) {
  if (dot.look !== 'out' && dot.look !== 'waiting' && dot.look !== 'served' && dot.look !== 'answered')
    return <path className={`dot is-${dot.look}`} d={pathOf(figureOf[dot.look], dot.x, dot.y)} />;
  return (
    <circle
      className={`dot is-${dot.look}`}
      cx={dot.x}
      cy={dot.y}
      r={dot.look === 'answered' ? RADIUS - 1 : dot.radius}
    />
  );
}

export function Still({
  orientation,
  frame,
  parts,
  surges,
  label,
}: {
  orientation: Orientation;
  frame: Frame;
  parts: string[];
  surges: string[];
  label: string;
}) {
  const shared = useStage();
  const { scenario, speech, player } = shared;
  const around = aroundOf(shared, frame.design, surges);
  const layout = layoutOf(scenario, frame.parts, orientation, around.connections);
  const dots = placeRequests(frame, layout, parts, player.done);
  return (
    <svg
      className={`still is-${orientation}`}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      preserveAspectRatio="xMidYMid meet"
      role="img"
      aria-label={label}
    >
      {layout.ties.map((tie) => (
        <TieLine key={`${tie.from} ${tie.to}`} tie={tie} />
      ))}
      {layout.links.map((link) => {
        const flow = frame.flows.find((each) => parts[each.from] === link.from && parts[each.to] === link.to);
        return (
          <LinkLines
            key={`${link.from} ${link.to}`}
            link={link}
            out={thickness(flow?.out ?? 0)}
            back={thickness(flow?.back ?? 0)}
            standing={frame.links[`${link.from}>${link.to}`]}
            awaited={frame.awaited?.[`${link.from}>${link.to}`]}
          />
        );
      })}
      {layout.parts.map((part) => {
        const { Drawing } = kindOf(part.kind);
        return (
          <g key={part.id} transform={`translate(${part.x} ${part.y})`}>
            <Drawing facts={describePart(part, layout, frame, parts, speech, around)} />
          </g>
        );
      })}
      {dots.map((dot) => (
        <g key={dot.hop}>
          {dot.slot > 0 ? (
            <rect
              className="served"
              x={dot.x - dot.slot / 2 + 2}
              y={dot.y + dot.slot / 2 - 2 - (dot.slot - 4) * dot.done}
              width={dot.slot - 4}
              height={(dot.slot - 4) * dot.done}
            />
          ) : null}
          <DotShape dot={dot} />
        </g>
      ))}
    </svg>
  );
}
