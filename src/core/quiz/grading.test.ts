/** Grading of every type: what may be said of all of them whatever the answer, and what is particular to each. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { own, type Question } from './question.ts';
import { misordered, shuffled } from './shuffle.ts';
import { questionTypes, typeNamed } from './types/index.ts';
import { grading as kprime } from './types/kprime/grading.ts';
import { grading as matching, type Matching } from './types/matching/grading.ts';
import { grading as measured, type Measured } from './types/measured/grading.ts';
import { grading as number, type NumberQuestion } from './types/number/grading.ts';
import { grading as oneChoice } from './types/one-choice/grading.ts';
import { grading as ordering, moved, movedAmongOpen, type Ordering } from './types/ordering/grading.ts';
import { grading as prediction, shapeOf, type Prediction } from './types/prediction/grading.ts';
import { grading as several, type Several } from './types/several/grading.ts';
import { grading as shortAnswer, normalised } from './types/short-answer/grading.ts';
import { grading as tracing, stepsOpen, stepsShown, type Tracing } from './types/tracing/grading.ts';
import { samples } from './samples.fixture.ts';

/** Anything that a record, a room or a stranger could hand in for an answer, with the sample's own ids among it. */
const ids = [
  'right',
  'wrong',
  'other',
  'third',
  'a',
  'b',
  'c',
  'd',
  'left',
  'queued',
  'traced',
  'one',
  '__proto__',
  'constructor',
  '3',
  '5',
];
const anything = fc.oneof(
  fc.anything(),
  fc.constantFrom(...ids),
  fc.array(fc.constantFrom(...ids)),
  fc.dictionary(fc.constantFrom(...ids), fc.oneof(fc.boolean(), fc.double(), fc.constantFrom(...ids))),
);

describe.each(questionTypes.map(({ type }) => type))('%s', (type) => {
  const { grading } = typeNamed(type)!;
  const question = samples[type] as Question;

  it('takes any answer without throwing, and scores it from 0 to 1', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const answer = grading.read(question, value);
        const verdict = grading.grade(question, answer);
        expect(verdict.score).toBeGreaterThanOrEqual(0);
        expect(verdict.score).toBeLessThanOrEqual(1);
        expect(verdict.right).toBe(verdict.score === 1);
        grading.isAnswered(question, answer);
        grading.feedback(question, answer, verdict, false);
        grading.feedback(question, answer, verdict, true);
        grading.retry(question, answer, verdict);
      }),
      { seed: 7, numRuns: 400 },
    );
  });

  it('reads what it has read, and what a copy of it says, as the same answer', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const answer = grading.read(question, value);
        expect(grading.read(question, answer)).toEqual(answer);
        expect(grading.read(question, structuredClone(answer))).toEqual(answer);
      }),
      { seed: 8 },
    );
  });

  it('finds its own key right, and has a because for it', () => {
    const key = grading.key(question);
    expect(grading.isAnswered(question, key)).toBe(true);
    expect(grading.grade(question, key)).toMatchObject({ right: true, score: 1 });
  });

  it('keeps in a retry everything that was right, so that the score does not fall', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const answer = grading.read(question, value);
        const verdict = grading.grade(question, answer);
        const again = grading.grade(question, grading.retry(question, answer, verdict));
        expect(again.score).toBeGreaterThanOrEqual(verdict.score);
      }),
      { seed: 9 },
    );
  });
});

