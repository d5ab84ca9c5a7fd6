/**
 * Laws over the simulations of people: their cards say in every language what is assumed, on whose word, and what turns the
 * result round; a claim proves the latter; and the anchors that their frames point at are there.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { languages } from '../../languages.ts';
import { anchorOf, argumentSections, arguing, cardFaults } from '../../src/core/course/arguments.ts';
import { readScenario, scenarioIds } from '../../src/markdown/library.ts';

const read = await Promise.all(scenarioIds().map(async (id) => ({ id, scenario: (await readScenario(id))! })));
const people = read.filter(({ scenario }) => scenario.family === arguing);

describe.each(languages)('the cards of simulations of people in $name', ({ id: language }) => {
  it('say what is assumed, on whose word, and what turns it round', () => {
    const faults = people.flatMap(({ id }) => {
      const path = join('simulations/scenarios', id, `card.${language}.md`);
      return cardFaults(existsSync(path) ? readFileSync(path, 'utf8') : '', language).map(
        (fault) => `${path}: ${fault}`,
      );
    });
    expect(faults).toEqual([]);
  });

  it('would be found wanting without a section, without points, or with an assumption on nobody’s word', () => {
    const { assumes, turns, ours } = argumentSections[language];
    const good = `# Card\n\n## ${assumes}\n\n- One thing (Brooks 1975, seen).\n- Another:\n  ${ours}.\n\n## ${turns}\n\n- A dial.\n`;
    expect(cardFaults(good, language)).toEqual([]);
    expect(cardFaults(good.replace(assumes, 'Something else'), language).join()).toContain('no section');
    expect(cardFaults(good.replace('- A dial.', 'A dial.'), language).join()).toContain('no points');
    expect(cardFaults(good.replace('(Brooks 1975, seen)', 'for certain'), language).join()).toContain('neither');
    expect(cardFaults(good.replace(ours, '?'), language)).toHaveLength(1);
  });
});

it('every simulation of people has a claim in which the popular result is turned round', () => {
  const without = people.filter(({ scenario }) => !scenario.claims?.some(({ id }) => id.endsWith('turned-round')));
  expect(without.map(({ id }) => id)).toEqual([]);
});

it('the anchor of a heading is the one that Markdown gives it', () => {
  expect(anchorOf(argumentSections.en.assumes)).toBe('what-it-assumes-and-where-that-comes-from');
  expect(anchorOf(argumentSections.ko.assumes)).toBe('무엇을-가정했고-어디서-왔는지');
});
