/** What going live by a timetable, and with bad changes among many, comes to. The slowest of several is in fanout.ts. */
import { atLeastOne } from './special-functions.ts';

/** How long one who comes at any time waits for the next departure: half the interval, and more where intervals vary (renewal paradox). */
export const waitForDeparture = (interval: number, cv2: number): number => (interval / 2) * (1 + cv2);

/** How often a release of n changes holds a bad one, each bad with probability p: 1 − (1 − p)^n. */
export const badRelease = (n: number, p: number): number => atLeastOne(p, n);