type Answers = Record<string, unknown>;
/** Puts one part of an answer right, by a number that chooses the part. Every type must say here what that means for it. */
const mendings: Record<string, (question: Question, answer: never, choice: number) => unknown> = {
  'one-choice': (question) => oneChoice.key(question as Parameters<typeof oneChoice.key>[0]),
  several(question, answer: string[], choice) {
    const { answers, distractors } = (question as Several).facts;
    const all = [...answers, ...distractors];
    const mended = all[choice % all.length]!;
    const rest = answer.filter((id) => id !== mended);
    return answers.includes(mended) ? [...rest, mended] : rest;
  },
  ordering(question, answer: string[], choice) {
    const { order } = (question as Ordering).facts;
    const wrong = answer.flatMap((id, at) =>
      at > 0 && order.indexOf(answer[at - 1]!) > order.indexOf(id) ? [at] : [],
    );
    const at = wrong[choice % Math.max(1, wrong.length)];
    return at === undefined ? answer : moved(answer, answer[at]!, at - 1);
  },
  number: (question) => number.key(question as NumberQuestion),
  'short-answer': (question) => shortAnswer.key(question as Parameters<typeof shortAnswer.key>[0]),
  measured: (question) => measured.key(question as Measured),
  ...Object.fromEntries(
    ['kprime', 'matching', 'prediction', 'tracing'].map((type) => [
      type,
      (question: Question, answer: Answers, choice: number) => {
        const key = typeNamed(type)!.grading.key(question) as Answers;
        const part = Object.keys(key)[choice % Object.keys(key).length]!;
        return { ...answer, [part]: key[part] };
      },
    ]),
  ),
};

/** The question with every list and record of its facts and words in another order, but for lists whose order is what is asked. */
function written(question: Question, isTurned: (at: number) => boolean): Question {
  let count = 0;
  const turn = <T>(list: T[]): T[] => {
    count += 1;
    return isTurned(count) ? list.toReversed() : list;
  };
  const walk = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) {
      const inside = value.map((each) => walk(each, ''));
      return ['order', 'at', 'measured', 'calls', 'stretches'].includes(name) ? inside : turn(inside);
    }
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, each]) => [key, walk(each, key)] as const);
    // The first unit is the one that numbers are in.
    return Object.fromEntries(name === 'units' ? entries : turn(entries));
  };
  return walk(question, '') as Question;
}

describe.each(questionTypes.map(({ type }) => type))('of every type, and so of %s:', (type) => {
  const { grading } = typeNamed(type)!;
  const question = samples[type] as Question;
  /** Anything at all, or the key with parts of it missing: what a reader is likely to have. */
  const answers = fc.oneof(
    anything.map((value) => grading.read(question, value)),
    fc.array(fc.nat()).map((cuts) => {
      const key = grading.key(question);
      if (Array.isArray(key))
        return grading.read(question, type === 'ordering' ? key.toReversed() : key.slice((cuts[0] ?? 0) % 4));
      if (typeof key !== 'object' || key === null) return grading.blank(question);
      const ids = Object.keys(key);
      const left = cuts.map((cut) => ids[cut % ids.length]);
      return grading.read(question, Object.fromEntries(Object.entries(key).filter(([id]) => !left.includes(id))));
    }),
  );

  it('mending one part never lowers the score', () => {
    const mend = mendings[type];
    expect(mend, `say in this test what it is to mend a part of an answer to "${type}"`).toBeDefined();
    fc.assert(
      fc.property(answers, fc.nat(), (answer, choice) => {
        const mended = grading.read(question, mend!(question, answer as never, choice));
        expect(grading.grade(question, mended).score).toBeGreaterThanOrEqual(grading.grade(question, answer).score);
      }),
      { seed: 11 },
    );
  });

  it('the order in which an author writes options, and a reader’s record holds them, changes nothing', () => {
    fc.assert(
      fc.property(answers, fc.array(fc.boolean(), { minLength: 1 }), (answer, turns) => {
        const other = written(question, (at) => turns[at % turns.length]!);
        const turned =
          typeof answer === 'object' && answer !== null && !Array.isArray(answer)
            ? Object.fromEntries(Object.entries(answer).toReversed())
            : Array.isArray(answer) && type !== 'ordering'
              ? answer.toReversed()
              : answer;
        const verdict = grading.grade(question, answer);
        expect(grading.grade(other, grading.read(other, turned))).toEqual(verdict);
        const told = (asked: Question): unknown =>
          grading
            .feedback(asked, answer, verdict, true)
            .map(({ key, because, right }) => [key, because, right])
            .toSorted();
        expect(told(other)).toEqual(told(question));
      }),
      { seed: 12 },
    );
  });

  it('says something about every answer that is wrong', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const verdict = grading.grade(question, answer);
        const said = grading.feedback(question, answer, verdict, false);
        if (!verdict.right && grading.isAnswered(question, answer) && Object.values(verdict.parts).includes(false))
          expect(said.length).toBeGreaterThan(0);
        // And an author can point from there to the paragraph or the run that shows it.
        const pointers = typeNamed(type)!.pointers(question.facts);
        for (const { key, because } of said) {
          expect(because).not.toBe('');
          expect(pointers).toContain(key);
        }
      }),
      { seed: 13 },
    );
  });
});

