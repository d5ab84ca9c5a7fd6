/** The few signs that say a state without colour. Each is drawn in a square of sixteen. */
import type { ReactNode } from 'react';

const paths: Record<string, ReactNode> = {
  stopped: (
    <>
      <rect x="3" y="2" width="3.6" height="12" />
      <rect x="9.4" y="2" width="3.6" height="12" />
    </>
  ),
  surge: <path d="M1 14 L6 14 L8.5 2 L11 14 L15 14" fill="none" stroke="currentColor" strokeWidth="2" />,
  busy: <path d="M8 1 A7 7 0 1 1 7.99 1 Z M8 4 V8 L11 10" fill="none" stroke="currentColor" strokeWidth="2" />,
  waiting: (
    <>
      <circle cx="3" cy="8" r="2.2" />
      <circle cx="8" cy="8" r="2.2" />
      <circle cx="13" cy="8" r="2.2" />
    </>
  ),
  down: <path d="M3 3 L13 13 M13 3 L3 13" fill="none" stroke="currentColor" strokeWidth="2.6" />,
  trouble: <path d="M8 1 L15.4 14.4 H0.6 Z M7.1 5.4 V10 H8.9 V5.4 Z M7.1 11.2 V13 H8.9 V11.2 Z" fillRule="evenodd" />,
  steers: (
    <path
      d="M8 4.6 A3.4 3.4 0 1 1 7.99 4.6 M8 0 V4 M8 12 V16 M0 8 H4 M12 8 H16"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
    />
  ),
  'left-out': <path d="M1 8 H4 M6.5 8 H9.5 M12 8 H15" fill="none" stroke="currentColor" strokeWidth="2" />,
  idle: <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" strokeWidth="2" />,
  refusal: <path d="M3 3 L13 13 M13 3 L3 13" fill="none" stroke="currentColor" strokeWidth="2.4" />,
};

/** A sign inside an SVG drawing. */
export function Sign({ name, x, y, size = 14 }: { name: string; x: number; y: number; size?: number }) {
  return (
    <svg className="sign" x={x} y={y} width={size} height={size} viewBox="0 0 16 16" fill="currentColor">
      {paths[name]}
    </svg>
  );
}

/** The same sign among words. */
export function Icon({ name }: { name: string }) {
  return (
    <svg className="stage-icon" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
      {paths[name]}
    </svg>
  );
}
