/** The drawing on a wall: as large as it can be, and with no more words than there is room for. */
import { describe, expect, it } from 'vitest';
import oneServer from '../../../../simulations/scenarios/one-server/scenario.ts';
import fourTier from '../../../../simulations/scenarios/four-tier/scenario.ts';
import { parseScenario } from '../../../../simulations/index.ts';
import { fit, layoutOf } from './layout.ts';
import { leastLetters, roomiest, wordsFor } from './wall.ts';

const box = { width: 1180, height: 760 };

describe('a drawing on a wall', () => {
  for (const source of [oneServer, fourTier]) {
    const scenario = parseScenario(source);
    const connections = {
      calls: scenario.links.map(({ from, to }): [string, string] => [from, to]),
      steers: [],
    };
    it(`comes out at least as large as on a page: ${scenario.id}`, () => {
      const onPage = fit(layoutOf(scenario, {}, 'wide', connections), box).zoom;
      expect(fit(roomiest(scenario, {}, connections, box), box).zoom).toBeGreaterThanOrEqual(onPage);
    });
  }

  it('says less the larger its letters have to be', () => {
    expect([14, 20, 24, 40].map(wordsFor)).toEqual(['all', 'all', 'few', 'name']);
  });

  it('has letters as large as the least of a wall, and on a page leaves them as they are', () => {
    expect(leastLetters()).toBe(0);
    document.documentElement.dataset['deck'] = 'a-lesson';
    document.documentElement.style.fontSize = '30px';
    expect(leastLetters()).toBeCloseTo(24.6);
    delete document.documentElement.dataset['deck'];
    document.documentElement.style.fontSize = '';
  });
});
