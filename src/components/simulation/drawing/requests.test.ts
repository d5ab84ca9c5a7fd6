import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../core/playback/frame.ts';
import { lineFor, roomFor } from '../parts/shape.ts';
import { layoutOf } from './layout.ts';
import { nearest, placeRequests } from './requests.ts';

const scenario = {
  parts: { clients: { kind: 'traffic', calls: ['server'] }, server: { kind: 'service' } },
  links: [],
  positions: {},
} as unknown as Parameters<typeof layoutOf>[0];
const slots = [{ instance: 0, hop: -1 }];
const states = {
  clients: { instances: [true], slots: [], queue: [], inside: 0 },
  server: { instances: [true], slots, queue: [], inside: 0 },
};
const layout = layoutOf(scenario, states, 'wide');
const server = layout.parts.find((part) => part.id === 'server')!;

function frame(waiting: number, travelling: number): Frame {
  return {
    at: 0,
    design: 'one',
    standing: {},
    links: {},
    parts: { ...states, server: { ...states.server, queue: Array.from({ length: waiting }, (_, hop) => hop) } },
    travelling: Array.from({ length: travelling }, (_, each) => ({
      hop: waiting + each,
      from: 0,
      to: 1,
      share: each / travelling,
      back: each % 2 === 1,
      fate: each % 2,
      attempt: 0,
      isLate: false,
    })),
    flows: [],
    faults: [],
    made: 0,
    answered: 0,
    failed: 0,
  };
}
const place = (waiting: number, travelling = 0) =>
  placeRequests(frame(waiting, travelling), layout, ['clients', 'server'], () => 0);

describe('the requests on the drawing', () => {
  it('are drawn one by one while they move, and sampled beyond what an eye can follow', () => {
    expect(new Set(place(0, 2000).map((dot) => dot.hop)).size).toBe(2000);
    const many = place(0, 12_000).map((dot) => dot.hop);
    expect(many.length).toBeGreaterThan(2900);
    expect(many.length).toBeLessThan(3100);
    // The same few are drawn while their number changes a little, and whoever is followed always is.
    expect(place(0, 11_990).filter((dot) => !many.includes(dot.hop))).toEqual([]);
    const left = Array.from({ length: 12_000 }, (_, hop) => hop).find((hop) => !many.includes(hop))!;
    const followed = placeRequests(frame(0, 12_000), layout, ['clients', 'server'], () => 0, new Set([left]));
    expect(followed.some((dot) => dot.hop === left)).toBe(true);
  });

  it.each([1, 40, 41, 160, 161, 500, 520])(
    'are all drawn while %i of them wait, each in a place of its own',
    (count) => {
      const dots = place(count);
      expect(dots).toHaveLength(count);
      const { radius } = dots[0]!;
      for (const [index, dot] of dots.entries()) {
        expect(dot.x - radius).toBeGreaterThanOrEqual(server.x);
        expect(dot.y + radius).toBeLessThanOrEqual(server.y + server.shape.height);
        const next = dots[index + 1];
        if (next !== undefined) expect(Math.hypot(next.x - dot.x, next.y - dot.y)).toBeGreaterThanOrEqual(2 * radius);
      }
    },
  );

  it('are summed up in a number only beyond what can be told apart', () => {
    expect(roomFor(server.shape)).toBe(520);
    expect(place(3000)).toHaveLength(520);
  });

  it('are seen in a slot while they are served, also where not all slots are shown', () => {
    const many = Array.from({ length: 200 }, (_, slot) => ({ instance: 0, hop: slot >= 190 ? slot : -1 }));
    const full = layoutOf(scenario, { ...states, server: { ...states.server, slots: many } }, 'wide');
    const busy = { ...frame(0, 0), parts: { ...states, server: { ...states.server, slots: many } } };
    const served = placeRequests(busy, full, ['clients', 'server'], () => 0).map((dot) => dot.hop);
    expect(served).toEqual(Array.from({ length: 10 }, (_, each) => 190 + each));
  });

  it('stand as large as there is room for', () => {
    const radii = [40, 160, 520].map((count) => lineFor(server.shape, count)!.radius);
    expect(radii).toEqual(radii.toSorted((a, b) => b - a));
    expect(lineFor(server.shape, 40)!.radius).toBe(place(0, 1)[0]!.radius);
  });

  it('are found near a finger, and none where nobody is', () => {
    const dots = place(3);
    expect(nearest(dots, dots[1]!.x + 1, dots[1]!.y, 16)?.hop).toBe(1);
    expect(nearest(dots, -100, -100, 16)).toBeNull();
  });
});
