/** How the journeys are walked: in every browser of this machine, through the site as it was built. */
import { defineConfig, devices } from '@playwright/test';
import { chromiumArguments, findChromium, findFirefox } from './scripts/setup/browsers.mjs';

const port = Number(process.env['SEAMS_PORT'] ?? 4400);
const chromium = findChromium();
const firefox = findFirefox();
const gate = Boolean(process.env['CI']);
/** All journeys in every browser: `npm run journeys:all`. Else Firefox walks those that are tagged for it, as it takes its time. */
const everywhere = [process.env['npm_lifecycle_event'], process.env['NODE_RUN_SCRIPT_NAME']].includes('journeys:all');

export default defineConfig({
  testDir: 'tests/journeys',
  outputDir: 'test-results/journeys',
  workers: 2,
  fullyParallel: true,
  forbidOnly: gate,
  // A machine that is busy with other things makes a test late, not wrong; what passes only then is reported as flaky.
  retries: gate ? 1 : 0,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: process.env['SEAMS_REPORT'] ? [['dot'], ['json', { outputFile: process.env['SEAMS_REPORT'] }]] : [['list']],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    trace: gate ? 'on-first-retry' : 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  webServer: [
    {
      command: `node scripts/serve.ts --port ${port} --strict-port`,
      url: `http://127.0.0.1:${port}/`,
      reuseExistingServer: false,
      timeout: 20_000,
    },
    {
      // The tiny course, built under a path of its own: so the journeys try that as well (see tests/journeys/tiny-course.ts).
      command: `node scripts/tiny-course.mjs ${port + 1}`,
      url: `http://127.0.0.1:${port + 1}/tiny/`,
      reuseExistingServer: false,
      timeout: 90_000,
    },
  ],
  projects: [
    {
      name: 'chromium',
      use: {
        ...devices['Desktop Chrome'],
        // Without a path Playwright takes the browser that it downloaded itself.
        launchOptions: { ...(chromium ? { executablePath: chromium } : {}), args: chromiumArguments },
      },
    },
    ...(firefox
      ? [
          {
            name: 'firefox',
            grep: everywhere ? /./ : /@firefox/,
            // Playwright drives an ordinary Firefox over WebDriver BiDi; it cannot emulate a colour scheme or a phone there.
            use: {
              browserName: 'firefox' as const,
              channel: 'moz-firefox',
              viewport: { width: 1280, height: 720 },
              launchOptions: { executablePath: firefox },
            },
          },
        ]
      : []),
  ],
});
