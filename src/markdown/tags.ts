/**
 * The tags an author may write in a lesson, and nothing else. MDX has no imports: these are handed in.
 * src/components/mdx/index.ts gives each of them its view; a law compares the two lists.
 */

export interface Tag {
  /** What it is for, in one sentence: the author's manual. */
  purpose: string;
  /** Attributes that must be there, and what they mean. */
  required: Record<string, string>;
  /** Attributes that may be left out. */
  optional: Record<string, string>;
  /** Whether it stands round text. */
  content: 'none' | 'words' | 'blocks';
  /** Whether it prints a value: a Korean particle must not be glued to it. */
  value?: boolean;
}

const setting = {
  design: "the design's id; the first design when left out",
  dials: 'dials away from their start, as "arrivalRate=9 variability=4"',
};
const number = {
  unit: 'how it is printed, where the usual unit will not do: ms, s, day, percent, times, per-second, per-day, per-week, count, plain',
  digits: 'decimals; by default as many as its interval supports',
};

export const tags: Record<string, Tag> = {
  Simulation: {
    purpose: 'The stage, with the scenario on it.',
    required: { id: "the scenario's id" },
    optional: {
      ...setting,
      show: 'which of its parts are shown besides the drawing: charts, dials, faults, sweep, numbers',
      after: 'a question of the quiz: the curve over a dial stays covered until it is answered',
    },
    content: 'none',
  },
  Measured: {
    purpose: 'A number from a run, with its interval, linked to that run.',
    required: { scenario: "the scenario's id", measure: 'what is measured, such as server.response.mean' },
    optional: {
      ...setting,
      inputs: 'faults that happen, as "pause@120:10"',
      over: 'divide by the same measure of this design, run by run under the same luck',
      per: 'divide by the value of this dial, for example serviceTime',
      runs: 'how many runs with different luck are averaged (20); 1 means the very run that the page shows',
      ...number,
    },
    content: 'none',
    value: true,
  },
  Theory: {
    purpose: 'A number from a closed form, linked to the run that it can be compared with.',
    required: { scenario: "the scenario's id", name: 'the closed form, such as response' },
    optional: {
      ...setting,
      over: 'divide by the same closed form of this design',
      per: 'divide by the value of this dial, for example serviceTime',
      ...number,
    },
    content: 'none',
    value: true,
  },
  Factors: {
    purpose:
      'What a measure hangs on: every mixture of some dials at their ends is run, and the variance between them is shared out. Its text says what is measured.',
    required: {
      scenario: "the scenario's id",
      measure: 'what is measured; several joined by + are added up, and / divides',
      factors: 'the dials, such as "bus joint portal teams"',
    },
    optional: {
      ...setting,
      runs: 'how many runs of each mixture (10)',
      unit: number.unit,
    },
    content: 'words',
  },
  Share: {
    purpose:
      'A share of a variance in a sentence, of one factor or of a pair: a number of the same runs as `<Factors>`.',
    required: {
      scenario: "the scenario's id",
      measure: 'as in `<Factors>`',
      factors: 'as in `<Factors>`',
      of: 'the factor, or two of them',
    },
    optional: {
      ...setting,
      runs: 'as in `<Factors>`',
      digits: number.digits,
    },
    content: 'none',
    value: true,
  },
  Counted: {
    purpose:
      "A number from an experiment over many settings that is kept beside a scenario; linked to the simulation's card.",
    required: { scenario: "the scenario's id", what: "the number's name in the scenario's experiment.json" },
    optional: { unit: 'percent, for a share of all settings', digits: 'decimals; none when left out' },
    content: 'none',
    value: true,
  },
  Given: {
    purpose: 'A number that is set, not found: a setting, a thought experiment, a year. It alone may be typed by hand.',
    required: {},
    optional: {},
    content: 'words',
  },
  Cite: {
    purpose: 'Names a work; the works that a lesson names are listed at its end.',
    required: { id: 'an id of content/sources.yaml' },
    optional: {},
    content: 'none',
  },
  Term: {
    purpose: 'A word of the field, with its meaning at hand.',
    required: { id: 'an id of the glossary' },
    optional: {},
    content: 'words',
  },
  Predict: {
    purpose: "A question of the lesson's quiz, asked in place before the run that answers it.",
    required: { question: "the question's id in quiz.yaml" },
    optional: {},
    content: 'none',
  },
  Look: {
    purpose: 'A sentence that sets the stage or lights a part of it.',
    required: {},
    optional: { scenario: "the scenario's id; the lesson's first when left out", ...setting, part: "the part's id" },
    content: 'words',
  },
  Pitfall: {
    purpose: 'A mistake that people make.',
    required: { title: 'what goes wrong, in a few words' },
    optional: {},
    content: 'blocks',
  },
  DeepDive: {
    purpose: 'More for those who want it; folded at first.',
    required: { title: 'the question that it answers' },
    optional: {},
    content: 'blocks',
  },
  Limits: {
    purpose: 'When the idea does not hold, and what the model leaves out.',
    required: {},
    optional: {},
    content: 'blocks',
  },
  Cost: { purpose: 'What it costs.', required: {}, optional: {}, content: 'blocks' },
  Recap: { purpose: 'What to take away, as a short list.', required: {}, optional: {}, content: 'blocks' },
  Reading: { purpose: 'What to read next.', required: {}, optional: {}, content: 'blocks' },
  Timeline: {
    purpose: 'What happened when, from 1945 on: the timeline of content/timeline.',
    required: {},
    optional: {},
    content: 'none',
  },
  Quiz: { purpose: "The lesson's quiz.", required: {}, optional: {}, content: 'none' },
  Notes: {
    purpose: 'For the one who teaches; not shown on the page.',
    required: { minutes: 'how long this section takes in class' },
    optional: {},
    content: 'blocks',
  },
  Slide: {
    purpose:
      'What the slide of this section says instead of the prose: a line or two, or a list whose points come one by one. Not shown on the page.',
    required: {},
    optional: {},
    content: 'blocks',
  },
  Network: {
    purpose:
      'A small neural network that computes: its input can be changed, and it can be gone through layer by layer.',
    required: { kind: 'dense, convolutional or recurrent' },
    optional: {},
    content: 'none',
  },
  Figure: {
    purpose: "A picture from the lesson's folder.",
    required: { src: 'the file, such as rack.svg', alt: 'the picture in words' },
    optional: {},
    content: 'words',
  },
};
