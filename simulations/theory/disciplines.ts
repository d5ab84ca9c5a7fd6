/**
 * Closed forms of one queue under other orders of service than first come first served, with Poisson arrivals. Rates are
 * per unit of time, times in units of time; without a steady state the answer is Infinity. The mean wait over all
 * customers is that of waitMG1 under every order that does not interrupt and does not look at sizes (conservation law,
 * Kleinrock 1965).
 */
import { erlangC, load, waitMMc, waitSquareMG1 } from './queues.ts';

/**
 * Mean slowdown (response ÷ size) under processor sharing, alike for all sizes and any law of service. Source: Kleinrock
 * II (1976), ch. 4.
 */
export function slowdownPS(rate: number, serviceTime: number): number {
  const rho = load(rate, serviceTime, 1);
  return rho < 1 ? 1 / (1 - rho) : Infinity;
}

/**
 * Mean response in M/G/1 under processor sharing of customers who bring `size` of work; by default of all customers.
 * The mean over all is the same for last in first out with preemption. Source: Kleinrock II (1976), ch. 4.
 */
export function responsePS(rate: number, serviceTime: number, size = serviceTime): number {
  return size * slowdownPS(rate, serviceTime);
}

/**
 * Second moment of the wait in M/G/1, last in first out without preemption: 1/(1 − ρ) times that of first in first out,
 * while the mean is the same. Source: Takács (1963); Kingman (1962). Parameters as in waitSquareMG1.
 */
export function waitSquareLIFO(rate: number, serviceTime: number, cv2: number, third: number): number {
  return waitSquareMG1(rate, serviceTime, cv2, third) / (1 - Math.min(1, rate * serviceTime));
}

/**
 * Second moment of the wait in M/G/1 when the next is picked at random: 2/(2 − ρ) times that of first in first out.
 * Source: Kingman (1962).
 */
export function waitSquareRandom(rate: number, serviceTime: number, cv2: number, third: number): number {
  return (waitSquareMG1(rate, serviceTime, cv2, third) * 2) / (2 - Math.min(1, rate * serviceTime));
}

/** One class of customers before a server with priorities. */
export interface PriorityClass {
  rate: number;
  serviceTime: number;
  /** Squared coefficient of variation of the service time; 1 when exponential. */
  cv2: number;
}

/** Work that a class brings to be finished while somebody arrives: λ E[S²] / 2. */
function residual({ rate, serviceTime, cv2 }: PriorityClass): number {
  return (rate * serviceTime * serviceTime * (1 + cv2)) / 2;
}

/**
 * Mean response of each class in M/G/1 with priorities, where a service once begun is finished. Source: Cobham,
 * Operations Research 2 (1954). Classes above the first that cannot keep up stay finite: they wait for what it has in service.
 * @param classes the most urgent first. @returns one mean an entry, Infinity from the class on that cannot keep up.
 */
export function responsesByPriority(classes: readonly PriorityClass[]): number[] {
  let work = 0;
  let room = 1;
  for (const c of classes) {
    const rho = Math.min(room, c.rate * c.serviceTime);
    // a class that cannot keep up is served only for the share of the time that is left
    if (rho > 0) work += residual({ ...c, rate: rho / c.serviceTime });
    room -= rho;
  }
  let before = 0;
  return classes.map(({ rate, serviceTime }) => {
    const upTo = before + rate * serviceTime;
    const wait = upTo < 1 ? work / ((1 - before) * (1 - upTo)) : Infinity;
    before = upTo;
    return wait + serviceTime;
  });
}

/**
 * Mean response of each class in M/G/1 with priorities, where the more urgent interrupts and the interrupted goes on later
 * with what was left (preemptive-resume). Source: Kleinrock II (1976), ch. 3. A class feels only those above it.
 * @param classes the most urgent first. @returns one mean an entry, Infinity from the class on that cannot keep up.
 */
export function responsesByPreemption(classes: readonly PriorityClass[]): number[] {
  let before = 0;
  let work = 0;
  return classes.map((c) => {
    const upTo = before + c.rate * c.serviceTime;
    work += residual(c);
    const response = upTo < 1 ? (c.serviceTime + work / (1 - upTo)) / (1 - before) : Infinity;
    before = upTo;
    return response;
  });
}

/**
 * Mean response of each class in M/M/c with priorities and one service time for all, where a service once begun is
 * finished. Source: Cobham (1954).
 * @param rates the most urgent first. @returns one mean an entry; where all classes together cannot keep up, those above
 * the one that cannot stay finite.
 */
export function responsesByPriorityMMc(rates: readonly number[], serviceTime: number, servers: number): number[] {
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  const work = (erlangC(total * serviceTime, servers) * serviceTime) / servers;
  let before = 0;
  return rates.map((rate) => {
    const upTo = before + load(rate, serviceTime, servers);
    const wait = upTo < 1 ? work / ((1 - before) * (1 - upTo)) : Infinity;
    before = upTo;
    return wait + serviceTime;
  });
}

/**
 * Mean response of each class in M/M/c with preemption and one exponential service time for all: the classes down to the
 * k-th are an M/M/c by themselves. Source: Little's law over Erlang C.
 * @param rates above 0, the most urgent first. @returns as above.
 */
export function responsesByPreemptionMMc(rates: readonly number[], serviceTime: number, servers: number): number[] {
  let before = 0;
  let insideBefore = 0;
  return rates.map((rate) => {
    before += rate;
    const inside = before * (waitMMc(before, serviceTime, servers) + serviceTime);
    const response = inside === Infinity ? Infinity : (inside - insideBefore) / rate;
    insideBefore = inside;
    return response;
  });
}
