/**
 * The machine gives the same runs in WebKit, the engine of Safari, as in Node (rule R1). It is Debian's WebKitGTK, driven by
 * WebDriver on a screen that nobody sees: `webkit2gtk-driver` and `xvfb`. Nothing is installed here; without them nothing is asked.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { comparedSystems, digestsOf, door, served } from './determinism.fixture.ts';

const needed = { WebKitWebDriver: 'webkit2gtk-driver', Xvfb: 'xvfb' };
const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
const missing = Object.entries(needed)
  .filter(([program]) => !folders.some((folder) => existsSync(join(folder, program))))
  .map(([, name]) => name);

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** Starts a program that ends with the test. */
function begin(program: string, parameters: string[], options: Parameters<typeof spawn>[2] = {}): ChildProcess {
  const child = spawn(program, parameters, { stdio: 'ignore', ...options });
  ends.push(() => {
    if (child.exitCode !== null) return;
    const gone = new Promise((resolve) => void child.once('exit', resolve));
    child.kill();
    return gone;
  });
  return child;
}

/** A screen that nobody sees; the server picks a number that is free. */
async function screen(): Promise<string> {
  const server = begin('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x720x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [line] = (await new Promise<Buffer>((resolve, reject) => {
    server.stdio[3]!.once('data', resolve);
    server.once('exit', () => reject(new Error('Xvfb ended before it had a screen')));
  })
    .then(String)
    .then((text) => text.split('\n'))) as [string];
  return `:${line}`;
}

async function home(): Promise<string> {
  const server = createServer(({ url = '/' }, response) => {
    const answer = served(at(), decodeURIComponent(url.slice(1)));
    response.writeHead(answer === null ? 404 : 200, {
      'content-type': `${answer?.type ?? 'text/plain'}; charset=utf-8`,
    });
    response.end(answer?.body);
  });
  const at = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  ends.push(() => server.close());
  return at();
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => void server.close(resolve));
  return port;
}

/** A session of WebKit: it sends one command of WebDriver and gives its value. */
async function webkit(): Promise<(method: string, path: string, body?: object) => Promise<unknown>> {
  const port = await freePort();
  // the browser's own sandbox refuses to start for root, as in a container; it loads nothing but our page
  const sandbox = process.getuid?.() === 0 ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } : {};
  begin('WebKitWebDriver', [`--port=${port}`], { env: { ...process.env, ...sandbox, DISPLAY: await screen() } });
  const send = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { value } = (await answer.json()) as { value: unknown };
    if (!answer.ok) throw new Error(JSON.stringify(value));
    return value;
  };
  await expect.poll(() => send('GET', '/status').catch(() => null), { timeout: 20_000 }).toMatchObject({ ready: true });
  const { sessionId } = (await send('POST', '/session', { capabilities: { alwaysMatch: {} } })) as {
    sessionId: string;
  };
  ends.push(() => send('DELETE', `/session/${sessionId}`));
  return (method, path, body) => send(method, `/session/${sessionId}${path}`, body);
}

it('the same question gives the same digest in Node and in WebKit (R1)', async ({ skip }) => {
  const need = `WebKit was not asked: this needs Debian's packages ${missing.join(' and ')}`;
  if (missing.length > 0) console.warn(need);
  skip(missing.length > 0, need);
  const [address, systems, command] = [await home(), await comparedSystems(), await webkit()];
  await command('POST', '/url', { url: address });
  await command('POST', '/timeouts', { script: 600_000 });
  const inWebKit = await command('POST', '/execute/async', {
    script: `const [list, address, done] = arguments;
      import(address)
        .then(({ simulate }) => list.map((system) => simulate(system, { record: 'trace' }).digest))
        .then(done, (error) => done(String(error)));`,
    args: [systems, address + door],
  });
  expect(inWebKit).toEqual(digestsOf(systems));
  expect(new Set(inWebKit as string[]).size).toBe(systems.length);
});
