import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import scenario from '../../simulations/scenarios/change-boundaries/scenario.ts';
import { coChanges, commitsIn, mixed, partOf, wordOf, type PartMap } from './history.ts';

const map: PartMap = {
  repository: 'https://example.org/shop',
  commit: '0'.repeat(40),
  years: ['2013-01-01', '2014-01-01', '2015-01-01'],
  mostFiles: 3,
  folders: { rules: ['core/'], office: ['core/admin/', 'office/'] },
  words: { order: ['order', 'cart'], goods: ['product'] },
  parts: [
    ['rules', 'order'],
    ['rules', 'goods'],
    ['office', 'order'],
  ],
};

describe('a history', () => {
  it('says which part a file belongs to: by the longest folder, then by the first word', () => {
    expect(partOf('core/models/order.rb', map)).toBe(0);
    expect(partOf('core/models/Product_of_order.rb', map)).toBe(0);
    expect(partOf('core/models/product.rb', map)).toBe(1);
    expect(partOf('core/admin/cart.rb', map)).toBe(2);
    expect(partOf('office/product.rb', map)).toBe(-1);
    expect(partOf('orders/readme.md', map)).toBe(-1);
  });

  it('takes what one author changed on one day as one change', () => {
    const log = `
@2013-05-02 ann@example.org
core/order.rb

@2013-05-02 bob@example.org
core/product.rb
readme.md

@2013-05-02 ann@example.org
office/order.rb

@2014-02-01 ann@example.org
core/order.rb
core/product.rb

@2014-02-02 ann@example.org
core/order.rb
core/product.rb
office/order.rb
office/cart.rb

@2015-01-01 ann@example.org
core/order.rb
core/product.rb
`;
    expect(coChanges(commitsIn(log), map)).toEqual({ years: [[[0, 2]], [[0, 1]]], single: [1, 0] });
  });

  it('has its days mixed, always alike, and loses none', () => {
    const days = Array.from({ length: 100 }, (_, day) => day);
    expect(mixed(days)).toEqual(mixed(days));
    expect(mixed(days).toSorted((a, b) => a - b)).toEqual(days);
    const near = mixed(days).filter((day, i, all) => i > 0 && Math.abs(day - all[i - 1]!) < 5);
    expect(near).toEqual([]);
  });

  it('is written in letters', () => {
    expect(wordOf([0, 3, 11])).toBe('adl');
  });

  it('stands in the scenario with the parts that the map names', () => {
    const spree = JSON.parse(readFileSync(new URL('spree.json', import.meta.url), 'utf8')) as PartMap;
    const { shop } = scenario.parts;
    expect(shop!.kind === 'changes' && shop!.components).toEqual(spree.parts.map((part) => part.join('-')));
  });
});
