/**
 * What the windows of a deck say to each other. Whatever comes in is checked here and bounded; what does not fit is not heard.
 * It knows no window and no channel.
 *
 * The windows agree by the newest word: each state carries a number, one more than the highest that its window has heard, and
 * a tie goes to the window with the greater name. So it does not matter in which order messages come.
 */
import { z } from 'zod/mini';

/** Longest text of a run, as links write it, that a message may carry. */
const MOST_LETTERS = 12_000;
/** Lines on one slide, and points in one line. */
export const MOST_LINES = 60;
export const MOST_POINTS = 300;

const name = z.string().check(z.maxLength(120), z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/));
const share = z.number().check(z.gte(0), z.lte(1));
const count = z.number().check(z.int(), z.gte(0), z.lte(1e9));

/** Where the deck is: the same in every window. */
const place = z.strictObject({
  what: z.literal('place'),
  /** Names of slides stay when their order changes: the windows may be of different versions and languages. */
  slide: name,
  step: count,
  /** Whether the wall is blank, and in which way. */
  blank: z.enum(['no', 'black', 'paper']),
  /** Where one looks closer, as shares of the wall; null for the whole slide. */
  zoom: z.nullable(z.tuple([share, share])),
});

/** How a stage stands: its setting and moment as a link writes them, and how its clock goes. */
const stage = z.strictObject({
  what: z.literal('stage'),
  scenario: name,
  run: z.string().check(z.maxLength(MOST_LETTERS)),
  playing: z.boolean(),
  speed: z.union([z.number().check(z.gt(0), z.lte(1e12)), z.literal('fastest')]),
  panel: z.optional(name),
});

/** Where the teacher points, as shares of the slide; null when they point at nothing. */
const pointer = z.strictObject({ what: z.literal('pointer'), at: z.nullable(z.tuple([share, share])) });

/** All lines that the teacher has drawn on a slide. */
const ink = z.strictObject({
  what: z.literal('ink'),
  slide: name,
  lines: z.array(z.array(z.tuple([share, share])).check(z.maxLength(MOST_POINTS))).check(z.maxLength(MOST_LINES)),
});

const state = z.discriminatedUnion('what', [place, stage, pointer, ink]);

const message = z.union([
  /** A window has opened and asks how things stand. */
  z.strictObject({ v: z.literal(1), from: name, hello: z.literal(true) }),
  /** The answer to that of a window that is there, beside all that it holds. */
  z.strictObject({ v: z.literal(1), from: name, here: z.literal(true) }),
  z.strictObject({ v: z.literal(1), from: name, number: count, state }),
]);

export type DeckState = z.infer<typeof state>;
export type DeckMessage = z.infer<typeof message>;
export type PlaceState = z.infer<typeof place>;
export type StageState = z.infer<typeof stage>;

/** A message as it came in, or null where it is none of ours. */
export function readMessage(value: unknown): DeckMessage | null {
  const read = z.safeParse(message, value);
  return read.success ? read.data : null;
}

/** What of a state is replaced by a newer one: the place, one scenario's stage, the pointer, the lines of one slide. */
export const topicOf = (said: DeckState): string =>
  said.what === 'stage' ? `stage ${said.scenario}` : said.what === 'ink' ? `ink ${said.slide}` : said.what;

/** What one window knows of all that was said. */
export interface Agreement {
  /** Says something in this window's name; the message is to be sent. */
  say(state: DeckState): DeckMessage;
  /** Hears a message; the state in it where it is news. */
  hear(message: DeckMessage): DeckState | null;
  /** All that holds, to tell a window that has just opened. */
  holding(): DeckMessage[];
}

/** @param from this window's name, unlike that of any other. */
export function agreement(from: string): Agreement {
  const held = new Map<string, DeckMessage & { state: DeckState; number: number }>();
  let highest = 0;
  return {
    say(said) {
      highest += 1;
      const sent = { v: 1 as const, from, number: highest, state: said };
      held.set(topicOf(said), sent);
      return sent;
    },
    hear(heard) {
      if (!('state' in heard) || heard.from === from) return null;
      highest = Math.max(highest, heard.number);
      const topic = topicOf(heard.state);
      const before = held.get(topic);
      const isNews =
        before === undefined ||
        heard.number > before.number ||
        (heard.number === before.number && heard.from > before.from);
      if (!isNews) return null;
      held.set(topic, heard);
      return heard.state;
    },
    // The words of others are passed on as theirs, so that numbers keep their meaning.
    holding: () => [...held.values()],
  };
}
