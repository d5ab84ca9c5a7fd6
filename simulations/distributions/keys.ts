/** PLACEHOLDER by the lead: the helper for distributions writes this file. */
import { uniform, type Stream } from '../engine/draws.ts';
import { field, object, whole, z } from '../fields.ts';
export const keys = field('Keys.', object({ count: field('How many.', whole({ min: 1, max: 1e6 })) }));
export function keySampler(own: z.output<typeof keys>, s: Stream): (request: number, index: number) => number {
  return (request, index) => Math.floor(uniform(s, request, index) * own.count);
}
