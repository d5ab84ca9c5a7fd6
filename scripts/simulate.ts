/**
 * `npm run -s simulate -- SCENARIO`: runs a scenario from the command line and prints what was measured.
 * It only ties the plan, the reading, the running and the printing together; bad input ends with one message and 2.
 */
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { scenarioSchema } from '../simulations/index.ts';
import { scenarioIds } from '../src/markdown/library.ts';
import { Complaint } from './simulate/complaint.ts';
import { help, planOf, type RunPlan } from './simulate/plan.ts';
import { factorTable, shownMeasures, table } from './simulate/printing.ts';
import { courseScenario, openScenario, placeOf, whyNot } from './simulate/reading.ts';
import { runFactors, runPlan, traceOf, traceText } from './simulate/running.ts';

const root = `${import.meta.dirname}/..`;

/** The JSON Schema of a scenario as an author writes it. */
export function scenarioJsonSchema(): object {
  return { title: 'A scenario of Seams', ...z.toJSONSchema(scenarioSchema(), { io: 'input' }) };
}

/** Every kind of part with its sentence, as the schema has them. */
function kindsOfParts(): Record<string, string> {
  const { parts } = z.toJSONSchema(scenarioSchema(), { io: 'input' }).properties as unknown as { parts: Variants };
  return Object.fromEntries(
    parts.additionalProperties.oneOf.map(({ description, properties }) => [
      properties.kind.const,
      description.replace(/\. .*/s, '.'),
    ]),
  );
}

interface Variants {
  additionalProperties: { oneOf: { description: string; properties: { kind: { const: string } } }[] };
}

/** Does what the arguments say. @returns what to print. @throws Complaint for bad input. */
export async function answerTo(args: string[]): Promise<string> {
  const plan = planOf(args);
  switch (plan.does) {
    case 'help':
      return help(kindsOfParts());
    case 'schema':
      return JSON.stringify(scenarioJsonSchema(), null, 2);
    case 'list':
      return list();
    case 'export':
      return JSON.stringify(await courseScenario(plan.scenario, root), null, 2);
    case 'run':
      return run(plan);
  }
}

async function list(): Promise<string> {
  const lines: string[] = [];
  for (const id of scenarioIds(root)) {
    if (id.startsWith('_')) continue;
    const { designs, dials, faults } = await courseScenario(id, root);
    const named = (things: { id: string }[]) => things.map((thing) => thing.id).join(', ') || 'none';
    lines.push(id, `  designs ${named(designs)}`, `  dials   ${named(dials)}`, `  faults  ${named(faults)}`);
  }
  return lines.join('\n');
}

async function run(plan: RunPlan): Promise<string> {
  const scenario = await openScenario(plan.file, root);
  if (plan.factors.length > 0) {
    const taken = runFactors(scenario, plan, () => performance.now());
    return plan.json ? JSON.stringify(taken, null, 2) : factorTable(taken);
  }
  const began = performance.now();
  const answer = runPlan(scenario, plan, () => performance.now());
  const seconds = (performance.now() - began) / 1000;
  if (plan.trace !== undefined) {
    const text = traceText(traceOf(scenario, plan, answer));
    try {
      writeFileSync(placeOf(plan.trace), text);
    } catch (error) {
      throw new Complaint(`--trace ${plan.trace}: ${whyNot(error)}.`);
    }
  }
  if (plan.json) return JSON.stringify(answer, null, 2);
  const shown = shownMeasures(scenario, answer, plan);
  return table(answer, shown, { seconds, all: plan.all });
}

if (import.meta.main) {
  // whoever reads may stop reading, as `head` does
  process.stdout.on('error', () => process.exit(0));
  try {
    process.stdout.write(`${await answerTo(process.argv.slice(2))}\n`);
  } catch (error) {
    const isBadInput = error instanceof Complaint;
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      isBadInput ? `${message}\n` : `This is a fault of the program, please report it: ${message}\n`,
    );
    process.exitCode = isBadInput ? 2 : 1;
  }
}
