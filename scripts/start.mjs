// @ts-check
/**
 * `npm start`: everything that a fresh machine needs, then the course itself, built and served.
 * Options: --host (also for phones on the same network), --port N, --base /path.
 * Written for Linux, macOS and Windows; only Linux has been tried.
 */
import { refuseOldNode } from './setup/old-node.mjs';

refuseOldNode();
const { Explained, endWell, root, say } = await import('./setup/step.mjs');

await endWell(async () => {
  const { spawn } = await import('node:child_process');
  const { parseArgs } = await import('node:util');
  const { newEnoughNode } = await import('./setup/node.mjs');
  const { dependencies } = await import('./setup/dependencies.mjs');
  const { site } = await import('./setup/site.mjs');

  const options = /** @type {const} */ ({
    host: { type: 'boolean' },
    port: { type: 'string' },
    base: { type: 'string' },
  });
  let asked;
  try {
    asked = parseArgs({ options }).values;
  } catch (problem) {
    throw new Explained(
      `${problem instanceof Error ? problem.message.split('. ')[0] : problem}. npm start -- takes --host, --port N and --base /path.`,
    );
  }
  const base = asked.base === undefined ? [] : ['--base', asked.base];

  say('Seams');
  const tools = await newEnoughNode();
  await dependencies(tools);
  await site(tools, base);
  say('');
  const port = asked.port === undefined ? [] : ['--port', asked.port];
  const server = spawn(tools.node, ['scripts/serve.ts', ...base, ...port, ...(asked.host ? ['--host'] : [])], {
    cwd: root,
    env: tools.env,
    stdio: 'inherit',
  });
  // Ctrl+C reaches the server by itself; this process only waits for it to close its connections.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => server.kill('SIGTERM'));
  return new Promise((settle) => server.on('close', (code) => settle(code ?? 0)));
});