describe('a followed request', () => {
  const question = samples['tracing'] as Tracing;
  it('opens one step after the other, and all of them once it has been tried', () => {
    expect(stepsOpen(question, {}, false)).toBe(1);
    expect(stepsOpen(question, { a: 'served' }, false)).toBe(2);
    expect(stepsOpen(question, { a: 'served', b: 'traced', c: 'answered' }, false)).toBe(3);
    expect(stepsOpen(question, { a: 'queued' }, true)).toBe(3);
  });
  it('prints numbers in the author’s pattern, from small to large, the run’s among them', () => {
    expect(stepsShown(question)[1]!.options.map(({ text }) => text)).toEqual(['0.1 s', '0.72 s', '9 s']);
  });
  it('calls nothing right while no run has been made', () => {
    const { traced: _traced, ...unmade } = question;
    const key = tracing.key(question);
    expect(tracing.grade(unmade, tracing.read(unmade, key))).toMatchObject({ right: false, score: 0 });
  });
  it('tells a wrong step with the reader’s own choice, and names the right one only when it is over', () => {
    const answer = { ...tracing.key(question), a: 'served' };
    const verdict = tracing.grade(question, answer);
    expect(verdict.parts).toEqual({ a: false, b: true, c: true });
    expect(tracing.feedback(question, answer, verdict, false).map(({ key }) => key)).toEqual(['a.served']);
    expect(tracing.feedback(question, answer, verdict, true).map(({ key }) => key)).toEqual([
      'a.served',
      'a.queued',
      'b.traced',
      'c.answered',
    ]);
    expect(tracing.retry(question, answer, verdict)).toEqual({ b: 'traced', c: 'answered' });
  });
});

