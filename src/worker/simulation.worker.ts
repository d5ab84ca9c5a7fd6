/** The machine in a thread of its own. All it does is hand messages to the answerer and answers to the page. */
import { makeAnswerer } from './answering.ts';

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.addEventListener('message', () => waiting.shift()?.());
channel.port1.start();
// A message to oneself stands behind the questions that came before it, and is not slowed down as timers are.
const pause = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });

const answer = makeAnswerer((reply, moved) => self.postMessage(reply, { transfer: moved }), {
  pause,
  now: () => performance.now(),
});
self.addEventListener('message', (event: MessageEvent) => answer(event.data));
