import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withoutManual } from './without-manual.ts';

const plugin = withoutManual();
const modules = globSync('simulations/**/*.ts', {
  exclude: ['**/*.test.ts', '**/*.fixture.ts', 'simulations/scenarios/**'],
});

describe('what a reader loads of the machine', () => {
  it('lacks nothing but sentences: every name of a measure, part or setting stays', () => {
    let taken = 0;
    for (const file of modules) {
      const code = readFileSync(file, 'utf8');
      const lean = plugin.transform(code, `/seams/${file.replaceAll('\\', '/')}`)?.code ?? code;
      // read side by side, the two differ only where a sentence stood and now nothing does
      let at = 0;
      for (const piece of lean.split("(''")) {
        expect(code.startsWith(piece, at), `${file}: ${piece.slice(0, 60)}`).toBe(true);
        at += piece.length;
        const text = /^\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")\s*/.exec(code.slice(at));
        if (text === null) continue;
        if (text[1] !== "''") {
          expect(text[1], file).toMatch(/^['"][A-Z`…].* .*\.['"]$|^['"][A-Z][a-z]+\.['"]$/s);
          taken += 1;
        }
        at += text[0].length;
      }
      expect(at, file).toBeGreaterThanOrEqual(code.length);
    }
    expect(taken).toBeGreaterThan(300);
  });

  it('keeps what the machine counts by name', () => {
    const code = "import { z } from './x.ts';\ncount('delivered', 1);";
    expect(plugin.transform(code, '/seams/simulations/parts/broker/watch.ts')).toBeNull();
  });
});