describe('partial credit', () => {
  it('never falls when one more option of several is put right', () => {
    const question = samples['several'] as Several;
    const all = [...question.facts.answers, ...question.facts.distractors];
    fc.assert(
      fc.property(fc.subarray(all), fc.constantFrom(...all), (answer, mended) => {
        const belongs = question.facts.answers.includes(mended);
        const without = answer.filter((id) => id !== mended);
        const better = belongs ? [...without, mended] : without;
        expect(several.grade(question, better).score).toBeGreaterThanOrEqual(several.grade(question, answer).score);
      }),
    );
  });

  it('does not depend on the order in which options were chosen', () => {
    const question = samples['several'] as Several;
    const all = [...question.facts.answers, ...question.facts.distractors];
    fc.assert(
      fc.property(fc.shuffledSubarray(all), (answer) => {
        expect(several.grade(question, answer)).toEqual(several.grade(question, answer.toSorted()));
      }),
    );
  });

  it('does not pay for choosing everything', () => {
    const question = samples['several'] as Several;
    expect(several.grade(question, [...question.facts.answers, ...question.facts.distractors]).score).toBeLessThan(0.5);
  });

  it('rises when two neighbours in a wrong order change places', () => {
    const question = samples['ordering'] as Ordering;
    const { order } = question.facts;
    fc.assert(
      fc.property(fc.shuffledSubarray(order, { minLength: order.length }), (answer) => {
        const at = answer.findIndex((id, index) => index > 0 && order.indexOf(answer[index - 1]!) > order.indexOf(id));
        if (at < 0) return;
        expect(ordering.grade(question, moved(answer, answer[at]!, at - 1)).score).toBeGreaterThan(
          ordering.grade(question, answer).score,
        );
      }),
    );
  });

  it('never falls when one more item is put into its group', () => {
    const question = samples['matching'] as Matching;
    const key = matching.key(question);
    const groups = Object.keys(question.facts.groups);
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(key)), fc.constantFrom(...groups)),
        fc.constantFrom(...Object.keys(key)),
        (answer, item) => {
          expect(matching.grade(question, { ...answer, [item]: key[item]! }).score).toBeGreaterThanOrEqual(
            matching.grade(question, answer).score,
          );
        },
      ),
    );
  });

  it('is given for each pair, too, where every group has one item', () => {
    const sample = samples['matching'] as Matching;
    const pairs = { ...sample, facts: { ...sample.facts, groups: { left: ['a'], middle: ['b'], right: ['c'] } } };
    expect(matching.grade(pairs, { a: 'left', b: 'middle', c: 'right' })).toMatchObject({ right: true, score: 1 });
    expect(matching.grade(pairs, { a: 'left', b: 'right', c: 'middle' }).parts).toEqual({
      a: true,
      b: false,
      c: false,
    });
  });

  it('gives half for three of four judgements, and nothing for two', () => {
    const question = samples['kprime'] as Parameters<typeof kprime.grade>[0];
    const key = kprime.key(question);
    const flip = (...ids: string[]): Record<string, boolean> =>
      Object.fromEntries(Object.entries(key).map(([id, value]) => [id, ids.includes(id) ? !value : value]));
    expect(kprime.grade(question, flip('a')).score).toBe(0.5);
    expect(kprime.grade(question, flip('a', 'b')).score).toBe(0);
  });
});

describe('feedback', () => {
  it('does not name the right option before it is found or revealed', () => {
    const question = samples['one-choice'] as Parameters<typeof oneChoice.grade>[0];
    const verdict = oneChoice.grade(question, 'wrong');
    expect(oneChoice.feedback(question, 'wrong', verdict, false).map(({ key }) => key)).toEqual(['wrong']);
    expect(oneChoice.feedback(question, 'wrong', verdict, true).map(({ key }) => key)).toEqual(['wrong', 'right']);
  });

  it('knows a wrong number by the mistake that leads to it', () => {
    const question = samples['number'] as NumberQuestion;
    const said = (text: string): string | undefined =>
      number.feedback(question, text, number.grade(question, text), false)[0]?.key;
    expect(said('250')).toBe('divided');
    expect(said('77')).toBe('otherwise');
    expect(said('10')).toBeUndefined();
  });

  it('knows a wrong word by the one that it is', () => {
    const question = samples['short-answer'] as Parameters<typeof shortAnswer.grade>[0];
    const said = (text: string): string | undefined =>
      shortAnswer.feedback(question, text, shortAnswer.grade(question, text), false)[0]?.key;
    expect(said('Throughput')).toBe('throughput');
    expect(said('banana')).toBe('otherwise');
  });
});

describe('a number', () => {
  const question = samples['number'] as NumberQuestion;
  it.each(['10', ' 10 ', '10.0', '10 requests', '10requests', '１０', '+10', '10 건', '10,0'])(
    'reads %j as ten',
    (typed) => {
      expect(number.grade(question, typed).right).toBe(true);
    },
  );
  it.each(['', 'ten', '10 apples', '1,000', '-10', '1e1', '1.0.0', '10 10'])('does not take %j for ten', (typed) => {
    expect(number.grade(question, typed).right).toBe(false);
  });
  it('knows that another unit is another number', () => {
    const inTime = samples['measured'] as Measured;
    expect(measured.grade(inTime, '0.5 s').right).toBe(true);
    expect(measured.grade(inTime, '500 ms').right).toBe(true);
    expect(measured.grade(inTime, '500').right).toBe(false);
  });
  it('is judged by what was measured, not by what the author states', () => {
    const moved = { ...(samples['measured'] as Measured), measured: [{ value: 0.9, halfWidth: 0.1, enough: true }] };
    expect(measured.grade(moved, '0.5').right).toBe(false);
    expect(measured.grade(moved, '0.9').right).toBe(true);
  });
});

