/** The order in which options are shown: mixed, but always mixed alike, so that the built page and the live one agree. */

/** FNV-1a over the code units: 32 well-spread bits from a short text. */
function hash(text: string): number {
  let bits = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193);
  return bits >>> 0;
}

/** The ids in an order that depends only on `salt` and on the set of ids, not on the order they came in. */
export function shuffled(ids: readonly string[], salt: string): string[] {
  return ids
    .map((id) => ({ id, rank: hash(`${salt}/${id}`) }))
    .sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}

/** As `shuffled`, but never in the order that is the answer: an ordering that starts solved asks nothing. */
export function misordered(ids: readonly string[], salt: string): string[] {
  const order = shuffled(ids, salt);
  const solved = order.every((id, at) => id === ids[at]);
  return solved && order.length > 1 ? [...order.slice(1), order[0] as string] : order;
}
