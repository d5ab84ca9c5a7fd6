import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseScenario, simulate, type Input, type ScenarioSource } from '../../../simulations/index.ts';
import { decodeRun, type Address } from './address.ts';
import { csvOf } from './csv.ts';
import { hostileLinks } from './hostile.fixture.ts';
import { fileName, keptFile, linkIn, MAX_FILE, measuresTable, windowsTable } from './kept-run.ts';

const scenario = parseScenario(JSON.parse(readFileSync('simulations/examples/bad-release.json', 'utf8')));
const run = simulate(scenario, { design: 'canary', record: 'trace' });
const address: Address = { ...run, scenario: run.scenario, at: 61.5 };
const cells = (text: string): string[][] =>
  text
    .replace('\uFEFF', '')
    .trimEnd()
    .split('\r\n')
    .map((row) => row.split(','));

describe('a table as text', () => {
  it('quotes what would break a row', () => {
    expect(csvOf([['a,b', 'say "so"', 'two\nlines', 1.5, null]])).toBe(
      '\uFEFF"a,b","say ""so""","two\nlines",1.5,\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =1', '=HYPERLINK("http://example.com","x")'])(
    'makes a formula harmless: %j',
    (text) => {
      expect(csvOf([[text]]).replace('\uFEFF', '')).toMatch(/^"?'/);
    },
  );

  it('leaves numbers alone, negative ones too, and writes none for what is none', () => {
    expect(csvOf([[-1.5, NaN, Infinity, 1e21]])).toBe('\uFEFF-1.5,,,1e+21\r\n');
  });
});

describe('what is kept of a run', () => {
  it('has a row for each window and a column for each reading', () => {
    const [head, ...rows] = cells(csvOf(windowsTable(run)));
    const { windows } = run.trace!;
    expect(rows).toHaveLength(windows.count);
    expect(head).toEqual(['from (s)', 'to (s)', ...Object.keys(windows.columns)]);
    expect(rows.every((row) => row.length === head!.length)).toBe(true);
    const [name] = Object.keys(windows.columns);
    expect(Number(rows[3]![2])).toBe(windows.columns[name!]![3]);
    expect(Number(rows.at(-1)![1])).toBe(600);
  });

  it('has every measure by its name, in words where there are any, with theory beside it', () => {
    const rows = measuresTable(run, { 'clients.failed': 'Requests that failed' }, { 'clients.failed': 7 });
    const failed = rows.find(([name]) => name === 'clients.failed')!;
    expect(failed.slice(0, 3)).toEqual([
      'clients.failed',
      'Requests that failed',
      run.measures['clients.failed']!.value,
    ]);
    expect(failed.at(-1)).toBe(7);
    expect(rows).toHaveLength(Object.keys(run.measures).length + 1);
  });

  it('opens again: the file holds a link to the very run', () => {
    const read = linkIn(keptFile(run, scenario, address));
    const decoded = 'link' in read ? decodeRun(read.link, scenario) : null;
    expect(decoded?.ok && decoded.address).toMatchObject({ design: 'canary', at: 61.5, digest: run.digest, seed: 1 });
  });

  it('has under its setting only what the reader did: what the scenario plans stands in the scenario, and happens once', () => {
    const planned = parseScenario(JSON.parse(readFileSync('simulations/examples/shop-gateway.json', 'utf8')));
    expect(planned.inputs).not.toEqual([]);
    const own = [{ at: 200, fault: 'no-catalogue', duration: 10 }];
    const made = simulate(planned, { inputs: own });
    const text = keptFile(made, planned, { ...made, scenario: planned.id, inputs: own, at: 0 });
    const kept = JSON.parse(text) as { scenario: ScenarioSource; setting: { inputs: Input[]; design: string } };
    expect(kept.setting.inputs).toEqual(own);
    expect(simulate(kept.scenario, kept.setting).digest).toBe(made.digest);
  });

  it('is named after scenario, design, seed and moment, in letters that every system takes', () => {
    expect(fileName({ scenario: 'bad-release', design: 'canary', seed: 7, at: 61.5001 })).toBe(
      'bad-release_canary_seed-7_at-61.5',
    );
    expect(fileName({ scenario: '../a b', design: 'c:d', seed: 1, at: 1e300 })).toMatch(/^[A-Za-z0-9._+-]+$/);
  });
});

describe('a file that is hostile', () => {
  const good = keptFile(run, scenario, address);
  const files: [string, string][] = [
    ['is empty', ''],
    ['is no JSON', 'hello'],
    ['is cut short', good.slice(0, 500)],
    ['is nested a hundred thousand deep', '['.repeat(100_000)],
    ['is nested deep and closed', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['is a list', '[1,2,3]'],
    ['is null', 'null'],
    ['is a number', '1e999'],
    ['is of another format', good.replace('seams-run', 'seams-record')],
    ['has a number for a link', good.replace(/"link": ".*"/, '"link": 7')],
    ['has a list for a link', good.replace(/"link": ".*"/, '"link": ["2;a"]')],
    ['has a prototype for a link', '{"format":"seams-run","__proto__":{"link":"2;one-server"}}'],
    ['is an SVG with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['is a page', '<!doctype html><script>alert(1)</script>'],
    ['is larger than any', ' '.repeat(MAX_FILE + 1)],
  ];
  it.each(files)('%s is refused', (_, text) => {
    const began = performance.now();
    expect(linkIn(text)).toHaveProperty('problem');
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('is refused for its link, whatever of the corpus stands there', () => {
    const through = hostileLinks().filter(({ text }) => {
      const read = linkIn(JSON.stringify({ format: 'seams-run', link: text }));
      return 'link' in read && decodeRun(read.link, scenario).ok;
    });
    expect(through).toEqual([]);
  });
});
