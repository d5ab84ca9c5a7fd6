/** The quiz of a lesson while the site is built: read from its folder, its keys measured, its pointers made into addresses. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languages, type Language } from '../../../languages.ts';
import { parseScenario, type ScenarioSource } from '../../../simulations/index.ts';
import { addressOf, embedPage, lessonPage } from '../../core/course/address.ts';
import { encodeRun } from '../../core/playback/address.ts';
import { viewWords } from '../../core/playback/view.ts';
import { addressedRun } from '../../core/words/addressed-run.ts';
import { makeMeasuring, withMeasuredKey } from '../../core/quiz/measure.ts';
import type { Pointer, Question, RunSetting } from '../../core/quiz/question.ts';
import { readQuiz, type Quiz } from '../../core/quiz/read.ts';
import { makeTracing, tracedMisfits, withTracedKey } from '../../core/quiz/trace.ts';
import type { Tracing } from '../../core/quiz/types/tracing/grading.ts';
import { wordsOf } from '../simulation/scenario-words.ts';
import { stagePointer, tracePointer, type FeedbackLinks, type QuizLinks } from './links.ts';

const scenarios = import.meta.glob<ScenarioSource>('../../../simulations/scenarios/*/scenario.ts', {
  eager: true,
  import: 'default',
});

/** The scenario with this id. Throws, naming those that there are. */
export function scenarioNamed(id: string): ScenarioSource {
  const found = scenarios[`../../../simulations/scenarios/${id}/scenario.ts`];
  if (found === undefined) {
    const known = Object.keys(scenarios).map((path) => path.split('/').at(-2));
    throw new Error(`There is no scenario "${id}"; there are ${known.join(', ')}.`);
  }
  return found;
}

const measuring = makeMeasuring(scenarioNamed);
const tracing = makeTracing(scenarioNamed);

/** A question that follows something, with what its run shows and what the parts are called. Throws when the two do not fit. */
function traced(question: Question, language: Language): Question {
  if (question.facts.type !== 'tracing') return question;
  const found = withTracedKey(question, tracing) as Tracing;
  const faults = tracedMisfits(found);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const { way } = found.traced!;
  if (way.kind !== 'request') return found;
  const names = wordsOf(found.facts.run!.scenario, language).parts;
  return { ...found, traced: { ...found.traced!, way: { ...way, names } } };
}

const quizzes = new Map<string, { texts: string; quiz: Quiz }>();

/** The quiz in a lesson's folder, in every language, with measured keys; null where the lesson has none. */
export function quizIn(folder: string): Quiz | null {
  const path = (name: string): string => join(folder, name);
  if (!existsSync(path('quiz.yaml'))) return null;
  const read = (name: string): { file: string; text: string } => ({
    file: path(name),
    text: existsSync(path(name)) ? readFileSync(path(name), 'utf8') : 'questions: {}',
  });
  const source = {
    facts: read('quiz.yaml'),
    words: Object.fromEntries(languages.map(({ id }) => [id, read(`quiz.${id}.yaml`)])),
  };
  // Measuring takes seconds and every language needs it: once is enough while the files are the same.
  const texts = JSON.stringify(source);
  const known = quizzes.get(folder);
  if (known?.texts === texts) return known.quiz;
  const quiz = readQuiz(source);
  const measured = quiz.questions.map(
    (_facts, index) => withMeasuredKey(quiz.in[languages[0].id]?.[index] as Question, measuring).measured,
  );
  const complete = {
    ...quiz,
    in: Object.fromEntries(
      Object.entries(quiz.in).map(([language, questions]) => [
        language,
        questions.map((question, index) =>
          traced({ ...question, measured: measured[index] ?? [] }, language as Language),
        ),
      ]),
    ),
  };
  quizzes.set(folder, { texts, quiz: complete });
  return complete;
}

export interface LessonPlace {
  language: Language;
  lesson: string;
  /** The page it stands on, for `addressOf`; the lesson's own when left out. */
  page?: string;
  /** The headings of the lesson's prose in this language. */
  headings: readonly { slug: string; text: string }[];
  /** Base path of the site. */
  base: string;
}

