/**
 * The windows of one lesson's deck, in step without a server: what one does is told to the others of the same lesson in this browser.
 * What comes in passes the schema; it knows no slide.
 */
import { agreement, readMessage, topicOf, type DeckMessage, type DeckState } from '../../core/deck/messages.ts';

export interface Windows {
  /** Says what holds now, to all windows. */
  say(state: DeckState): void;
  /** Whether another window has been heard lately. */
  readonly hasOthers: boolean;
  close(): void;
}

/** A name that no other window has. `crypto.randomUUID` is not there on plain http addresses. */
const ownName = (): string =>
  `w${[...crypto.getRandomValues(new Uint32Array(2))].map((part) => part.toString(36)).join('')}`;

/**
 * Joins the windows of a lesson.
 * @param heard is told of each piece of news.
 * @param met is told when another window is heard for the first time.
 * @param asked is told that a window has opened and asks how things stand, before it is answered.
 */
export function joinWindows(
  lesson: string,
  heard: (state: DeckState) => void,
  met: () => void,
  asked: (holds: (topic: string) => boolean) => void,
): Windows {
  if (typeof BroadcastChannel === 'undefined')
    return { say: () => undefined, hasOthers: false, close: () => undefined };
  const name = ownName();
  const known = agreement(name);
  // One channel for a lesson, whatever the language: two lessons at once do not hear each other.
  const channel = new BroadcastChannel(`seams:deck:${lesson}`);
  let hasOthers = false;
  const send = (message: DeckMessage): void => channel.postMessage(message);
  channel.addEventListener('message', (event: MessageEvent<unknown>) => {
    // A channel reaches this origin only; a browser that says so is believed, one that says otherwise is not.
    if (event.origin !== '' && event.origin !== location.origin) return;
    const message = readMessage(event.data);
    if (message === null || message.from === name) return;
    if (!hasOthers) {
      hasOthers = true;
      met();
    }
    if ('hello' in message) {
      send({ v: 1, from: name, here: true });
      asked((topic) => known.holding().some((held) => 'state' in held && topicOf(held.state) === topic));
      for (const held of known.holding()) send(held);
      return;
    }
    const news = known.hear(message);
    if (news !== null) heard(news);
  });
  send({ v: 1, from: name, hello: true });
  return {
    say: (state) => send(known.say(state)),
    get hasOthers() {
      return hasOthers;
    },
    close: () => channel.close(),
  };
}
