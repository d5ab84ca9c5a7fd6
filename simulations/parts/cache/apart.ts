/**
 * Keys that are kept apart by whose memory they are in: each key in each instance's memory has a name of its own, from 0
 * on, under which it is held. It also counts how often a memory was lost. It knows no entry and no clock.
 */
import { KeyRows } from '../key-rows.ts';

export class Apart {
  /** By instance, from −1 for callers of which none is known: the names of its keys. */
  #names: KeyRows[] = [];
  #lives: number[] = [];
  #keys: number[] = [];
  #instances: number[] = [];

  /** What stands for a key in the memory of an instance; −1 is one that all share who are no instance. */
  nameOf(key: number, instance: number): number {
    const names = (this.#names[instance + 1] ??= new KeyRows());
    let name = names.of(key);
    if (name < 0) {
      name = this.#keys.push(key) - 1;
      this.#instances.push(instance);
      names.set(key, name);
    }
    return name;
  }

  keyOf(name: number): number {
    return this.#keys[name]!;
  }

  instanceOf(name: number): number {
    return this.#instances[name]!;
  }

  /** All names of a key. */
  namesOf(key: number): number[] {
    return this.#names.map((names) => names.of(key)).filter((name) => name >= 0);
  }

  /** How often the memory that a name belongs to has been lost. */
  lifeOf(name: number): number {
    return this.#lives[this.#instances[name]! + 1] ?? 0;
  }

  /** The memory of an instance is lost. */
  loses(instance: number): void {
    this.#lives[instance + 1] = (this.#lives[instance + 1] ?? 0) + 1;
  }
}
