/** Who calls whom in a scenario, and who looks after whom, as each kind of part declares it. It builds nothing and runs nothing. */
import type { Scenario } from './scenario.ts';
import { kinds } from './parts/known.ts';

/** Pairs of part ids: caller and callee, or a control part and what it steers. Each pair stands there once. */
export interface Connections {
  calls: [string, string][];
  steers: [string, string][];
}

/** The connections of a scenario whose design has been applied. Parts that it does not have are left out. */
export function connectionsOf(scenario: Pick<Scenario, 'parts' | 'links'>): Connections {
  const calls = new Map<string, [string, string]>();
  const steers = new Map<string, [string, string]>();
  const put = (into: Map<string, [string, string]>, from: string, to: string): void => {
    if (Object.hasOwn(scenario.parts, from) && Object.hasOwn(scenario.parts, to)) into.set(`${from} ${to}`, [from, to]);
  };
  for (const [id, settings] of Object.entries(scenario.parts)) {
    const kind = kinds.get(settings.kind)!;
    const never = neverCalled(settings);
    for (const callee of kind.callees(settings)) if (!never.has(callee.id)) put(calls, id, callee.id);
    for (const { id: other, watches } of kind.steers?.(settings) ?? []) if (watches !== true) put(steers, id, other);
  }
  for (const { from, to } of scenario.links) put(calls, from, to);
  return { calls: [...calls.values()], steers: [...steers.values()] };
}

/** Parts that a part's plans name only in steps that are never made: a design or a dial has switched them off. */
function neverCalled(settings: unknown): Set<string> {
  const never = new Set<string>();
  const named = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value === 'string') named.add(value);
    else if (Array.isArray(value)) for (const each of value) walk(each);
    else if (typeof value === 'object' && value !== null) {
      const step = value as { to?: unknown; probability?: unknown };
      if (step.probability === 0 && typeof step.to === 'string') never.add(step.to);
      // a name of its own says nothing of whom it calls
      else for (const [field, each] of Object.entries(value)) if (field !== 'id') walk(each);
    }
  };
  walk(settings);
  return new Set([...never].filter((id) => !named.has(id)));
}
