/** The course's timeline: what happened when, and its words in one language. It reads no file and knows no page. */
import { z } from 'zod';

/** What an event is about. */
export const threads = ['machines', 'systems', 'people', 'microservices'] as const;
export type Thread = (typeof threads)[number];

/** The stretches that a reader may look at closely: each from a year to before another. */
export const stretches = [
  { id: 'early', from: 1945, to: 1990 },
  { id: 'middle', from: 1990, to: 2010 },
  { id: 'late', from: 2010, to: 2020 },
] as const;

const id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'an id has small letters, digits and hyphens, such as first-draft');

export const eventsSchema = z.array(
  z
    .strictObject({
      id: id.describe('Its name, which its words are joined by.'),
      when: z
        .string()
        .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'a day, a month or a year, such as 1945-06-30, 1968-04 or 1987')
        .describe('When it happened; for what has no date, the year where it stands on the line.'),
      thread: z.enum(threads).describe('What it is about.'),
      source: z
        .string()
        .optional()
        .describe('The work of content/sources.yaml that says so; only what is not sure may go without.'),
      sure: z
        .boolean()
        .default(true)
        .describe('False where the date is told in several ways, or from memory: the page says so.'),
    })
    .refine(({ source, sure }) => source !== undefined || !sure, 'without a source nothing is sure: write sure: false'),
);

export const eventWordsSchema = z.record(
  id,
  z.strictObject({
    when: z
      .string()
      .min(2)
      .max(30)
      .optional()
      .describe('How the date is said where it is none, such as “In the 1990s”.'),
    title: z.string().min(2).max(60).describe('What happened, in a few words.'),
    text: z.string().min(20).max(240).describe('What it was, in one to three sentences.'),
  }),
);

type Events = z.output<typeof eventsSchema>;

/** One event in one language. */
export interface TimelineEvent {
  id: string;
  /** As `datetime` of a `time` element; null for what has no date. */
  date: string | null;
  when: string;
  year: number;
  thread: Thread;
  stretch: string;
  title: string;
  text: string;
  source: string | null;
  isSure: boolean;
  /** Years since the event before. */
  gap: number;
}

/** A date as a reader of the language writes it: as precise as it is known. */
function dateInWords(when: string, language: string): string {
  const [year, month, day] = when.split('-').map(Number) as [number, number?, number?];
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    year: 'numeric',
    ...(month === undefined ? {} : { month: 'long' }),
    ...(day === undefined ? {} : { day: 'numeric' }),
    timeZone: 'UTC',
  }).format(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
}

/** What is wrong with the order or the words of a timeline; empty where nothing is. */
export function problemsOfTimeline(events: Events, words: z.output<typeof eventWordsSchema>): string[] {
  const ids = events.map((event) => event.id);
  return [
    ...ids.filter((event, at) => ids.indexOf(event) !== at).map((event) => `"${event}" stands there twice`),
    ...ids.filter((event) => words[event] === undefined).map((event) => `"${event}" has no words`),
    ...Object.keys(words)
      .filter((event) => !ids.includes(event))
      .map((event) => `there are words for "${event}", which is no event`),
    ...events
      .filter(({ when }, at) => at > 0 && when.slice(0, 4) < events[at - 1]!.when.slice(0, 4))
      .map((event) => `"${event.id}" is earlier than what stands before it`),
  ];
}

/** The events in order, with their words. */
export function timelineOf(
  events: Events,
  words: z.output<typeof eventWordsSchema>,
  language: string,
): TimelineEvent[] {
  return events.map(({ id: event, when, thread, source, sure }, at) => {
    const said = words[event]!;
    const year = Number(when.slice(0, 4));
    return {
      id: event,
      date: said.when === undefined ? when : null,
      when: said.when ?? dateInWords(when, language),
      year,
      thread,
      stretch: stretches.find(({ from, to }) => from <= year && year < to)?.id ?? stretches.at(-1)!.id,
      title: said.title,
      text: said.text,
      source: source ?? null,
      isSure: sure,
      gap: at === 0 ? 0 : year - Number(events[at - 1]!.when.slice(0, 4)),
    };
  });
}
