/** A store for tests, in memory. */
import type { Draft, Logged, LogStore } from './log-store.ts';

/** A disk in memory that several tabs may share, and that can be told to fail. */
export class Disk {
  log = new Map<string, Logged>();
  kept = new Map<string, Draft>();
  failing: string | null = null;
  isSlow = false;
  room = Infinity;

  #may(): Promise<void> {
    if (this.failing !== null) throw Object.assign(new Error('no'), { name: this.failing });
    return this.isSlow ? new Promise((resolve) => setTimeout(resolve, 5)) : Promise.resolve();
  }

  store(): LogStore {
    return {
      logged: async (lesson) => {
        await this.#may();
        return [...this.log.values()].filter((entry) => entry.lesson === lesson).map((entry) => structuredClone(entry));
      },
      everything: async () => {
        await this.#may();
        return structuredClone({ logged: [...this.log.values()], drafts: [...this.kept.values()] });
      },
      add: async (entries) => {
        await this.#may();
        if (this.log.size + entries.length > this.room)
          throw Object.assign(new Error('no'), { name: 'QuotaExceededError' });
        for (const entry of entries) this.log.set(entry.id, structuredClone(entry));
      },
      count: (kind) => Promise.resolve([...this.log.values()].filter((entry) => entry.kind === kind).length),
      drafts: async (lesson) => {
        await this.#may();
        const mine = [...this.kept.values()].filter((draft) => draft.lesson === lesson);
        return Object.fromEntries(mine.map(({ question, answer }) => [question, answer]));
      },
      keepDraft: async (lesson, question, answer) => {
        await this.#may();
        if (answer === undefined) this.kept.delete(`${lesson}/${question}`);
        else this.kept.set(`${lesson}/${question}`, structuredClone({ lesson, question, answer }));
      },
      forget: async (lessons) => {
        await this.#may();
        for (const [key, { lesson }] of [...this.log, ...this.kept])
          if (lessons === null || lessons.includes(lesson)) {
            this.log.delete(key);
            this.kept.delete(key);
          }
      },
    };
  }
}
