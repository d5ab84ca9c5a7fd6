/** The figures by which requests are told apart, as strokes round their middle: the canvas and the still picture draw the same. */
import { RADIUS, type Look } from './requests.ts';

type Stroke = readonly (readonly [number, number])[];

/** What a look is drawn as; open strokes are not filled. */
export interface Figure {
  outline: readonly Stroke[];
  isOpen: boolean;
}

const arc = (radius: number, from: number, to: number, steps = 10): Stroke =>
  Array.from({ length: steps + 1 }, (_, step) => {
    const turn = (from + ((to - from) * step) / steps) * Math.PI * 2;
    return [radius * Math.cos(turn), radius * Math.sin(turn)] as const;
  });

const a = RADIUS - 0.5;
const b = RADIUS - 1;
export const figureOf: Record<Exclude<Look, 'out' | 'waiting' | 'served' | 'answered'>, Figure> = {
  retried: {
    outline: [
      [
        [0, -a - 1],
        [a + 1, 0],
        [0, a + 1],
        [-a - 1, 0],
        [0, -a - 1],
      ],
    ],
    isOpen: false,
  },
  late: { outline: [arc(b, 0.05, 0.45), arc(b, 0.55, 0.95)], isOpen: true },
  refused: {
    outline: [
      arc(a, 0, 1, 16),
      [
        [-a + 2, 0],
        [a - 2, 0],
      ],
    ],
    isOpen: false,
  },
  'timed-out': {
    outline: [
      [
        [-b, -a],
        [b, -a],
        [-b, a],
        [b, a],
        [-b, -a],
      ],
    ],
    isOpen: false,
  },
  failed: {
    outline: [
      [
        [-b, -b],
        [b, b],
      ],
      [
        [b, -b],
        [-b, b],
      ],
    ],
    isOpen: true,
  },
};

/** A figure as a path of an SVG drawing, round a point. */
export const pathOf = ({ outline }: Figure, x: number, y: number): string =>
  outline
    .map((stroke) =>
      stroke
        .map(([dx, dy], place) => `${place === 0 ? 'M' : 'L'}${(x + dx).toFixed(1)} ${(y + dy).toFixed(1)}`)
        .join(''),
    )
    .join('');
