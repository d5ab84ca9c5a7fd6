/** Right or wrong, as a sign: never by colour alone, and silent, since the words beside it say the same. */
import type { ReactNode } from 'react';

export function Mark({ right }: { right: boolean }): ReactNode {
  return (
    <svg
      className={`quiz-mark ${right ? 'is-right' : 'is-wrong'}`}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      {right ? <path d="M3 8.5 6.5 12 13 4.5" /> : <path d="M4 4l8 8M12 4l-8 8" />}
    </svg>
  );
}
