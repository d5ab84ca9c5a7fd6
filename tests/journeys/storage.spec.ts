// The record under torture, in a real browser: random sequences of writing, killed tabs, reloads, two tabs at once,
// files taken over and a later version of the site. Whatever was acknowledged is on disk at the end, whole, and once.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { posix } from 'node:path';
import { expect, test } from '@playwright/test';
import ts from 'typescript';

/** A thousand where all journeys are walked, which takes minutes; fewer in the gate, and others at each number that one asks for. */
const isLong = [process.env['npm_lifecycle_event'], process.env['NODE_RUN_SCRIPT_NAME']].includes('journeys:all');
const sequences = Number(process.env['SEAMS_TORTURE'] ?? (isLong ? 1000 : 120));

/** The storage as one script that leaves its parts in `globalThis.storage`: each module a function, joined by a small `require`. */
function bundle(entries: string[]): string {
  const modules = new Map<string, string>();
  const add = (path: string): void => {
    if (modules.has(path)) return;
    const isOurs = path.endsWith('.ts');
    const source = readFileSync(path, 'utf8');
    const { target, module } = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS };
    const code = isOurs ? ts.transpileModule(source, { compilerOptions: { target, module } }).outputText : source;
    modules.set(path, '');
    const linked = code.replaceAll(/require\("([^"]+)"\)/g, (_all, name: string) => {
      const to = name.startsWith('.')
        ? posix.join(posix.dirname(path), name)
        : createRequire(`${process.cwd()}/package.json`).resolve(name).replace(/\.js$/, '.cjs');
      add(to);
      return `require(${JSON.stringify(to)})`;
    });
    modules.set(path, linked);
  };
  for (const entry of entries) add(entry);
  const table = [...modules].map(([path, code]) => `${JSON.stringify(path)}: (require, exports) => {\n${code}\n}`);
  return `(() => { const table = {${table.join(',\n')}}; const made = {};
const require = (path) => { if (!made[path]) { made[path] = {}; table[path](require, made[path]); } return made[path]; };
globalThis.storage = Object.assign({}, ${entries.map((entry) => `require(${JSON.stringify(entry)})`).join(', ')}); })();`;
}

