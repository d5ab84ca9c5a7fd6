/** Five fills that are told apart without colour. They are drawn in pixels, whatever the picture they fill is stretched to. */
import type { ReactNode } from 'react';

const SIZE = 7;
const shapes: ReactNode[] = [
  <rect key="all" width={SIZE} height={SIZE} opacity="0.45" />,
  <path key="slope" d="M0 7L7 0H4.6L0 4.6ZM7 7V4.6L4.6 7Z" />,
  <circle key="dot" cx="3.5" cy="3.5" r="1.5" />,
  <path key="flat" d="M0 0H7V1.8H0Z" />,
  <path key="upright" d="M0 0H1.8V7H0Z" />,
];

/** The fill of the n-th layer of a chart. */
export const fillOf = (id: string, index: number): string => `url(#${id}-${index % shapes.length})`;

export function Patterns({ id, width, height }: { id: string; width: number; height: number }) {
  return (
    <defs>
      {shapes.map((shape, index) => (
        <pattern
          // eslint-disable-next-line react/no-array-index-key -- the fills are a fixed list
          key={index}
          id={`${id}-${index}`}
          className="fault-pattern"
          width={SIZE}
          height={SIZE}
          patternUnits="userSpaceOnUse"
          patternTransform={`scale(${1000 / Math.max(1, width)} ${100 / Math.max(1, height)})`}
        >
          <rect className="pattern-ground" width={SIZE} height={SIZE} />
          {shape}
        </pattern>
      ))}
    </defs>
  );
}

/** A small piece of such a fill, to stand before a word. */
export function Swatch({ id, index }: { id: string; index: number }) {
  return (
    <svg className="swatch" viewBox="0 0 14 10" aria-hidden="true">
      <pattern
        id={`${id}-swatch-${index}`}
        width={SIZE}
        height={SIZE}
        patternUnits="userSpaceOnUse"
        className="fault-pattern"
      >
        <rect className="pattern-ground" width={SIZE} height={SIZE} />
        {shapes[index % shapes.length]}
      </pattern>
      <rect width="14" height="10" fill={`url(#${id}-swatch-${index})`} />
    </svg>
  );
}
