/**
 * Long links, packed: deflated and written in 64 letters that need no escaping. A short link stays readable.
 * Whatever is unpacked is bounded while it grows. It knows nothing of what a link says but the scenario, which stays in front.
 *
 * Written as  z;scenario;letters
 */
import { decodeRun, encodeRun, MAX_LENGTH, quoted, type Address, type Decoded } from '../../core/playback/address.ts';
import type { Frameable } from '../../core/playback/setting.ts';

const MARK = 'z';
/** A link shorter than this is left for people to read. */
const READABLE = 300;
/** How long a packed link may be, in letters. */
export const MAX_PACKED = 8000;

type Bytes = Uint8Array<ArrayBuffer>;

async function through(bytes: Bytes, stream: CompressionStream | DecompressionStream, most: number): Promise<Bytes> {
  const writer = stream.writable.getWriter();
  // A stream that is given up rejects what is still to be written; the reader below tells what happened.
  writer.write(bytes).catch(() => undefined);
  writer.close().catch(() => undefined);
  const reader = (stream.readable as ReadableStream<Bytes>).getReader();
  const pieces: Bytes[] = [];
  let length = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      reader.cancel().catch(() => undefined);
      throw new RangeError(`more than ${most} bytes`);
    }
    pieces.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

const toLetters = (bytes: Bytes): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
const fromLetters = (letters: string): Bytes =>
  Uint8Array.from(atob(letters.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

/** The text of a run's address: readable while it is short, packed where that is shorter. */
export async function writeRun(address: Address): Promise<string> {
  const text = encodeRun(address);
  // A browser without packing writes the long link, which every browser reads.
  if (text.length <= READABLE || typeof CompressionStream === 'undefined') return text;
  const bytes = await through(new TextEncoder().encode(text), new CompressionStream('deflate-raw'), MAX_LENGTH * 4);
  const packed = [MARK, address.scenario, toLetters(bytes)].join(';');
  return packed.length < text.length ? packed : text;
}

const isPacked = (text: string): boolean => text.startsWith(`${MARK};`);

/** The setting that a text stands for, packed or not, or what is wrong with it. Never rejects. */
export async function readRun(text: string, scenario: Frameable): Promise<Decoded> {
  if (!isPacked(text)) return decodeRun(text, scenario);
  const refuse = (problem: 'too-long' | 'packed' | 'other-scenario', found: string, expected: string): Decoded => ({
    ok: false,
    problems: [{ problem, where: 'run', found: quoted(found), expected }],
  });
  if (text.length > MAX_PACKED) return refuse('too-long', String(text.length), String(MAX_PACKED));
  const [, named = '', letters = '', ...rest] = text.split(';');
  if (named !== scenario.id) return refuse('other-scenario', named, scenario.id);
  try {
    if (rest.length > 0 || !/^[A-Za-z0-9_-]+$/.test(letters)) return refuse('packed', letters, '');
    const bytes = await through(fromLetters(letters), new DecompressionStream('deflate-raw'), MAX_LENGTH * 4);
    return decodeRun(new TextDecoder('utf-8', { fatal: true }).decode(bytes), scenario);
  } catch {
    return refuse('packed', letters, '');
  }
}
