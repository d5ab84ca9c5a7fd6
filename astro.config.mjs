// How the site is built. Lessons are MDX under content/, pages under src/pages/; the address scheme lives in src/core/course/address.ts.

import mdx from '@astrojs/mdx';
import { satteri } from '@astrojs/markdown-satteri';
import react from '@astrojs/react';
import { defineConfig } from 'astro/config';
import { withoutManual } from './src/worker/without-manual.ts';
import { courseRoot } from './src/course-root.ts';
import { features } from './src/markdown/outline.ts';
import { hastPlugins, mdastPlugins } from './src/markdown/plugins.ts';

/** `client:reached`: an island that comes alive when it is touched, or in sight of a reader who stirs. */
const reached = {
  name: 'reached',
  hooks: {
    'astro:config:setup': ({ addClientDirective }) =>
      addClientDirective({ name: 'reached', entrypoint: './src/components/simulation/reached.ts' }),
  },
};

export default defineConfig({
  // Where the site will be published, if anyone has said so: absolute links for search engines need it, nothing else does.
  site: process.env.SEAMS_SITE || undefined,
  base: process.env.SEAMS_BASE || undefined,
  outDir: process.env.SEAMS_OUT || './dist',
  // The tiny course of the journeys keeps its own notes of what it has read.
  cacheDir: courseRoot === 'content' ? './node_modules/.astro' : './.cache/astro-tiny',
  integrations: [mdx(), react(), reached],
  markdown: {
    processor: satteri({ mdastPlugins, hastPlugins, features }),
    // The default dark theme fails contrast (3.04:1); these two pass on our papers.
    shikiConfig: {
      themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
      defaultColor: false,
    },
  },
  vite: {
    plugins: [withoutManual()],
    // Modules, so that a worker can fetch the kinds of parts that it needs.
    worker: { format: 'es', plugins: () => [withoutManual()] },
    build: {
      // Two warnings that say nothing here: Astro's own marker in a lesson, and a module that only the pages' renderer takes whole.
      // (What readers load is weighed by scripts/budgets.ts.)
      rolldownOptions: { checks: { moduleLevelDirective: false, ineffectiveDynamicImport: false } },
      // Scripts stay files of their own: one copy for all pages, and no hash of each in every page's policy.
      assetsInlineLimit: (file) => (/\.[cm]?[jt]s$|\.astro\b/.test(file) ? false : undefined),
    },
  },
  security: {
    csp: {
      directives: [
        "default-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "worker-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
      ],
      // Search runs WebAssembly.
      scriptDirective: { resources: ["'self'", "'wasm-unsafe-eval'"] },
      // Style attributes come from code colouring and from the stage; style elements and sheets stay strict.
      styleDirective: {
        resources: [
          { resource: "'self'", kind: 'element' },
          { resource: "'unsafe-inline'", kind: 'attribute' },
        ],
      },
    },
  },
  devToolbar: { enabled: false },
});
