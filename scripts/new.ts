/**
 * `npm run new lesson ID` and `npm run new scenario ID`: a copy of the template under a new name, and what to do next.
 * The templates are ordinary lessons and scenarios, so all laws read them too.
 */
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Thing {
  folder: string;
  /** Stands in the template where the id has to stand. */
  name: string;
  next: (id: string, listed: boolean) => string[];
}

export const things: Record<string, Thing> = {
  lesson: {
    folder: 'content/lessons',
    name: 'template',
    next: (id, listed) => [
      ...(listed ? [] : [`Add the lesson to its part in content/course.yaml:   - id: ${id}`]),
      'Write lesson.yaml (facts), en.mdx and ko.mdx (words), and the quiz; docs/writing-a-lesson.md tells how.',
      'npm run measure keeps the numbers that its runs give.',
      'npm run dev shows it; npm test says what is still missing.',
    ],
  },
  scenario: {
    folder: 'simulations/scenarios',
    name: 'template',
    next: (id) => [
      'Write scenario.ts (parts, designs, dials, faults, claims), its words in every language, and what the model leaves out (card.*.md).',
      `npm run -s simulate -- ${id} runs it; npm test says what is still missing.`,
      `A lesson shows it with <Simulation id="${id}" />, and names it in its lesson.yaml.`,
    ],
  },
};

/**
 * Copies a template. @returns the lines that say what to do next.
 * @throws Error with one sentence when it cannot.
 */
export function make(kind: string, id: string, root = process.cwd()): string[] {
  const thing = Object.hasOwn(things, kind) ? things[kind] : undefined;
  if (!thing) throw new Error(`There is no template for "${kind}": npm run new lesson ID, or npm run new scenario ID.`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || id.length > 60) {
    throw new Error(
      `"${id}" cannot be an id: write small letters, digits and single hyphens, beginning with a letter, for example slow-store. It becomes the address.`,
    );
  }
  const target = join(root, thing.folder, id);
  if (existsSync(target))
    throw new Error(`${thing.folder}/${id}/ exists already: choose another id, or edit that one.`);
  cpSync(join(root, thing.folder, '_template'), target, { recursive: true });
  for (const file of readdirSync(target)) {
    const path = join(target, file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replaceAll(`id: '${thing.name}'`, `id: '${id}'`));
  }
  const course = join(root, 'content/course.yaml');
  const listed = existsSync(course) && new RegExp(`^\\s*- id: ${id}\\s*$`, 'm').test(readFileSync(course, 'utf8'));
  return [`${thing.folder}/${id}/ is there. Next:`, ...thing.next(id, listed).map((line) => `  ${line}`)];
}

if (process.argv[1] === import.meta.filename) {
  const [kind = '', id = ''] = process.argv.slice(2);
  try {
    console.log(make(kind, id).join('\n'));
  } catch (problem) {
    console.error((problem as Error).message);
    process.exitCode = 1;
  }
}
