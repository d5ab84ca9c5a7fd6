/**
 * Laws over the quiz of every lesson and every set of the pool: facts and words fit together in every language, whatever can be answered is answered,
 * pointers lead somewhere, and keys that come from runs hold whatever the luck.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { languages } from '../../languages.ts';
import { simulate, type ScenarioSource } from '../../simulations/index.ts';
import { quizSchemas } from '../../scripts/quiz-schemas.ts';
import { typeViews } from '../../src/components/quiz/types/index.ts';
import type { Proof } from '../../src/core/quiz/facts.ts';
import { makeMeasuring, measureNumber, proofHolds, withMeasuredKey } from '../../src/core/quiz/measure.ts';
import { keyLuck, measurementsOf } from '../../src/core/quiz/measurement.ts';
import { isWithin } from '../../src/core/quiz/number.ts';
import { poolPlaces } from '../../src/core/quiz/pool.ts';
import type { Question, RunSetting } from '../../src/core/quiz/question.ts';
import { QuizError, readQuiz, type Quiz } from '../../src/core/quiz/read.ts';
import { makeTracing, tracedMisfits, withTracedKey } from '../../src/core/quiz/trace.ts';
import { questionTypes, typeNamed } from '../../src/core/quiz/types/index.ts';
import type { MeasuredFacts } from '../../src/core/quiz/types/measured/grading.ts';
import { grading as predicting, shapeOf, type Prediction } from '../../src/core/quiz/types/prediction/grading.ts';
import type { Tracing } from '../../src/core/quiz/types/tracing/grading.ts';
import { outlineOf } from '../../src/markdown/outline.ts';
import { readScenario, readTopics, scenarioIds } from '../../src/markdown/library.ts';
import { seeds } from './seeds.ts';

const scenarios: Record<string, ScenarioSource> = {};
for (const id of scenarioIds()) {
  const scenario = await readScenario(id);
  if (scenario !== null) scenarios[id] = scenario;
}
const scenarioNamed = (id: string): ScenarioSource => {
  const found = scenarios[id];
  if (found === undefined)
    throw new Error(`there is no scenario "${id}"; there are ${Object.keys(scenarios).join(', ')}`);
  return found;
};

// Whichever test asks first for a setting makes its runs; a busy machine takes its time over them.
vi.setConfig({ testTimeout: 60_000 });

// Many proofs ask for the same settings: each is run once per seed.
const measuring = makeMeasuring(scenarioNamed);
const tracing = makeTracing(scenarioNamed);
/** Runs per seed: as many as a reader's key is the mean of. */
const { replications } = keyLuck;
/** A proof is about any run of its setting, not about a value that readers are judged by: fewer runs per seed do. */
const RUNS_OF_PROOF = 3;
/** What is the mean of ten runs for each seed needs fewer seeds than a claim, which looks at single runs. */
const seedsOfKeys = seeds.slice(0, 4);
const seedsOfProofs = seeds.slice(0, 6);

const roots = ['content', 'tests/course'];
const lessons = roots.flatMap((root) =>
  readdirSync(join(root, 'lessons'))
    .map((id) => join(root, 'lessons', id))
    .filter((folder) => existsSync(join(folder, 'quiz.yaml'))),
);
/** Sets of questions that no lesson has taken over yet. Each bears the name of its simulation. */
const pool = roots.flatMap((root) => {
  const folder = join(root, 'pool');
  return existsSync(folder) ? readdirSync(folder).map((id) => join(folder, id)) : [];
});

const file = (path: string): { file: string; text: string } => ({ file: path, text: readFileSync(path, 'utf8') });
const quizOf = (folder: string): Quiz =>
  readQuiz({
    facts: file(join(folder, 'quiz.yaml')),
    words: Object.fromEntries(languages.map(({ id }) => [id, file(join(folder, `quiz.${id}.yaml`))])),
  });

