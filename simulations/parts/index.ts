/** The one list of the kinds of parts. A new kind is its own folder and one line here. */
import { z } from 'zod';
import { service } from './service/service.ts';
import { traffic } from './traffic/traffic.ts';

const list = [traffic, service] as const;

/** Every kind by its name. */
export const kinds = new Map<string, (typeof list)[number]>(list.map((kind) => [kind.kind, kind]));

/** The settings of a part of any kind. */
export const partSettings = z
  .discriminatedUnion('kind', [traffic.settings, service.settings])
  .describe('A part: its `kind` says which settings it has.');