describe('a short answer', () => {
  it.each([
    ['The M.S.A.', 'msa'],
    ['마이크로 서비스입니다', '마이크로서비스'],
    ['Load-balancer', 'load balancer'],
    ['ＭＳＡ', 'MSA'],
  ])('takes %j and %j for the same', (one, other) => {
    expect(normalised(one)).toBe(normalised(other));
  });
  it('keeps apart what differs by a letter', () => {
    expect(normalised('synchronous')).not.toBe(normalised('asynchronous'));
  });
  it('is not empty because an article or an ending is all there is', () => {
    expect(normalised('a')).toBe('a');
    expect(normalised('이다')).toBe('이다');
  });
});

describe('an ordering', () => {
  const question = samples['ordering'] as Ordering;
  it('never begins solved', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 8 }),
        fc.string(),
        (all, salt) => {
          expect(misordered(all, salt)).not.toEqual(all);
          expect(misordered(all, salt).toSorted()).toEqual(all.toSorted());
        },
      ),
    );
  });
  it('moves an item past locked ones and leaves those where they are', () => {
    expect(movedAmongOpen(['a', 'b', 'c', 'd'], 'a', 1, (id) => id === 'b')).toEqual(['c', 'b', 'a', 'd']);
    expect(movedAmongOpen(['a', 'b', 'c', 'd'], 'd', -9, (id) => id === 'b')).toEqual(['d', 'b', 'a', 'c']);
    expect(movedAmongOpen(['a', 'b'], 'b', 1, (id) => id === 'b')).toEqual(['a', 'b']);
  });
  it('keeps every item whatever it is told to read', () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(ordering.read(question, value).toSorted()).toEqual(question.facts.order.toSorted());
      }),
    );
  });
});

describe('a prediction', () => {
  const question = samples['prediction'] as Prediction;
  const draw = (...heights: number[]): Record<string, number> =>
    Object.fromEntries(question.facts.at.slice(1).map((x, at) => [String(x), heights[at]!]));
  it('tells a straight line from the curve that it missed', () => {
    expect(shapeOf(question, draw(0.15, 0.2, 0.25, 0.3))).toBe('straight');
  });
  it('tells one that is too low, one that is too high and one that is close', () => {
    expect(shapeOf(question, draw(0.1, 0.11, 0.12, 0.4))).toBe('too-low');
    expect(shapeOf(question, draw(0.4, 0.7, 1, 1.2))).toBe('too-high');
    expect(shapeOf(question, draw(0.15, 0.2, 0.3, 0.9))).toBe('close');
  });
  it('does not judge a point where the runs say that they have not enough data', () => {
    const unsure = {
      ...question,
      measured: question.measured.map((one, at) => (at === 4 ? { ...one, enough: false } : one)),
    };
    expect(own(prediction.grade(unsure, draw(0.14, 0.2, 0.33, 0)).parts, '9')).toBeUndefined();
    expect(prediction.grade(unsure, draw(0.14, 0.2, 0.33, 0)).right).toBe(true);
  });
  it('calls nothing right while nothing is measured', () => {
    expect(prediction.grade({ ...question, measured: [] }, draw(0.1, 0.2, 0.3, 0.9)).right).toBe(false);
  });
});

it('options are mixed alike wherever they are shown, whatever order they are written in', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string()), fc.string(), (all, salt) => {
      expect(shuffled(all, salt)).toEqual(shuffled(all.toReversed(), salt));
    }),
  );
});
