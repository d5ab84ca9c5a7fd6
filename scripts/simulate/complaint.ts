/** What a command says when it was asked for something that cannot be: one clear message, no stack. It knows no command. */

/** Bad input: the message is for the person who typed it. */
export class Complaint extends Error {
  override name = 'Complaint';
}

/** "Did you mean …?", with the names to choose from where none is near. Empty where there is nothing to choose. */
export function suggestion(asked: string, names: readonly string[], prefix = ''): string {
  if (names.length === 0) return '';
  const byDistance = names
    .map((name) => ({ name, distance: distance(asked.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const { name, distance: least } = byDistance[0]!;
  if (least <= Math.max(2, asked.length / 3)) return ` Did you mean ${prefix}${name}?`;
  const shown = names.slice(0, 12).map((other) => prefix + other);
  return ` There ${names.length === 1 ? 'is' : 'are'} ${shown.join(', ')}${names.length > shown.length ? ', …' : ''}.`;
}

/** How many letters must be put in, left out or changed to get from one word to the other. */
export function distance(from: string, to: string): number {
  // a long stranger is far from everything: no need to find out how far
  if (Math.max(from.length, to.length) > 150) return Math.abs(from.length - to.length) + 150;
  let above = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = above[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      row[j] = Math.min(change, above[j]! + 1, row[j - 1]! + 1);
    }
    above = row;
  }
  return above[to.length]!;
}
