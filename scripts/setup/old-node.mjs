/**
 * Ends with one sentence where Node is too old even for the set-up. It is written so that
 * an old Node can read it: nothing newer than ES2015, and no import of its own.
 */
export const oldest = 20;

export function refuseOldNode() {
  const version = process.versions.node;
  if (Number(version.split('.')[0]) >= oldest) return;
  console.error(
    'Seams sets itself up with Node ' +
      oldest +
      ' or newer and this is Node ' +
      version +
      ': install a current one from https://nodejs.org and run the same command again.',
  );
  process.exit(1);
}
