/** The small door to what an organisation writes down of itself, without the machine. For a page that draws one. */
export { bond, organisationColumns, organisationRow, PER_UNIT } from './parts/organisation/journal.ts';
