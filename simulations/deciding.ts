/** The small door to what a landscape of choices writes down of itself, without the machine. For a page that draws one. */
export { landscapeColumns, landscapeRow } from './parts/landscape/journal.ts';