/** The pointers of a lesson's questions as links. Throws when one points at a heading that the lesson does not have. */
export function linksOf(questions: readonly Question[], place: LessonPlace): QuizLinks {
  const { language, lesson, headings, base } = place;
  const page = addressOf(language, place.page ?? lessonPage(lesson), base);
  const headingLink = (question: Question, id: string): NonNullable<FeedbackLinks['heading']> => {
    const heading = headings.find(({ slug }) => slug === id);
    if (heading === undefined) {
      const known = headings.map(({ slug }) => slug).join(', ');
      throw new Error(
        `${lesson}/quiz.yaml: question "${question.facts.id}" points to the heading "${id}", which its page does not have in ${language}; it has ${known}`,
      );
    }
    return { href: `${page}#${id}`, text: heading.text };
  };
  const addressed = (
    { scenario, design, dials, inputs }: RunSetting,
    { seed, view = [], at = 0 }: { seed?: number; view?: string[]; at?: number } = {},
  ) => {
    const done = (inputs ?? []).map(({ at, fault, duration }) =>
      duration === undefined ? { at, fault } : { at, fault, duration },
    );
    const run = addressedRun(scenarioNamed(scenario), {
      ...(design === undefined ? {} : { design }),
      dials: dials ?? {},
      inputs: done,
      ...(seed === undefined ? {} : { seed }),
    });
    // A link says what the reader does; what the scenario itself plans happens anyway.
    return { run, done, address: encodeRun({ ...run, inputs: done, at, view }) };
  };
  const runLink = (setting: RunSetting): NonNullable<FeedbackLinks['run']> => {
    const { scenario } = setting;
    const { run, done, address } = addressed(setting);
    const href = `${page}?run=${address}#sim-${scenario}`;
    // What was broken cannot be asked of a stage by a sentence: such a run is only reached by its address.
    return done.length > 0 ? { href } : { href, look: { scenario, design: run.design, dials: run.dials } };
  };
  /** The stage alone, set to a run, for a frame in the question. */
  const stageLink = (setting: RunSetting): string => {
    // Half-way through: a stage at its first moment is empty.
    const at = parseScenario(scenarioNamed(setting.scenario)).horizon / 2;
    return `${addressOf(language, embedPage(setting.scenario), base)}?run=${addressed(setting, { at }).address}`;
  };
  /** The run of a question that follows a request, with that request followed. */
  const traceLink = ({ facts: { run, seed }, traced: found }: Tracing): NonNullable<FeedbackLinks['run']> | null => {
    if (found?.way.kind !== 'request' || run === undefined) return null;
    const { request, at, length } = found.way;
    const view = viewWords({ followed: request, asked: null });
    return { href: `${page}?run=${addressed(run, { seed, view, at: at + length / 2 }).address}#sim-${run.scenario}` };
  };
  return Object.fromEntries(
    questions.map((question) => {
      const { see, id, reread } = question.facts;
      const pointers: Record<string, Pointer> = { ...see, reread: { heading: reread, run: see['reread']?.run } };
      // What is measured can be looked at: the explanation leads to the very run unless the author pointed elsewhere.
      const facts = question.facts as { run?: RunSetting; type: string };
      if (facts.type === 'measured' && facts.run !== undefined)
        pointers['reread'] = { heading: reread, run: facts.run };
      const stage = question.facts.stage;
      const trace = question.facts.type === 'tracing' ? traceLink(question as Tracing) : null;
      return [
        id,
        Object.fromEntries([
          ...(stage === undefined ? [] : [[stagePointer, { run: { href: stageLink(stage) } }] as const]),
          ...(trace === null ? [] : [[tracePointer, { run: trace }] as const]),
          ...Object.entries(pointers).map(([key, { heading, run }]) => [
            key,
            {
              ...(heading === undefined ? {} : { heading: headingLink(question, heading) }),
              ...(run === undefined ? {} : { run: runLink(run) }),
            },
          ]),
        ]),
      ];
    }),
  );
}
