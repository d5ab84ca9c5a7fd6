import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Address } from '../../core/playback/address.ts';
import { encodeRun, MAX_LENGTH } from '../../core/playback/address.ts';
import { hostileLinks } from '../../core/playback/hostile.fixture.ts';
import { linked as scenario } from '../../core/playback/linked.fixture.ts';
import { MAX_PACKED, readRun, writeRun } from './packing.ts';

const short: Required<Omit<Address, 'texts' | 'left'>> = {
  scenario: 'one-server',
  design: 'one',
  compared: ['two'],
  dials: { arrivalRate: 8, variability: 1 },
  inputs: [{ at: 60, fault: 'pause' }],
  seed: 1,
  at: 60,
  engine: '0.1.0',
  digest: '0123456789abcdef',
  view: [],
};
const long: Required<Omit<Address, 'texts' | 'left'>> = {
  ...short,
  inputs: Array.from({ length: 100 }, (_, each) => ({ at: each * 5.001, fault: 'pause', duration: 2 })),
};
/** A packed link around any bytes. */
const pack = (text: string | Uint8Array): string =>
  `z;one-server;${deflateRawSync(text).toString('base64url').replaceAll('=', '')}`;

describe('the text of a link', () => {
  it('is readable while it is short', async () => {
    expect(await writeRun(short)).toBe(encodeRun(short));
  });

  it('is packed when it is long, to less than half, and comes back as it went', async () => {
    const text = await writeRun(long);
    expect(text).toMatch(/^z;one-server;[A-Za-z0-9_-]+$/);
    expect(text.length).toBeLessThan(encodeRun(long).length / 2);
    expect(text.length).toBeLessThan(MAX_PACKED);
    expect(new URL(`https://example.com/?run=${text}`).searchParams.get('run')).toBe(text);
    expect(await readRun(text, scenario)).toEqual({ ok: true, address: long });
  });

  it('of an older version opens when it is packed, too', async () => {
    const read = await readRun(pack('1;one-server;two;arrivalRate:9;;1;3;;'), scenario);
    expect(read.ok && [read.address.design, read.address.at]).toEqual(['two', 3]);
  });
});

describe('a packed link that is hostile', () => {
  const bomb = deflateRawSync(new Uint8Array(100_000_000)).toString('base64url');
  const good = pack(encodeRun(long));
  it.each([
    ['unpacks to a hundred megabytes', `z;one-server;${bomb.slice(0, MAX_PACKED - 100)}`, 'packed'],
    ['is a whole bomb', `z;one-server;${bomb}`, 'too-long'],
    ['unpacks to more than a link may have', pack('2;'.repeat(MAX_LENGTH)), 'too-long'],
    ['unpacks to far more than that', pack('2;'.repeat(MAX_LENGTH * 4)), 'packed'],
    ['is a megabyte', `z;one-server;${'a'.repeat(1_000_000)}`, 'too-long'],
    ['is empty', 'z;one-server;', 'packed'],
    ['has no letters', 'z;one-server', 'packed'],
    ['has a field too many', `${good};`, 'packed'],
    ['has letters that are none', `z;one-server;${'%'.repeat(50)}`, 'packed'],
    ['is cut short', good.slice(0, 60), 'packed'],
    ['is noise', `z;one-server;${'_-'.repeat(100)}`, 'packed'],
    ['holds bytes that are no text', pack(new Uint8Array([0xff, 0xfe, 0xfd])), 'packed'],
    ['holds a packed link', pack(good), 'format'],
    ['is for another scenario', good.replace('one-server', 'retry-storm'), 'other-scenario'],
    ['holds a link for another scenario', pack(encodeRun({ ...long, scenario: 'retry-storm' })), 'other-scenario'],
    ['holds a later version', pack(encodeRun(long).replace(/^\d+/, '99')), 'newer'],
    ['holds a script', pack('<script>alert(1)</script>'), 'format'],
  ])('%s is refused with a reason', async (_, text, problem) => {
    const began = performance.now();
    const read = await readRun(text, scenario);
    expect(read.ok ? 'let through' : read.problems[0]!.problem).toBe(problem);
    expect(performance.now() - began).toBeLessThan(500);
  });

  it('is refused, whatever of the corpus is packed into it, and so is all of it as it stands', async () => {
    const through: string[] = [];
    for (const { what, text } of hostileLinks()) {
      if ((await readRun(text, scenario)).ok) through.push(what);
      if ((await readRun(pack(text.slice(0, 50_000)), scenario)).ok) through.push(`packed: ${what}`);
    }
    expect(through).toEqual([]);
  });
});
