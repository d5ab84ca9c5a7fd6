/** Which kind of part is drawn how. A kind without a folder here gets the plain default, never nothing. */
import type { ComponentType } from 'react';
import type { PartFacts } from './facts.ts';
import type { Orientation, Shape } from './shape.ts';
import { Service } from './service/Service.tsx';
import { serviceShape } from './service/shape.ts';
import { Traffic } from './traffic/Traffic.tsx';
import { trafficShape } from './traffic/shape.ts';
import { Unknown } from './unknown/Unknown.tsx';
import { unknownShape } from './unknown/shape.ts';

interface Kind {
  shape(slots: readonly { instance: number }[], orientation: Orientation): Shape;
  Drawing: ComponentType<{ facts: PartFacts }>;
}

const kinds: Record<string, Kind> = {
  service: { shape: (slots) => serviceShape(slots), Drawing: Service },
  traffic: { shape: (_, orientation) => trafficShape(orientation), Drawing: Traffic },
};

const unknown: Kind = { shape: (slots) => unknownShape(slots), Drawing: Unknown };

/** How a kind of part is drawn. */
export const kindOf = (kind: string): Kind => (Object.hasOwn(kinds, kind) ? kinds[kind]! : unknown);
