import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen, siteServer } from './serve.ts';

const home = mkdtempSync(join(tmpdir(), 'seams-serve-'));
const site = join(home, 'site');
const servers: Server[] = [];

async function open(base: string): Promise<number> {
  const server = siteServer({ folder: site, base });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

/** Sends the request line as it stands: `fetch` would tidy `..` away before the server saw it. */
function raw(port: number, path: string, method = 'GET'): Promise<string> {
  return new Promise((done, fail) => {
    let text = '';
    const line = createConnection(port, '127.0.0.1', () =>
      line.write(`${method} ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`),
    );
    line
      .on('data', (bytes) => (text += bytes))
      .on('end', () => done(text))
      .on('error', fail);
  });
}

beforeAll(() => {
  for (const folder of ['', 'ko', 'lessons/one', 'embed/one', 'ko/embed/one', '_astro', '.hidden'])
    mkdirSync(join(site, folder), { recursive: true });
  writeFileSync(join(home, 'secret.txt'), 'secret');
  writeFileSync(join(site, 'index.html'), `<h1>Home</h1>${' '.repeat(4000)}`);
  writeFileSync(join(site, '404.html'), '<h1>Not here</h1>');
  writeFileSync(join(site, 'ko/404.html'), '<h1>없는 페이지</h1>');
  writeFileSync(join(site, 'lessons/one/index.html'), '<h1>Lesson</h1>');
  writeFileSync(join(site, 'embed/one/index.html'), '<h1>Stage</h1>');
  writeFileSync(join(site, 'ko/embed/one/index.html'), '<h1>무대</h1>');
  writeFileSync(join(site, '_astro/a.abc123.js'), 'export {}');
  writeFileSync(join(site, '.hidden/key'), 'secret');
  symlinkSync(join(home, 'secret.txt'), join(site, 'link.txt'));
});

afterAll(async () => {
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  rmSync(home, { recursive: true });
});

describe('the static server', () => {
  it('lets another site put the pages for frames into a frame, and no other page', async () => {
    for (const base of ['/', '/seams']) {
      const port = await open(base);
      const framedBy = async (path: string): Promise<string | null> =>
        (await fetch(`http://127.0.0.1:${port}${base.replace(/\/$/, '')}${path}`)).headers.get(
          'content-security-policy',
        );
      expect(await framedBy('/embed/one/')).toBe('frame-ancestors *');
      expect(await framedBy('/ko/embed/one/')).toBe('frame-ancestors *');
      for (const path of ['/', '/lessons/one/', '/lessons/embed/one/'])
        expect(await framedBy(path), path).toBe("frame-ancestors 'self'");
      expect(await framedBy('/_astro/a.abc123.js')).toBeNull();
    }
  });

  it('serves pages, keeps hashed files for good and asks again for all others', async () => {
    const port = await open('/');
    const page = await fetch(`http://127.0.0.1:${port}/`, { headers: { 'accept-encoding': 'gzip, br' } });
    expect(await page.text()).toContain('Home');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('content-encoding')).toBe('br');
    const script = await fetch(`http://127.0.0.1:${port}/_astro/a.abc123.js`);
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('cache-control')).toContain('immutable');
    const again = await fetch(`http://127.0.0.1:${port}/`, { headers: { 'if-none-match': page.headers.get('etag')! } });
    expect(again.status).toBe(304);
  });

  it('sends an address without its last slash on, with its query', async () => {
    const port = await open('/');
    const reply = await fetch(`http://127.0.0.1:${port}/lessons/one?run=a`, { redirect: 'manual' });
    expect(reply.status).toBe(308);
    expect(reply.headers.get('location')).toBe('/lessons/one/?run=a');
  });

  it('says "not found" in the language of the address', async () => {
    const port = await open('/');
    const english = await fetch(`http://127.0.0.1:${port}/nowhere/`);
    expect(english.status).toBe(404);
    expect(await english.text()).toContain('Not here');
    expect(await (await fetch(`http://127.0.0.1:${port}/ko/nowhere`)).text()).toContain('없는 페이지');
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/lessons/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/.hidden/key',
    '/link.txt',
    '/%00',
    '/%',
  ])('never leaves its folder for %s', async (path) => {
    const reply = await raw(await open('/'), path);
    expect(reply).toMatch(/^HTTP\/1\.1 40[04] /);
    expect(reply).not.toMatch(/\nsecret/);
  });

  it('redirects to no other host', async () => {
    const reply = await raw(await open('/'), '//lessons/one');
    expect(reply).toMatch(/\r\nlocation: \/lessons\/one\/\r\n/i);
  });

  it('refuses to take anything', async () => {
    expect(await raw(await open('/'), '/', 'POST')).toMatch(/^HTTP\/1\.1 405 /);
  });

  it('serves a site that was built for a path under that path only', async () => {
    const port = await open('/school/seams/');
    expect((await fetch(`http://127.0.0.1:${port}/school/seams/lessons/one/`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/lessons/one/`)).status).toBe(404);
    const start = await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' });
    expect(start.headers.get('location')).toBe('/school/seams/');
  });

  it('takes the next port when one is taken', async () => {
    const taken = await open('/');
    const server = siteServer({ folder: site });
    servers.push(server);
    expect(await listen(server, taken, '127.0.0.1', false)).toBeGreaterThan(taken);
    const strict = siteServer({ folder: site });
    await expect(listen(strict, taken, '127.0.0.1', true)).rejects.toThrow('EADDRINUSE');
  });
});
