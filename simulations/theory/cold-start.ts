/**
 * Servers that are off when nobody is there and must start for the first who comes: M/G/1 with a setup time, and functions
 * that are kept warm. Rates are per unit of time, times in units of time. They know nothing of prices.
 */
import { exp } from '../engine/elementary.ts';
import { waitMG1 } from './queues.ts';

/** How a server starts, and how long it waits before it goes off. */
export interface Setup {
  /** Mean time to start. */
  mean: number;
  /** Squared coefficient of variation of that time: 0 constant, 1 exponential. */
  cv2: number;
  /** How long it stays on with nobody there before it goes off, a constant time; 0 is at once. */
  keepAlive?: number;
}

/** Share of idle times that last until the server goes off. */
function goesOff(rate: number, { keepAlive = 0 }: Setup): number {
  return exp(-rate * keepAlive);
}

/**
 * Mean response in M/G/1 with setup: that without, and the mean start that customers of an idle time see. Source: Welch,
 * Operations Research 12 (1964); Doshi, JAP 22 (1985); with a time kept alive, Gandhi and Harchol-Balter (2010). Infinity
 * without a steady state.
 */
export function responseSetupMG1(rate: number, serviceTime: number, cv2: number, setup: Setup): number {
  const off = goesOff(rate, setup);
  const square = setup.mean * setup.mean * (1 + setup.cv2);
  const extra = (off * (2 * setup.mean + rate * square)) / (2 * (1 + off * rate * setup.mean));
  return waitMG1(rate, serviceTime, cv2) + serviceTime + extra;
}

/**
 * Shares of the time in M/G/1 with setup that the server is off, starting, warm but idle, and busy; without a steady
 * state it is always busy. By Poisson arrivals `off` is also the share of customers who meet a cold start.
 */
export function setupShares(rate: number, serviceTime: number, setup: Setup) {
  const busy = Math.min(1, rate * serviceTime);
  const off = goesOff(rate, setup);
  // in one cycle nobody comes for 1/λ on average, and then perhaps it must start
  const cycle = 1 + off * rate * setup.mean;
  return {
    off: ((1 - busy) * off) / cycle,
    starting: ((1 - busy) * off * rate * setup.mean) / cycle,
    idle: ((1 - busy) * (1 - off)) / cycle,
    busy,
  };
}

/**
 * Share of cold starts where requests come one at a time, at random, and a warm instance goes off after an idle limit:
 * the chance that nobody comes for so long, e^(−rate × idleLimit). The run itself is short against the gaps.
 */
export function coldStartShare(rate: number, idleLimit: number): number {
  return exp(-rate * idleLimit);
}
