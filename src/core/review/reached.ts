/** How far a lesson was read, derived from the log. It knows no storage. */

/** How many of these sections the reader has read, whatever their order. */
export function sectionsRead(
  log: readonly { kind: string; place?: string }[],
  sections: readonly { id: string }[],
): number {
  const places = new Set(log.flatMap(({ kind, place }) => (kind === 'reading' && place !== undefined ? [place] : [])));
  return sections.filter(({ id }) => places.has(id)).length;
}
