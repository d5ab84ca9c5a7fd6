/**
 * Teams as spokes of a ring. Each mark is a choice, a full square or an empty circle, and the n-th mark of every spoke is of
 * the same thing: where all have chosen alike a circle of the ring looks alike. A link is thin between teams that are alike
 * and the thicker the more they differ. Agreed choices have a corner.
 */
import { readLandscape, type Choices } from '../../../../core/playback/landscape.ts';
import { useMoment, useStage } from '../../context.ts';
import { Fitted } from '../basis/Fitted.tsx';
import type { PartFacts } from '../facts.ts';
import { RING, ROW, ROWS_AT, STEP } from './shape.ts';

interface Spoke {
  sin: number;
  cos: number;
}

function spokesOf(teams: number): Spoke[] {
  return Array.from({ length: teams }, (_, team) => {
    const angle = (2 * Math.PI * (team + 0.5)) / teams;
    return { sin: Math.sin(angle), cos: Math.cos(angle) };
  });
}

const placed = ({ sin, cos }: Spoke, radius: number): [number, number] => [
  Math.round((RING.x + radius * sin) * 10) / 10,
  Math.round((RING.y - radius * cos) * 10) / 10,
];

/** Links by how many things their two ends differ in: a path for each number, from alike to unlike in all. */
function Links({ state, spokes }: { state: Choices; spokes: readonly Spoke[] }) {
  const { bits, choices, pairs } = state;
  const paths = Array.from({ length: choices + 1 }, () => '');
  for (let at = 0; at < pairs.length; at += 2) {
    const one = pairs[at]!;
    const other = pairs[at + 1]!;
    let unlike = 0;
    for (let thing = 0; thing < choices; thing += 1)
      if (bits[one * choices + thing] !== bits[other * choices + thing]) unlike += 1;
    const [x, y] = placed(spokes[one]!, RING.radius);
    const [toX, toY] = placed(spokes[other]!, RING.radius);
    // bent towards the middle, so that neighbours' links stay near the rim
    const bend = 0.35;
    const midX = Math.round(((x + toX) / 2) * (1 - bend) + RING.x * bend);
    const midY = Math.round(((y + toY) / 2) * (1 - bend) + RING.y * bend);
    paths[unlike] += `M${x} ${y}Q${midX} ${midY} ${toX} ${toY}`;
  }
  const isCrowded = pairs.length > 120;
  return (
    <g className={isCrowded ? 'choice-links is-crowded' : 'choice-links'}>
      {paths.map((path, unlike) =>
        path === '' ? null : (
          <path
            key={unlike}
            className={unlike === 0 ? 'choice-link' : 'choice-link is-unlike'}
            d={path}
            strokeWidth={unlike === 0 ? 0.75 : (0.5 + (2.5 * unlike) / choices) * (isCrowded ? 0.5 : 1)}
          />
        ),
      )}
    </g>
  );
}

/** All choices: one path for the full ones and one for the empty, and a frame round what was decided last. */
function Marks({ state, spokes }: { state: Choices; spokes: readonly Spoke[] }) {
  const { bits, choices, agreed, last, isChanged } = state;
  const half = spokes.length > 16 ? 5 : 6;
  const at = (choice: number): [number, number] =>
    placed(spokes[Math.floor(choice / choices)]!, RING.radius + 12 + (choice % choices) * STEP);
  let full = '';
  let empty = '';
  let corners = '';
  for (const [choice, bit] of bits.entries()) {
    const [x, y] = at(choice);
    if (bit === 1) full += `M${x - half} ${y - half}h${2 * half}v${2 * half}h${-2 * half}z`;
    else
      empty += `M${x - half + 0.5} ${y}a${half - 0.5} ${half - 0.5} 0 1 0 ${2 * half - 1} 0a${half - 0.5} ${half - 0.5} 0 1 0 ${1 - 2 * half} 0z`;
    if (agreed[choice] === 1) corners += `M${x - half - 2} ${y - half + 2}v-4h4M${x + half + 2} ${y + half - 2}v4h-4`;
  }
  const [lastX, lastY] = last < 0 ? [0, 0] : at(last);
  return (
    <g className="choice-marks">
      <path className="choice is-full" d={full} />
      <path className="choice is-empty" d={empty} />
      <path className="choice-agreed" d={corners} />
      {last < 0 ? null : (
        <circle className={isChanged ? 'choice-last is-changed' : 'choice-last'} cx={lastX} cy={lastY} r={half + 5} />
      )}
    </g>
  );
}

export default function LandscapeInside({ facts }: { facts: PartFacts }) {
  const { player } = useStage();
  // The run may come after the first picture: it is asked for anew each time.
  const reader = () => {
    const run = player.reader()?.run;
    return run === undefined ? null : readLandscape(run, facts.id);
  };
  useMoment(() => reader()?.rows(player.clock().at) ?? -1);
  const state = reader()?.at(player.clock().at) ?? player.frame().landscapes?.[facts.id];
  if (state === undefined) return null;
  const spokes = spokesOf(state.bits.length / state.choices);
  return (
    <g className="part landscape">
      <Links state={state} spokes={spokes} />
      <Marks state={state} spokes={spokes} />
      {facts.signs.map((sign, row) => {
        const y = ROWS_AT + row * ROW;
        return (
          <g key={sign.id}>
            {sign.id === 'unlikeLinks' ? (
              <path className="choice-link is-unlike" d={`M16 ${y + 8}H38`} strokeWidth="3" />
            ) : null}
            <Fitted
              className="part-sign"
              x={sign.id === 'unlikeLinks' ? 46 : 16}
              y={y + 13}
              room={sign.id === 'unlikeLinks' ? 180 : 210}
            >
              {sign.label}
            </Fitted>
            <text className={`part-value is-${sign.tone}`} x={facts.shape.width - 16} y={y + 13} textAnchor="end">
              {sign.value}
            </text>
          </g>
        );
      })}
    </g>
  );
}
