/** Numbers of a layer as a small table: each a shade and a figure. It knows no network. */
import type { ReactNode } from 'react';

/** Prints the numbers of one language, with a proper minus. */
export type Print = (value: number) => string;

export function printer(language: string, digits = 1): Print {
  const format = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return (value) => {
    const text = format.format(value).replace('-', '−');
    return /^−0[.,]?0*$/.test(text) ? text.slice(1) : text;
  };
}

/** How dark a number is drawn, from -4 to 4, beside the largest of its layer. */
export const shadeOf = (value: number, most: number): number =>
  Math.sign(value) * Math.ceil(Math.min(1, Math.abs(value) / Math.max(most, 1e-9)) * 4 - 1e-9);

interface ValuesProps {
  /** What these numbers are, heard and not seen. */
  caption: string;
  /** Row by row; null where the data has not come yet. */
  values: readonly number[] | null;
  columns: number;
  rows: number;
  print: Print;
  /** A cell that is spoken of. */
  marked?: number;
  /** The largest number, by size, to be drawn dark. */
  most?: number;
}

export function Values({ caption, values, columns, rows, print, marked, most }: ValuesProps): ReactNode {
  const top = most ?? Math.max(1e-9, ...(values ?? [0]).map(Math.abs));
  return (
    <table className="network-values" data-fresh={values === null ? undefined : ''}>
      <caption className="only-read-aloud">{caption}</caption>
      <tbody>
        {Array.from({ length: rows }, (_row, row) => (
          // oxlint-disable-next-line react/no-array-index-key -- a row is its place
          <tr key={row}>
            {Array.from({ length: columns }, (_cell, column) => {
              const at = row * columns + column;
              const value = values?.[at];
              return (
                <td
                  // oxlint-disable-next-line react/no-array-index-key -- a cell is its place
                  key={column}
                  data-shade={value === undefined ? undefined : shadeOf(value, top)}
                  data-marked={marked === at || undefined}
                >
                  {value === undefined ? '·' : print(value)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface SureProps {
  title: string;
  names: readonly string[];
  /** Shares that add up to one; null where the data has not come yet. */
  sure: readonly number[] | null;
  percent: Print;
  /** Heard beside the one that the network says. */
  says: string;
}

/** How sure a network is of each answer: a bar, a figure, and a mark at what it says. */
export function Sure({ title, names, sure, percent, says }: SureProps): ReactNode {
  const best = sure === null ? -1 : sure.indexOf(Math.max(...sure));
  return (
    <div className="network-layer network-sure">
      <p className="network-label">{title}</p>
      <ol data-fresh={sure === null ? undefined : ''}>
        {names.map((name, at) => (
          <li key={name} data-says={at === best || undefined}>
            <span className="network-name">{name}</span>
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect width="100" height="10" className="network-trough" />
              <rect width={(sure?.[at] ?? 0) * 100} height="10" className="network-bar" />
            </svg>
            <span className="network-share">{sure === null ? '·' : percent(sure[at]!)}</span>
            <span className="network-mark" aria-hidden="true">
              {at === best ? '◂' : ''}
            </span>
            {at === best && <span className="only-read-aloud">{says}</span>}
          </li>
        ))}
      </ol>
    </div>
  );
}
