/**
 * How a change spreads: it begins at one component and goes on to those that depend on it, less easily across a border
 * that has an interface. Which components depend on which, and where each change goes, are draws per pair and per request,
 * so that every design meets the same system and the same changes. It knows no owners, no work and no time.
 */
import { uniform, type Stream } from '../../engine/draws.ts';
import { choice, field, list, number, object, otherwise, text, whole, type z } from '../../fields.ts';

/** Components that a system may have. */
export const MOST_COMPONENTS = 240;

export const spreadSettings = field(
  'Changes begin at one component, all alike, and spread through the dependencies between components.',
  object({
    components: field(
      `How many components there are: 1 to ${MOST_COMPONENTS}.`,
      whole({ min: 1, max: MOST_COMPONENTS }),
    ),
    cluster: field(
      'How many components belong together by nature, 1 to 240: the first so many are a cluster, the next so many the next.',
      whole({ min: 1, max: MOST_COMPONENTS }),
    ),
    inside: field(
      'How many components of its own cluster depend on a component, on average; at most all of them.',
      number({ min: 0, max: MOST_COMPONENTS }),
    ),
    outside: field(
      'How many of every hundred components outside its cluster depend on a component, on average: 0 to 100. So a system twice as large has twice as many of them for each component.',
      number({ min: 0, max: 100 }),
    ),
    chance: field(
      'The probability that a change of a component makes one that depends on it change, too: 0 to 1.',
      number({ min: 0, max: 1 }),
    ),
    borders: field(
      'Where interfaces are: `none`, so that a change spreads alike everywhere; or `drawn`, round modules: where a cluster ends, and where what a team has ends.',
      otherwise(choice(['none', 'drawn']), 'none'),
    ),
    teams: field(
      "Among how many teams the components are dealt, 1 to 240: the first share is the first team's, and so on. A module is what one team has of one cluster.",
      otherwise(whole({ min: 1, max: MOST_COMPONENTS }), 1),
    ),
    leak: field(
      'The share of that probability which is left across a border between two clusters, 0 to 1: at 1 an interface hides nothing. What belongs to one cluster has no interface inside that hides anything, wherever a border runs.',
      otherwise(number({ min: 0, max: 1 }), 1),
    ),
    misdrawn: field(
      'The share of components that stand on the wrong side of a border: each of them in the module of some other component. 0 to 1.',
      otherwise(number({ min: 0, max: 1 }), 0),
    ),
    owned: field(
      'Whose the components are: of one owner `together`, the first; or `by-team`, where owner n is team n.',
      otherwise(choice(['together', 'by-team']), 'together'),
    ),
    handOff: field(
      'How many pieces of work it takes to hand a change on to each owner after the first, 0 to 10: they are sent to that owner on top. What is left over a whole number is a chance of one more.',
      otherwise(number({ min: 0, max: 10 }), 0),
    ),
    still: field(
      'Classes of request that do not spread: each touches one component, any of them.',
      otherwise(list(text(60), { max: 20 }), []),
    ),
  }),
);

export type SpreadSettings = z.output<typeof spreadSettings>;

/** The streams that a system and its changes are drawn from. */
export interface SpreadStreams {
  /** Who depends on whom. */
  depends: Stream;
  /** Which components stand on the wrong side of a border, and where. */
  misplaced: Stream;
  /** Where a change begins, and over which dependencies it goes on. */
  spreads: Stream;
  /** What it takes to hand a change on. */
  handsOn: Stream;
}

/** Where a request of a class that does not spread has its draw: apart from those of changes. */
const STILL = 0x7374696c;

/** A system of components as it has been drawn. */
export interface System {
  settings: SpreadSettings;
  /** By component: the cluster that it belongs to by nature. */
  clusterOf: readonly number[];
  /** By component: those that depend on it. */
  dependents: readonly (readonly number[])[];
  /** By component: the module that it stands in, from 0, wherever a border is kept or not. */
  moduleOf: readonly number[];
  /** By component: the team that has it, from 0. */
  teamOf: readonly number[];
  modules: number;
}

/** Draws a system. A component more changes nothing between the others. */
export function drawSystem(
  settings: SpreadSettings,
  { depends, misplaced }: Pick<SpreadStreams, 'depends' | 'misplaced'>,
): System {
  const { components, cluster, inside, outside } = settings;
  const within = cluster > 1 ? Math.min(1, inside / (cluster - 1)) : 0;
  const beyond = outside / 100;
  const clusterOf = Array.from({ length: components }, (_, component) => Math.floor(component / cluster));
  const dependents = Array.from({ length: components }, (_, from) => {
    const found: number[] = [];
    for (let to = 0; to < components; to++) {
      if (to === from) continue;
      const share = clusterOf[to] === clusterOf[from] ? within : beyond;
      if (uniform(depends, from, to) < share) found.push(to);
    }
    return found;
  });
  const teams = Math.min(settings.teams, components);
  const teamFor = (component: number) => Math.floor((component * teams) / components);
  const moduleFor: number[] = [0];
  for (let i = 1; i < components; i++) {
    const begins = clusterOf[i] !== clusterOf[i - 1] || teamFor(i) !== teamFor(i - 1);
    moduleFor.push(moduleFor[i - 1]! + (begins ? 1 : 0));
  }
  /** Whose place a component stands in: its own, or that of another one. */
  const stands = moduleFor.map((_, i) =>
    uniform(misplaced, i, 0) < settings.misdrawn ? Math.floor(uniform(misplaced, i, 1) * components) : i,
  );
  return {
    settings,
    clusterOf,
    dependents,
    moduleOf: stands.map((at) => moduleFor[at]!),
    teamOf: stands.map(teamFor),
    modules: moduleFor[components - 1]! + 1,
  };
}

/**
 * The components that a change touches, the one that it begins at first, the others in the order in which it reaches them.
 * Whether it goes over a dependency is one draw for each request and dependency, so a lower probability touches some of the
 * same components and no other.
 */
export function spreadOf(
  { settings, clusterOf, dependents, moduleOf }: System,
  spreads: Stream,
  request: number,
): number[] {
  const { components, chance, borders, leak } = settings;
  const first = Math.floor(uniform(spreads, request, 0) * components);
  const touched = [first];
  const seen = new Uint8Array(components);
  seen[first] = 1;
  for (let next = 0; next < touched.length; next++) {
    const from = touched[next]!;
    for (const to of dependents[from]!) {
      if (seen[to] === 1) continue;
      const isHidden = borders === 'drawn' && moduleOf[from] !== moduleOf[to] && clusterOf[from] !== clusterOf[to];
      if (uniform(spreads, request, 1 + from * MOST_COMPONENTS + to) >= (isHidden ? chance * leak : chance)) continue;
      seen[to] = 1;
      touched.push(to);
    }
  }
  return touched;
}

/** The one component that a request of a class that does not spread touches. @param path of its call: several may be made for one request. */
export function stillAt({ settings }: System, spreads: Stream, request: number, path: number): number {
  return Math.floor(uniform(spreads, request, path ^ STILL) * settings.components);
}

/** Whose each component is, by its number. */
export const ownersIn = ({ settings, teamOf }: System): number[] =>
  teamOf.map((team) => (settings.owned === 'together' ? 0 : team));

/** Pieces that it takes to hand a change of this request on to one more owner. */
export function handOffs({ settings }: System, handsOn: Stream, request: number, owner: number): number {
  const whole = Math.floor(settings.handOff);
  return whole + (uniform(handsOn, request, owner) < settings.handOff - whole ? 1 : 0);
}
