// @ts-check
/**
 * `npm test`: everything that a fresh machine needs, with a browser, and then the one gate, `npm run verify`.
 * Written for Linux, macOS and Windows; only Linux has been tried.
 */
import { refuseOldNode } from './setup/old-node.mjs';

refuseOldNode();
const { endWell, root, say } = await import('./setup/step.mjs');

await endWell(async () => {
  const { spawn } = await import('node:child_process');
  const { newEnoughNode } = await import('./setup/node.mjs');
  const { dependencies } = await import('./setup/dependencies.mjs');
  const { browser } = await import('./setup/browsers.mjs');

  say('Setting up');
  const tools = await newEnoughNode();
  await dependencies(tools);
  const env = await browser(tools);
  say(`  Node ${tools.own ? 'from .node/' : process.versions.node}, browser ${env['CHROME_PATH']}\n`);
  const verify = spawn(tools.node, ['scripts/verify.ts', ...process.argv.slice(2)], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  return new Promise((settle) => verify.on('close', (code) => settle(code ?? 1)));
});
