/**
 * A small server for the built site: what `npm start` opens and the journeys walk through.
 * It serves files of one folder and nothing else, to this computer only unless `--host` is given.
 */
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { networkInterfaces } from 'node:os';
import { extname, join, relative, resolve, sep } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { languages } from '../languages.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.map': 'application/json; charset=utf-8',
};
const compressible = /^(text\/|application\/(json|manifest|xml)|image\/svg)/;

const compress = {
  br: (bytes: Buffer) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes, { level: 6 }),
};
type Encoding = keyof typeof compress;

interface Entry {
  /** Tells one state of the file from another; the file is read again when it changes. */
  version: string;
  type: string;
  etag: string;
  plain: Buffer;
  packed: Partial<Record<Encoding, Buffer>>;
}

/** Why an address is refused before any file is looked for: it could only be a mistake or an attack. */
function badPath(path: string): boolean {
  return (
    path.includes('\0') ||
    path.includes('\\') ||
    path.split('/').some((step) => step === '..' || /^\.(?!well-known$)/.test(step))
  );
}

/** Whether a page, by its path within the site, is one to be put into a frame on another page. */
const isForFrames = (path: string): boolean =>
  languages.some((language) => path.startsWith(`/${language.path === '' ? '' : `${language.path}/`}embed/`));

/** True when `file` lies in `folder`; both are absolute. */
function isInside(folder: string, file: string): boolean {
  const way = relative(folder, file);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === file;
}

export interface SiteOptions {
  /** The folder that holds the built site. */
  folder: string;
  /** The path that the site was built for; `/` when it has a host of its own. */
  base?: string;
}

/** Answers requests from the files of a folder. */
export function siteServer({ folder, base = '/' }: SiteOptions): Server {
  const root = resolve(folder);
  const prefix = `/${base.split('/').filter(Boolean).join('/')}`.replace(/\/$/, '');
  const entries = new Map<string, Entry>();

  async function read(file: string): Promise<Entry | undefined> {
    const facts = await stat(file).catch(() => undefined);
    if (!facts?.isFile()) return undefined;
    // A link inside the folder may point out of it.
    if (!isInside(await realpath(root), await realpath(file))) return undefined;
    const version = `${facts.size}-${facts.mtimeMs}`;
    const known = entries.get(file);
    if (known?.version === version) return known;
    const plain = await readFile(file);
    const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
    const type = types[extname(file).toLowerCase()] ?? 'application/octet-stream';
    const entry: Entry = { version, type, etag, plain, packed: {} };
    entries.set(file, entry);
    return entry;
  }

  /** The not-found page of the language that the address asks for, or of the first language. */
  async function notFound(steps: string[]): Promise<Entry | undefined> {
    const own = /^[a-z]{2}$/.test(steps[0] ?? '') ? await read(join(root, steps[0]!, '404.html')) : undefined;
    return own ?? (await read(join(root, '404.html')));
  }

  async function send(request: IncomingMessage, response: ServerResponse, status: number, entry: Entry, path: string) {
    const lasting = path.startsWith('/_astro/');
    const headers: Record<string, string> = {
      'content-type': entry.type,
      etag: entry.etag,
      'cache-control': lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
    };
    if (compressible.test(entry.type)) headers['vary'] = 'accept-encoding';
    // Only the pages that are made for it may stand in a frame on another site. A page cannot say this of itself.
    if (entry.type.startsWith('text/html'))
      headers['content-security-policy'] = `frame-ancestors ${isForFrames(path) ? '*' : "'self'"}`;
    if (status === 200 && request.headers['if-none-match']?.split(/\s*,\s*/).includes(entry.etag)) {
      response.writeHead(304, headers).end();
      return;
    }
    let body = entry.plain;
    const accepted = request.headers['accept-encoding'] ?? '';
    const encoding = (['br', 'gzip'] as const).find((name) =>
      new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`).test(accepted),
    );
    if (encoding && compressible.test(entry.type) && entry.plain.length > 1024) {
      body = entry.packed[encoding] ??= await compress[encoding](entry.plain);
      headers['content-encoding'] = encoding;
    }
    headers['content-length'] = String(body.length);
    response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);
  }

  function say(response: ServerResponse, status: number, words: string, headers: Record<string, string> = {}) {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(`${words}\n`);
  }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return say(response, 405, 'This server only hands out pages.', { allow: 'GET, HEAD' });
    }
    const [rawPath = '/', query] = (request.url ?? '/').split(/\?(.*)/s);
    let path: string;
    try {
      path = decodeURIComponent(rawPath);
    } catch {
      return say(response, 400, 'This address is not well formed.');
    }
    if (!path.startsWith('/') || badPath(path)) return say(response, 400, 'This address is not well formed.');
    const search = query === undefined ? '' : `?${query}`;
    if (prefix && path === '/') return say(response, 307, `The site is at ${prefix}/`, { location: `${prefix}/` });
    if (path === prefix && prefix)
      return say(response, 308, `The site is at ${prefix}/`, { location: `${prefix}/${search}` });
    const inside = path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;
    if (inside !== undefined) {
      // Empty steps are dropped, so that no redirect of ours can begin with `//` and leave this host.
      const steps = inside.split('/').filter(Boolean);
      const file = join(root, ...steps);
      if (inside.endsWith('/')) {
        const page = await read(join(file, 'index.html'));
        if (page) return send(request, response, 200, page, inside);
      } else {
        const entry = await read(file);
        if (entry) return send(request, response, 200, entry, inside);
        if (await read(join(file, 'index.html'))) {
          const location = `${prefix}/${steps.map(encodeURIComponent).join('/')}/${search}`;
          return say(response, 308, `This page is at ${location}`, { location });
        }
      }
    }
    const page = await notFound(inside?.split('/').filter(Boolean) ?? []);
    if (page) return send(request, response, 404, page, path);
    say(response, 404, 'There is no such page.');
  }

  return createServer((request, response) => {
    answer(request, response).catch((problem: unknown) => {
      console.error(`${request.url}: ${problem instanceof Error ? problem.message : String(problem)}`);
      if (!response.headersSent) say(response, 500, 'The server failed to read this page.');
      else response.destroy();
    });
  });
}

