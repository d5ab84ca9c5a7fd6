/** What the database of the record is called, for whoever opens it. */
export const databaseName = 'seams';