describe('question types', () => {
  const folders = readdirSync('src/core/quiz/types', { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );

  it('are exactly the folders of src/core/quiz/types', () => {
    expect(questionTypes.map(({ type }) => type).sort()).toEqual(folders.sort());
  });

  it('each have a view that judges by the same grading', () => {
    for (const { type, grading } of questionTypes) expect(typeViews[type]?.grading, type).toBe(grading);
    expect(Object.keys(typeViews).sort()).toEqual(folders.sort());
  });

  it('each say when an answer is not one yet', () => {
    for (const { id } of languages) {
      const messages = parse(readFileSync(`content/interface/${id}.yaml`, 'utf8')) as { quiz: { unanswered: object } };
      expect(Object.keys(messages.quiz.unanswered).sort(), id).toEqual(folders.sort());
    }
  });
});

it.each(Object.entries(quizSchemas()))('%s is as the schemas in the code say', (name, schema) => {
  expect(JSON.parse(readFileSync(join('public/schemas', name), 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
});

/** Reading throws, naming every fault, where ids, options or keys differ between the facts and any language. */
function readable(folder: string): { folder: string; quiz: Quiz | null; faults: string } {
  try {
    return { folder, quiz: quizOf(folder), faults: '' };
  } catch (error) {
    // The other lessons are judged all the same.
    if (error instanceof QuizError) return { folder, quiz: null, faults: error.message };
    throw error;
  }
}
const quizzes = [...lessons, ...pool].map(readable);

it.each(quizzes)('the quiz of $folder can be read', ({ faults }) => expect(faults).toBe(''));

const read = quizzes.flatMap(({ folder, quiz }) => (quiz === null ? [] : [{ folder, quiz }]));
describe.each(read)('the quiz of $folder', ({ folder, quiz }) => {
  const first = quiz.in[languages[0].id] as Question[];
  const isOfPool = pool.includes(folder);

  it('says where editors find its schema', () => {
    expect(readFileSync(join(folder, 'quiz.yaml'), 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=.*\/quiz\.schema\.json\n/,
    );
    for (const { id } of languages)
      expect(readFileSync(join(folder, `quiz.${id}.yaml`), 'utf8'), id).toMatch(
        /^# yaml-language-server: \$schema=.*\/quiz-words\.schema\.json\n/,
      );
  });

  it.runIf(!isOfPool)('asks about topics that the lesson teaches, and about each of them', () => {
    const lesson = parse(readFileSync(join(folder, 'lesson.yaml'), 'utf8')) as { topics: string[] };
    const asked = new Set(quiz.questions.map(({ topic }) => topic));
    expect([...asked].sort()).toEqual([...lesson.topics].sort());
  });

  it.runIf(isOfPool)('asks about topics of the course, and about the simulation whose name it bears', () => {
    const id = basename(folder);
    scenarioNamed(id);
    for (const { id: question, topic, see, stage, ...facts } of quiz.questions) {
      expect(Object.keys(readTopics(languages[0].id)), question).toContain(topic);
      const { run, proof = [] } = facts as { run?: RunSetting; proof?: Proof[] };
      const runs = [run, stage, ...Object.values(see).map((one) => one.run), ...proof.map((one) => one.run)];
      for (const { scenario } of runs.flatMap((one) => one ?? [])) expect(scenario, question).toBe(id);
    }
  });

  it.each(languages.map(({ id }) => id))('says something to every wrong answer that it foresees, in %s', (language) => {
    for (const question of quiz.in[language] as Question[]) {
      const { grading } = typeNamed(question.facts.type)!;
      const shown = grading.feedback(
        question,
        grading.key(question),
        grading.grade(question, grading.key(question)),
        true,
      );
      for (const { because } of shown) expect(because.length, question.facts.id).toBeGreaterThan(10);
      for (const ids of Object.values(typeNamed(question.facts.type)!.wordsNeeded(question.facts)))
        expect(ids).toBeDefined();
    }
  });

  it.each(languages.map(({ id }) => id))('points only to places that its page has in %s', (language) => {
    const ids: (string | null)[] = isOfPool
      ? [...poolPlaces]
      : outlineOf(readFileSync(join(folder, `${language}.mdx`), 'utf8')).headings.map(({ id }) => id);
    for (const { id, reread, see } of quiz.questions) {
      expect(ids, `${id} reread`).toContain(reread);
      for (const [key, { heading }] of Object.entries(see))
        if (heading !== undefined) expect(ids, `${id} see ${key}`).toContain(heading);
    }
  });

  it('points only to runs that can be made', () => {
    for (const { see, stage } of quiz.questions)
      for (const { run } of [...Object.values(see), { run: stage }])
        if (run !== undefined) {
          const { ledger } = simulate(scenarioNamed(run.scenario), {
            ...(run.design === undefined ? {} : { design: run.design }),
            dials: run.dials ?? {},
          });
          expect(ledger.conserves).toBe(true);
        }
  });

  const measured = first
    .filter(({ facts }) => facts.type === 'measured')
    .map((question) => ({ question, id: question.facts.id }));
  it.runIf(measured.length > 0).each(measured)('$id: the stated answer holds over the seeds', ({ question }) => {
    const { answer, margin, tolerance } = question.facts as MeasuredFacts;
    for (const seed of seedsOfKeys) {
      const [measurement] = measurementsOf(question);
      const { value, enough } = measureNumber(measurement!, measuring, { seed, replications });
      expect(enough, `seed ${seed} has enough data`).toBe(true);
      expect(isWithin(value!, answer, margin), `seed ${seed} gives ${value}, the author says ${answer}`).toBe(true);
    }
    // What readers are judged by is near enough to the author's answer that the author would pass.
    const key = withMeasuredKey(question, measuring).measured[0]!.value!;
    expect(isWithin(answer, key, tolerance), `the author's ${answer} against the measured ${key}`).toBe(true);
  });

  const predictions = first
    .filter(({ facts }) => facts.type === 'prediction')
    .map((question) => ({ question, id: question.facts.id }));
  it.runIf(predictions.length > 0).each(predictions)(
    '$id: the curve drawn from one seed is right by every other',
    ({ question }) => {
      const key = predicting.key(withMeasuredKey(question, measuring) as Prediction);
      for (const seed of seedsOfKeys) {
        const other = withMeasuredKey(question, measuring, { seed, replications }) as Prediction;
        expect(
          other.measured.every(({ enough }) => enough),
          `seed ${seed} has enough data`,
        ).toBe(true);
        expect(shapeOf(other, key), `seed ${seed}`).toBe('close');
        // And a straight line is told from it.
        const points = Object.keys(key);
        const line = Object.fromEntries(points.map((point, at) => [point, 0.12 + 0.04 * at]));
        expect(predicting.grade(other, line).right, `seed ${seed}`).toBe(false);
      }
    },
  );

  const traced = languages.flatMap(({ id: language }) =>
    (quiz.in[language] as Question[])
      .filter(({ facts }) => facts.type === 'tracing')
      .map((question) => ({ question, id: question.facts.id, language })),
  );
  it.runIf(traced.length > 0).each(traced)(
    '$id: the run has what is followed, and makes no distractor right ($language)',
    ({ question }) => {
      expect(tracedMisfits(withTracedKey(question, tracing) as Tracing)).toEqual([]);
    },
  );

  const proofs = quiz.questions.flatMap((facts) =>
    ((facts as unknown as { proof: Proof[] }).proof ?? []).map((proof, at) => ({
      name: `${facts.id} (${at + 1})`,
      proof,
    })),
  );
  it.runIf(proofs.length > 0).each(proofs)('$name: runs show what the key rests on, over the seeds', ({ proof }) => {
    for (const seed of seedsOfProofs) {
      const { holds, value } = proofHolds(proof, measuring, { seed, replications: RUNS_OF_PROOF });
      expect(holds, `seed ${seed} gives ${value}, which is not ${proof.relation} ${proof.value}`).toBe(true);
    }
  });
});

describe.each(roots)('the questions of %s', (root) => {
  const here = read.filter(({ folder }) => folder.startsWith(`${root}/`));

  it('have ids that no other question of the course has, so that they can move between lessons', () => {
    const ids = here.flatMap(({ quiz }) => quiz.questions.map(({ id }) => id));
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  it('are kept under a name that stands for one thing: a set of the pool that a lesson took over is gone from the pool', () => {
    const course = parse(readFileSync(join(root, 'course.yaml'), 'utf8')) as {
      parts: { lessons: { id: string; was?: string[] }[] }[];
    };
    const written = course.parts
      .flatMap((part) => part.lessons)
      .filter(({ id }) => lessons.includes(join(root, 'lessons', id)));
    const names = written.flatMap(({ id, was = [] }) => [id, ...was]);
    for (const folder of pool) expect(names).not.toContain(basename(folder));
  });
});

describe('the law of followed requests', () => {
  const question = quizOf('content/lessons/client-server').in['en']?.find(
    ({ facts }) => facts.type === 'tracing',
  ) as Tracing;
  const faultsOf = (changed: Partial<Tracing['facts']>): string =>
    tracedMisfits(withTracedKey({ ...question, facts: { ...question.facts, ...changed } }, tracing) as Tracing).join();

  it('fails a rule that no request of the run fits', () => {
    expect(() => faultsOf({ follow: { which: 'first', nth: 1, outcome: 'failed' } })).toThrow(
      /question "after-the-pause", follow: no request of this run is as the rule says; right would be/,
    );
  });

  it('fails a distractor that comes to be right', () => {
    // With hardly any traffic the line of the pause is gone at once, and the next one to come is served.
    expect(
      faultsOf({
        run: { ...question.facts.run!, dials: { arrivalRate: 0.5 } },
        follow: { which: 'first', nth: 1, after: 150 },
      }),
    ).toMatch(/steps\.door: the distractor "served" is what the run shows/);
  });

  it('fails a wrong number that is nearly the right one', () => {
    const { ahead, ...others } = question.facts.steps;
    const steps = { ...others, ahead: { ...ahead!, distractors: { 'as-usual': 85, 'one-second': 8 } } };
    expect(faultsOf({ steps })).toMatch(/steps\.ahead: the distractor "as-usual", 85, is too near to \d+/);
  });

  it('fails an outcome that nobody has written words for', () => {
    const steps = { ...question.facts.steps, end: { ...question.facts.steps['end']!, asks: 'then' as const } };
    expect(faultsOf({ steps })).toMatch(/steps\.end: the run shows "done", which has no words/);
  });
});

describe('the law of measured answers', () => {
  const { run, measure, over } = quizOf('content/lessons/client-server').questions.find(
    ({ type }) => type === 'measured',
  ) as MeasuredFacts;
  const luck = { seed: seeds[0], replications };

  it('fails an answer that is not what the runs give', () => {
    const { value } = measureNumber({ run, measure, over }, measuring, luck);
    expect(isWithin(value!, 1.8, 0.3)).toBe(false);
  });

  it('fails a proof at a setting where the sentence is false', () => {
    const proof: Proof = { run, measure, over, relation: 'above', value: 3, margin: 0 };
    expect(proofHolds(proof, measuring, luck).holds).toBe(true);
    const even = { ...run, dials: { arrivalRate: 5 } };
    expect(proofHolds({ ...proof, run: even }, measuring, luck).holds).toBe(false);
  });

  it('names the measures there are when one is asked for that is not', () => {
    expect(() => measureNumber({ run, measure: 'server.reply.mean' }, measuring, luck)).toThrow(
      /server\.response\.mean/,
    );
  });
});