/** Opens the server on the port, or on the next free one; resolves to the port it got. */
export async function listen(server: Server, port: number, address: string, strict: boolean): Promise<number> {
  for (let tried = port; tried < port + 50; tried += 1) {
    const got = await new Promise<boolean>((settle, fail) => {
      const refuse = (problem: NodeJS.ErrnoException) => {
        server.off('listening', accept);
        if (problem.code === 'EADDRINUSE' && !strict) settle(false);
        else fail(problem);
      };
      const accept = () => {
        server.off('error', refuse);
        settle(true);
      };
      server.once('error', refuse).once('listening', accept).listen(tried, address);
    });
    if (got) return tried;
  }
  throw new Error(`Ports ${port} to ${port + 49} are all taken.`);
}

/** Addresses of this computer that a phone on the same network can reach. */
export function localAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((cards) => cards ?? [])
    .filter((card) => card.family === 'IPv4' && !card.internal)
    .map((card) => card.address);
}

async function main() {
  const { values } = parseArgs({
    options: {
      dist: { type: 'string', default: 'dist' },
      base: { type: 'string', default: '/' },
      port: { type: 'string', default: process.env['PORT'] ?? '4321' },
      host: { type: 'boolean', default: false },
      'strict-port': { type: 'boolean', default: false },
    },
  });
  const wanted = Number(values.port);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535)
    throw new Error(`--port ${values.port} is not a port: give a number from 1 to 65535.`);
  if (!existsSync(join(values.dist, 'index.html')) || !statSync(values.dist).isDirectory()) {
    throw new Error(`There is no built site in ${values.dist}/: run "npm run build" first.`);
  }
  const server = siteServer({ folder: values.dist, base: values.base });
  const port = await listen(server, wanted, values.host ? '0.0.0.0' : '127.0.0.1', values['strict-port']);
  const path = `/${values.base.split('/').filter(Boolean).join('/')}/`.replace('//', '/');
  const lines = [
    `Seams is ready.`,
    '',
    ...languages.map(
      (language) => `  ${language.name}	 http://localhost:${port}${path}${language.path && `${language.path}/`}`,
    ),
  ];
  if (port !== wanted) lines.push('', `  (Port ${wanted} was taken.)`);
  if (values.host) {
    const addresses = localAddresses();
    lines.push(
      '',
      addresses.length > 0
        ? '  For others on the same network:'
        : '  No network was found that others could reach this computer by.',
    );
    lines.push(...addresses.map((address) => `  http://${address}:${port}${path}`));
    lines.push('  (Over plain http a browser keeps no offline copy: that works on this computer only.)');
  } else {
    lines.push('', '  For phones on the same network: npm start -- --host');
  }
  lines.push('', '  Ctrl+C stops it.');
  console.log(lines.join('\n'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      server.closeAllConnections();
      server.close(() => process.exit(0));
    });
  }
}

if (process.argv[1] === import.meta.filename) {
  main().catch((problem: NodeJS.ErrnoException) => {
    const words = problem.code === 'EADDRINUSE' ? 'That port is taken: give another one with --port.' : problem.message;
    console.error(words);
    process.exit(1);
  });
}
