/**
 * The plugin that holds every lesson to the rules while the site is built, and adds the list of sources at its end.
 * A fault stops the build with the file, the line, what is wrong and what would be right.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MdastPluginDefinition } from 'satteri';
import { parse } from 'yaml';
import { lessonOf, readGlossary, readScenario, readSources, scenarioIds, simulationsOf } from './library.ts';
import { outlineOf, type Outline } from './outline.ts';
import { problemsOf, type Shelf } from './rules.ts';

/** All that a lesson in this folder may name. */
export async function shelfFor(folder: string, language: string, root = process.cwd()): Promise<Shelf> {
  const scenarios: Shelf['scenarios'] = {};
  for (const id of scenarioIds(root)) {
    const scenario = await readScenario(id, root);
    if (scenario) scenarios[id] = scenario;
  }
  const quiz = yamlOf(join(folder, 'quiz.yaml'));
  const questions = (Array.isArray(quiz) ? quiz : ((quiz as { questions?: unknown[] } | null)?.questions ?? [])) as {
    id?: string;
  }[];
  return {
    glossary: readGlossary(language, root),
    sources: readSources(root),
    scenarios,
    questions: questions.flatMap(({ id }) => (id ? [id] : [])),
    simulations: simulationsOf(folder),
    files: readdirSync(folder),
  };
}

function yamlOf(path: string): unknown {
  return existsSync(path) ? parse(readFileSync(path, 'utf8')) : null;
}

/** Ids of the works that a lesson names, in the order in which it first names them. */
export function citedIn(outline: Outline): string[] {
  return [...new Set(outline.tags.filter((tag) => tag.name === 'Cite').map((tag) => String(tag.attributes['id'])))];
}

/** Problems as lines that an author can click. */
export function tell(path: string, problems: { line: number; says: string }[]): string {
  return problems.map(({ line, says }) => `${path}:${line}: ${says}`).join('\n');
}

export const lessonRulesPlugin: MdastPluginDefinition = {
  name: 'lesson-rules',
  async before(root, context) {
    if (!context.fileURL) return;
    const path = fileURLToPath(context.fileURL);
    const lesson = lessonOf(path);
    if (!lesson) return;
    const shown = relative(process.cwd(), path).split(sep).join('/');
    const outline = outlineOf(readFileSync(path, 'utf8'));
    const problems = problemsOf(outline, lesson.language, await shelfFor(lesson.folder, lesson.language));
    if (problems.length > 0) throw new Error(`This lesson breaks the rules:\n${tell(shown, problems)}`);
    const cited = citedIn(outline);
    if (cited.length === 0) return;
    context.appendChild(root, {
      type: 'mdxJsxFlowElement',
      name: 'Sources',
      attributes: [{ type: 'mdxJsxAttribute', name: 'ids', value: cited.join(' ') }],
      children: [],
    });
  },
};
