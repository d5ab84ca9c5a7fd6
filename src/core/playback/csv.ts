/** Tables as text that spreadsheets open. It knows rows and cells and not what they mean. */

/** A cell: text, a number, or nothing. */
export type Cell = string | number | null;

/**
 * A spreadsheet takes text that begins like this for a formula and would run it; an apostrophe in front makes it text.
 * Source: OWASP, CSV Injection.
 */
const formula = /^[=+\-@\t\r\n]/;

function written(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const text = formula.test(cell.trimStart()) || formula.test(cell) ? `'${cell}` : cell;
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as comma-separated values (RFC 4180), with a mark in front by which spreadsheets know that it is UTF-8. */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(written).join(',')).join('\r\n')}\r\n`;
