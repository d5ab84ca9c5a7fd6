/** The small door to what a stream of changes writes down of itself, without the machine. For a page that draws one. */
export { changesColumns, changesRow } from './parts/changes/journal.ts';