test('no acknowledged answer is lost in the random lives of a record', async ({ page }) => {
  test.setTimeout(sequences * 1000 + 60_000);
  const script = bundle([
    'src/storage/entry.ts',
    'src/storage/log-store.ts',
    'src/storage/record.ts',
    'src/storage/transfer.ts',
  ]);
  // An empty page of the site's own origin: nothing else may write while we do.
  await page.route('**/torture/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><body></body>' }),
  );
  await page.goto('/torture/');
  const { failures, acknowledged, killed } = await page.evaluate(
    async ([code, count]) => {
      type Any = any; // oxlint-disable-line typescript/no-explicit-any -- what runs in a frame has no types here
      const failures: string[] = [];
      let acknowledged = 0;
      let killed = 0;
      const stage = new Map<number, string>();

      /** Mulberry32: every sequence can be played again by its number. */
      const chance = (seed: number) => () => {
        seed = (seed + 0x6d2b79f5) | 0;
        let bits = Math.imul(seed ^ (seed >>> 15), 1 | seed);
        bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
        return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
      };
      const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

      /** A frame has a realm of its own, and loses it like a tab that is killed. */
      const openTab = (name: string) => {
        const frame = document.createElement('iframe');
        document.body.append(frame);
        const realm = frame.contentWindow as Any;
        realm.eval(code);
        const channel = new realm.BroadcastChannel(name);
        const record = new realm.storage.LearnerRecord({
          open: (onLost: Any) => realm.storage.openLogStore(name, onLost),
          destroy: () => realm.storage.destroyLogStore(name),
          renamed: {},
          now: () => Date.now(),
          random: () =>
            [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
          tell: (news: Any) => channel.postMessage(news),
          persist: () => Promise.resolve(),
          after: (milliseconds: number, then: () => void) => realm.setTimeout(then, milliseconds),
        });
        channel.onmessage = ({ data }: Any) =>
          data.grown === undefined ? record.hearForgotten(data.forgotten) : record.reread(data.grown);
        return { frame, realm, record };
      };

      const live = async (seed: number) => {
        const name = `torture-${seed}`;
        const random = chance(seed);
        const known = new Map<string, string>();
        const tabs = [openTab(name), openTab(name)];
        const pending: Promise<unknown>[] = [];
        let made = 0;
        let isUpgraded = false;
        const attempt = () => ({
          kind: 'attempt',
          lesson: random() < 0.7 ? 'a' : 'b',
          question: `q${(made += 1)}`,
          rev: 1,
          type: 'one-choice',
          language: 'en',
          answer: { text: 'x'.repeat(Math.floor(random() * 400)), made },
          right: random() < 0.5,
          score: 0,
          confidence: null,
          hints: 0,
          occasion: 'lesson',
          exam: null,
        });
        /** Mostly a reader does something only when the page has found its record; at times they are quicker. */
        const settle = async ({ record }: Any) => {
          if (random() < 0.2) return;
          for (let tries = 0; tries < 200 && !record.whole().isRead; tries += 1) await wait(5);
        };
        const renew = async (at: number) => {
          tabs[at]!.frame.remove();
          tabs[at] = openTab(name);
          await settle(tabs[at]);
        };
        await Promise.all(tabs.map(settle));
        for (let step = 5 + Math.floor(random() * 10); step > 0; step -= 1) {
          const at = random() < 0.5 ? 0 : 1;
          const { record, realm } = tabs[at]!;
          const what = random();
          stage.set(seed, String(what));
          if (what < 0.55) {
            const happening = attempt();
            const writing = (async () => {
              if (await record.append(happening)) known.set(happening.question, JSON.stringify(happening.answer));
            })();
            if (random() < 0.6) pending.push(writing);
            else await Promise.race([writing, wait(2000)]);
          } else if (what < 0.67) {
            // Killed in the middle of a write: what was not acknowledged may be there or not.
            for (let more = 1 + Math.floor(random() * 3); more > 0; more -= 1) void record.append(attempt());
            if (random() < 0.5) await wait(random() * 3);
            await renew(at);
            killed += 1;
          } else if (what < 0.75) {
            await Promise.race([Promise.all(pending), wait(2000)]);
            await renew(at);
          } else if (what < 0.85) {
            record.keepDraft('a', `q${made}`, { half: made });
          } else if (what < 0.97 || isUpgraded) {
            // From another device: the same twice in one file, and taken over in two tabs at once.
            const ids = new realm.storage.EntryIds(
              () => Date.now(),
              () => '00000000000000ff',
            );
            const entries = Array.from({ length: 1 + Math.floor(random() * 30) }, () => ({
              ...attempt(),
              v: 2,
              id: ids.next(),
              at: Date.now(),
            }));
            const text = realm.storage.writeFile(
              { entries: [...entries, entries[0]], drafts: [], strange: [] },
              new Date(),
            );
            const { file } = realm.storage.readFile(text);
            const taking = tabs.map(async ({ record: into, realm: there }) => {
              const plan = there.storage.planImport(file, into.whole(), Date.now());
              if (await into.take(plan.fresh, []))
                for (const entry of entries) known.set(entry.question, JSON.stringify(entry.answer));
            });
            await Promise.race([Promise.all(taking), wait(2000)]);
          } else {
            // A later version of the site opens the database: this one has to let go of it and may write no more.
            isUpgraded = true;
            await new Promise<void>((resolve, reject) => {
              const opening = indexedDB.open(name, 2);
              opening.onupgradeneeded = ({ oldVersion }) => {
                opening.result.createObjectStore('later');
                // It may come before the present version has opened anything.
                if (oldVersion === 0) opening.result.createObjectStore('log', { keyPath: 'id' });
              };
              opening.onsuccess = () => {
                opening.result.close();
                resolve();
              };
              opening.onerror = () => reject(opening.error);
            });
          }
        }
        await Promise.race([Promise.all(pending), wait(3000)]);
        for (const { frame } of tabs) frame.remove();
        stage.set(seed, 'reading');
        const found = await new Promise<Any[]>((resolve, reject) => {
          const opening = indexedDB.open(name);
          opening.onerror = () => reject(opening.error);
          opening.onupgradeneeded = () => opening.result.createObjectStore('log');
          opening.onsuccess = () => {
            const all = opening.result.transaction('log').objectStore('log').getAll();
            all.onsuccess = () => {
              resolve(all.result);
              opening.result.close();
            };
          };
        });
        const answers = new Map(found.map(({ question, answer }) => [question, JSON.stringify(answer)]));
        for (const [question, answer] of known)
          if (answers.get(question) !== answer)
            failures.push(`sequence ${seed}: ${question} was acknowledged and is ${answers.get(question) ?? 'gone'}`);
        if (answers.size !== found.length) failures.push(`sequence ${seed}: something is there twice`);
        acknowledged += known.size;
        indexedDB.deleteDatabase(name);
      };

      // Several lives at a time: most of each is waiting for the disk.
      let next = 1;
      const lives = Array.from({ length: 6 }, async () => {
        while (next <= count) {
          const seed = next;
          next += 1;
          try {
            await Promise.race([
              live(seed),
              wait(30_000).then(() => Promise.reject(new Error(`it hangs at ${stage.get(seed)}`))),
            ]);
          } catch (error) {
            failures.push(`sequence ${seed}: ${String(error)}`);
          }
        }
      });
      await Promise.all(lives);
      return { failures: failures.slice(0, 20), acknowledged, killed };
    },
    [script, sequences] as const,
  );
  console.log(`${acknowledged} acknowledged answers, ${killed} killed tabs`);
  expect(failures).toEqual([]);
  // Something was tried.
  expect(acknowledged).toBeGreaterThan(sequences * 3);
  expect(killed).toBeGreaterThan(sequences / 4);
});
