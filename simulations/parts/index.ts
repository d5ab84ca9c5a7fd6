/** The one list of the kinds of parts. A new kind is its own folder and one line here. */
import { field, z } from '../fields.ts';
import type { Kind } from './kind.ts';
import { service } from './service/service.ts';
import { traffic } from './traffic/traffic.ts';

const list = [traffic, service] as const;

/** Every kind by its name. */
export const kinds = new Map<string, Kind>(list.map((kind) => [kind.kind, kind as unknown as Kind]));

type SettingsOf<List> = List extends readonly [
  { settings: infer First extends z.core.$ZodTypeDiscriminable },
  ...infer Rest,
]
  ? [First, ...SettingsOf<Rest>]
  : [];

/** The settings of a part of any kind. */
export const partSettings = field(
  'A part: its `kind` says which settings it has.',
  z.discriminatedUnion('kind', list.map(({ settings }) => settings) as unknown as SettingsOf<typeof list>),
);
