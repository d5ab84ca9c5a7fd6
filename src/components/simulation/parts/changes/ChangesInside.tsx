/**
 * Components as the cells of a map. Each bears the number of its owner, and where neighbours have different owners a border
 * is drawn between them. What the latest change touched is framed and tied together: with a full line where it stays with
 * one owner, with a broken one where it crosses a border.
 */
import { readChanges, type Bordered } from '../../../../core/playback/changes.ts';
import { useMoment, useStage } from '../../context.ts';
import { Fitted } from '../basis/Fitted.tsx';
import type { PartFacts } from '../facts.ts';
import type { Box } from '../shape.ts';
import { componentNames } from './names.ts';
import { cellsOf, isNamed, ROW, rowsAt } from './shape.ts';

/** A line between every two neighbours with different owners. */
function bordersOf(cells: readonly Box[], owners: readonly number[]): string {
  let path = '';
  for (const [one, { x, y, width, height }] of cells.entries()) {
    const right = cells.findIndex((cell) => cell.y === y && Math.abs(cell.x - x - width) < 0.5);
    const below = cells.findIndex((cell) => cell.x === x && Math.abs(cell.y - y - height) < 0.5);
    if (right >= 0 && owners[right] !== owners[one]) path += `M${x + width} ${y}v${height}`;
    if (below >= 0 && owners[below] !== owners[one]) path += `M${x} ${y + height}h${width}`;
  }
  return path;
}

interface MapProps {
  state: Bordered;
  cells: readonly Box[];
}

function Cells({ state, cells }: MapProps) {
  return (
    <g className={state.concerned > 1 ? 'map-cells is-crossing' : 'map-cells'}>
      {cells.map((box, component) => (
        <rect
          key={component}
          className={state.touched.includes(component) ? 'map-cell is-touched' : 'map-cell'}
          {...box}
        />
      ))}
    </g>
  );
}

/** What each component is called, and the number of its owner; over the tie, so that both can be read. */
function Labels({ state, cells, names }: MapProps & { names: readonly (string | null)[] }) {
  const named = isNamed(cells.length);
  return (
    <g className="map-labels">
      {cells.map(({ x, y, width, height }, component) =>
        named ? (
          <g key={component}>
            <Fitted className="map-name" x={x + 6} y={y + 18} room={width - 12} size={14}>
              {names[component] ?? String(component + 1)}
            </Fitted>
            <text className="map-owner" x={x + 6} y={y + 37}>
              {state.owners[component]! + 1}
            </text>
          </g>
        ) : (
          <text key={component} className="map-owner" x={x + width / 2} y={y + height / 2 + 5} textAnchor="middle">
            {state.owners[component]! + 1}
          </text>
        ),
      )}
    </g>
  );
}

/** What the latest change touched, in the order of its components. */
function Change({ state: { touched, concerned }, cells }: MapProps) {
  if (touched.length === 0) return null;
  const middles = touched.map((component) => {
    const { x, y, width, height } = cells[component]!;
    const isWide = isNamed(cells.length);
    return { x: x + (isWide ? width - 14 : width / 2), y: y + (isWide ? height - 12 : height / 2) };
  });
  return (
    <g className={concerned > 1 ? 'map-change is-crossing' : 'map-change'}>
      <path className="map-tie" d={`M${middles.map(({ x, y }) => `${x} ${y}`).join('L')}`} />
      {middles.map(({ x, y }, place) => (
        <circle key={place} className="map-spot" cx={x} cy={y} r={isNamed(cells.length) ? 5 : 3} />
      ))}
    </g>
  );
}

export default function ChangesInside({ facts }: { facts: PartFacts }) {
  const { player, scenario, speech } = useStage();
  // The run may come after the first picture: it is asked for anew each time.
  const reader = () => {
    const run = player.reader()?.run;
    return run === undefined ? null : readChanges(run, facts.id);
  };
  useMoment(() => reader()?.rows(player.clock().at) ?? -1);
  const state = reader()?.at(player.clock().at) ?? player.frame().bordered?.[facts.id];
  if (state === undefined) return null;
  const cells = cellsOf(state.owners.length);
  const names = componentNames(scenario, facts.id, state.owners.length, (dial) => speech.words.dials[dial]?.name);
  const top = rowsAt(cells.length);
  return (
    <g className="part component-map">
      <Cells state={state} cells={cells} />
      <path className="map-border" d={bordersOf(cells, state.owners)} />
      <Change state={state} cells={cells} />
      <Labels state={state} cells={cells} names={names} />
      {facts.signs.map((sign, row) => (
        <g key={sign.id}>
          <Fitted className="part-sign" x={16} y={top + row * ROW + 13} room={facts.shape.width - 100}>
            {sign.label}
          </Fitted>
          <text
            className={`part-value is-${sign.tone}`}
            x={facts.shape.width - 16}
            y={top + row * ROW + 13}
            textAnchor="end"
          >
            {sign.value}
          </text>
        </g>
      ))}
    </g>
  );
}
