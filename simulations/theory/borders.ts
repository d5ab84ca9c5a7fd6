/** How often a change crosses borders that were drawn without looking at what changes together. */

/**
 * The probability that a change crosses a border, where each of its parts belongs to one of some equal services by lot,
 * whatever the others do: 1 − g^−(m − 1). With as many parts to each service it is a little too low; see `blindCrossing`.
 * @param parts that the change touches. @param services of equal size.
 */
export function blindCrossingApart(parts: number, services: number): number {
  let together = 1;
  for (let i = 1; i < parts; i++) together /= services;
  return 1 - together;
}

/**
 * The same where the parts are dealt to services of given sizes: exactly. That the first is somewhere leaves less room
 * for the others there.
 * @param sizes how many parts each service has. @param parts that the change touches, at most all there are.
 */
export function blindCrossing(parts: number, sizes: readonly number[]): number {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  let together = 0;
  for (const size of sizes) {
    let chance = 1;
    for (let i = 0; i < parts; i++) chance *= Math.max(0, size - i) / (all - i);
    together += chance;
  }
  return 1 - together;
}
