/**
 * The people of an organisation in a ring, team by team, and what ties the code that they wrote: a full line for tight
 * links, the thicker the more there are, and a dashed one for loose links. Under it stands how much of each there is.
 */
import { readOrganisation, type Organised } from '../../../../core/playback/organisation.ts';
import { useMoment, useStage } from '../../context.ts';
import { Fitted } from '../basis/Fitted.tsx';
import type { PartFacts } from '../facts.ts';
import { RING, ROW, ROWS_AT } from './shape.ts';
import { initials, placesInRing, type Place } from './ring.ts';

/** So many links between two are needed before a line is as thick as can be; where there are more, the most of all. */
const MANY = 20;
const THICK = 5.5;

/** From one person to another, bent towards the middle, so that a line between neighbours stays near the rim. */
function curve(from: Place, to: Place): string {
  const bend = 0.42;
  const x = ((from.x + to.x) / 2) * (1 - bend) + RING.x * bend;
  const y = ((from.y + to.y) / 2) * (1 - bend) + RING.y * bend;
  return `M${from.x} ${from.y}Q${Math.round(x)} ${Math.round(y)} ${to.x} ${to.y}`;
}

function Ties({ state, places }: { state: Organised; places: readonly Place[] }) {
  const people = places.length;
  const most = Math.max(MANY, ...state.tight);
  const mostLoose = Math.max(MANY, ...state.loose);
  let dashed = '';
  const lines: { d: string; width: number; isAcross: boolean }[] = [];
  for (let one = 1; one < people; one += 1)
    for (let other = 0; other < one; other += 1) {
      const loose = state.loose[one * people + other]!;
      const tight = state.tight[one * people + other]!;
      if (loose + tight === 0) continue;
      const d = curve(places[one]!, places[other]!);
      // a faint web of single interfaces would hide what it stands for
      if (loose > mostLoose / 3) dashed += d;
      if (tight > 0)
        lines.push({
          d,
          width: Math.round((0.5 + (THICK * tight) / most) * 2) / 2,
          isAcross: state.teams[one] !== state.teams[other],
        });
    }
  lines.sort((a, b) => Number(b.isAcross) - Number(a.isAcross) || a.width - b.width);
  return (
    <g className="ties">
      {lines.map(({ d, width, isAcross }) => (
        <path key={d} className={isAcross ? 'tie is-across' : 'tie'} d={d} strokeWidth={width} />
      ))}
      <path className="tie is-loose" d={dashed} />
    </g>
  );
}

/** An arc outside of the people of one team, with its number. */
function Teams({ places, teams }: { places: readonly Place[]; teams: readonly number[] }) {
  const spans = new Map<number, { from: number; to: number }>();
  for (const [person, { angle }] of places.entries()) {
    const span = spans.get(teams[person]!);
    spans.set(teams[person]!, {
      from: Math.min(angle, span?.from ?? angle),
      to: Math.max(angle, span?.to ?? angle),
    });
  }
  const point = (angle: number, radius: number): [number, number] => [
    Math.round(RING.x + radius * Math.sin(angle)),
    Math.round(RING.y - radius * Math.cos(angle)),
  ];
  return (
    <g className="ring-teams">
      {[...spans].map(([team, { from, to }]) => {
        const radius = RING.radius + 23;
        const wide = 0.11;
        const [x, y] = point(from - wide, radius);
        const [endX, endY] = point(to + wide, radius);
        const [labelX, labelY] = point((from + to) / 2, radius + 14);
        const isLong = to - from + 2 * wide > Math.PI ? 1 : 0;
        return (
          <g key={team}>
            <path className="ring-team" d={`M${x} ${y}A${radius} ${radius} 0 ${isLong} 1 ${endX} ${endY}`} />
            <text className="ring-number" x={labelX} y={labelY + 5} textAnchor="middle">
              {team + 1}
            </text>
          </g>
        );
      })}
    </g>
  );
}

interface PeopleProps {
  state: Organised;
  places: readonly Place[];
  names: readonly string[];
  busy: readonly boolean[];
}

/** Everybody: as large as the files they wrote last are many, and full while they are at something. */
function People({ state, places, names, busy }: PeopleProps) {
  const most = Math.max(8, ...state.files);
  return (
    <g className="ring-people">
      {places.map(({ x, y }, person) => (
        <g key={person} className={busy[person] === true ? 'ring-person is-busy' : 'ring-person'}>
          <circle cx={x} cy={y} r={Math.round(2 * (9 + 6 * Math.sqrt(state.files[person]! / most))) / 2} />
          <text x={x} y={y + 4.5} textAnchor="middle">
            {names[person]}
          </text>
        </g>
      ))}
    </g>
  );
}

export default function OrganisationInside({ facts }: { facts: PartFacts }) {
  const { player, scenario, speech } = useStage();
  // The run may come after the first picture: it is asked for anew each time.
  const reader = () => {
    const run = player.reader()?.run;
    return run === undefined ? null : readOrganisation(run, facts.id);
  };
  useMoment(() => reader()?.rows(player.clock().at) ?? -1);
  const busy = useMoment(() => (player.frame().parts[facts.id]?.slots ?? []).map(({ hop }) => hop >= 0));
  const state = reader()?.at(player.clock().at) ?? player.frame().organisations?.[facts.id];
  if (state === undefined) return null;
  const places = placesInRing(state.teams, RING);
  const names = initials(scenario, facts.id, state.teams.length, (dial) => speech.words.dials[dial]?.name);
  return (
    <g className="part organisation">
      <Teams places={places} teams={state.teams} />
      <Ties state={state} places={places} />
      <People state={state} places={places} names={names} busy={busy} />
      {facts.signs.map((sign, row) => {
        const y = ROWS_AT + row * ROW;
        const isLine = sign.id === 'tight' || sign.id === 'tightAcross' || sign.id === 'loose';
        return (
          <g key={sign.id}>
            {isLine ? <path className={`tie-sample is-${sign.id}`} d={`M16 ${y + 8}H40`} /> : null}
            <Fitted className="part-sign" x={isLine ? 48 : 16} y={y + 13} room={isLine ? 200 : 232}>
              {sign.label}
            </Fitted>
            <text className="part-value" x={facts.shape.width - 16} y={y + 13} textAnchor="end">
              {sign.value}
            </text>
          </g>
        );
      })}
    </g>
  );
}
