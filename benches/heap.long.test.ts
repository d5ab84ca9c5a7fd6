/** A run that only measures keeps nothing per customer: ten million take no more memory than a hundred thousand. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const door = join(import.meta.dirname, '../simulations/index.ts');
const scenario = join(import.meta.dirname, 'mm1.json');

/** The most memory, in megabytes, that a process of its own ever held while it ran so many customers. */
function megabytesFor(customers: number): number {
  const program = `
    import { readFileSync } from 'node:fs';
    import { simulate } from ${JSON.stringify(door)};
    const run = simulate(JSON.parse(readFileSync(${JSON.stringify(scenario)}, 'utf8')), { horizon: ${customers} / 0.8 });
    if (run.ended !== 'horizon' || run.ledger.made < ${customers} * 0.99) throw new Error('not run to its end');
    console.log(process.resourceUsage().maxRSS / 1024);
  `;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }));
}

describe('memory', () => {
  it('does not grow with the number of customers', () => {
    const few = megabytesFor(100_000);
    const many = megabytesFor(10_000_000);
    console.log(`most memory held: ${few.toFixed(0)} MB for 1e5 customers, ${many.toFixed(0)} MB for 1e7`);
    // a handful of megabytes for the optimiser; one number kept per customer would be 80
    expect(many - few).toBeLessThan(30);
  });
});
