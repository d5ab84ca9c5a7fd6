/** Law: each number that is kept beside a lesson is what the machine gives today. The gate asks for every third (measured.test.ts). */
import { describe, expect, it } from 'vitest';
import { numbersIn } from '../../scripts/measure.ts';
import { lessonFiles, readKept } from '../../src/markdown/library.ts';

const lessons = await numbersIn(lessonFiles());

describe.each([...lessons.keys()])('the numbers of %s', (folder) => {
  it('are what the machine gives today', () => {
    const kept = readKept(folder);
    for (const [key, { run, where }] of lessons.get(folder)!)
      expect(kept[key], `${where}: run "npm run measure"`).toEqual(run());
  }, 300_000);
});
