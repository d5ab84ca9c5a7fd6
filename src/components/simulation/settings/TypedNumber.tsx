/** A number one can type: it is taken when the typing is done, so that "0.12" is not refused at "0". */
import { useState } from 'react';

export function TypedNumber({
  value,
  label,
  min,
  max,
  take,
  isReady,
  className = 'dial-typed',
  field,
  decimals,
}: {
  value: number;
  label: string;
  min: number;
  max: number;
  /** Told the number within its bounds, when it is another one. */
  take(value: number): void;
  isReady: boolean;
  className?: string;
  /** A name by which whoever moves it about can find it again. */
  field?: string;
  /** So many decimals are shown; the value keeps the others. */
  decimals?: number;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const done = (): void => {
    const typed = Number(draft);
    if (draft !== null && draft.trim() !== '' && Number.isFinite(typed)) {
      const bounded = Math.min(max, Math.max(min, typed));
      if (bounded !== value) take(bounded);
    }
    setDraft(null);
  };
  return (
    <input
      type="number"
      className={className}
      aria-label={label}
      data-field={field}
      min={min}
      max={max}
      step="any"
      disabled={!isReady}
      value={draft ?? String(decimals === undefined ? value : Number(value.toFixed(decimals)))}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key === 'Enter') done();
        if (event.key === 'Escape' && draft !== null) {
          event.stopPropagation();
          setDraft(null);
        }
      }}
    />
  );
}
