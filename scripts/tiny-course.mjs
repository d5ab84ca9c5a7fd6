// @ts-check
/** Serves the tiny course that the journeys walk through, under a path of its own; builds it first when it has changed. */
import { spawn } from 'node:child_process';
import { site } from './setup/site.mjs';
import { endWell, root } from './setup/step.mjs';

const [port = '4401'] = process.argv.slice(2);

await endWell(async () => {
  const env = { ...process.env, SEAMS_COURSE: 'tests/course' };
  await site({ node: process.execPath, env }, ['--base', '/tiny'], 'dist-course');
  const options = ['--dist', 'dist-course', '--base', '/tiny', '--port', port, '--strict-port'];
  const server = spawn(process.execPath, ['scripts/serve.ts', ...options], { cwd: root, env, stdio: 'inherit' });
  process.on('SIGTERM', () => server.kill('SIGTERM'));
  return new Promise((settle) => server.on('close', (code) => settle(code ?? 0)));
});
