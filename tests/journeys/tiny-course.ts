// The tiny course that the journeys of the shell walk through: where it is served, and a page that fails on any complaint
// of the browser (a blocked resource, an error in a script, a request to another host).

import { expect, test as plain } from '@playwright/test';

const port = Number(process.env['SEAMS_PORT'] ?? 4400) + 1;

/** The address of a page of the tiny course: at('ko/contents/'). */
export const at = (page = '') => `http://127.0.0.1:${port}/tiny/${page}`;

export const test = plain.extend<{ complaints: string[] }>({
  // Only the offline journey lets the service worker stand between page and network.
  serviceWorkers: 'block',
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        const text = message.text();
        // A page that is not there is asked for on purpose; Firefox reports a font (2152398850: aborted) when a page is left early.
        if (message.type() === 'error' && !/404 \(Not Found\)|download failed.*status=2152398850/.test(text))
          complaints.push(`${text} ${message.location().url}`);
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('request', (request) => {
        const url = new URL(request.url());
        if (/^http/.test(url.protocol) && url.hostname !== '127.0.0.1')
          complaints.push(`asked another host: ${url.href}`);
      });
      await use(complaints);
      expect(complaints, 'the browser has nothing to complain about').toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };
