/**
 * Closed forms of a processor and its memory: how long an instruction takes where nothing overlaps, what a cache makes of
 * an access, and what a second memory can gain. Times are in cycles. (Hennessy and Patterson, Computer Architecture, appendix B.)
 */

/**
 * Cycles per instruction on one port: the instruction is carried out in `execute`, and everything that it wants of the
 * memory comes one after the other.
 * @param accesses per instruction on average, its own fetch included: at least 1.
 */
export const cyclesOnOnePort = (execute: number, latency: number, accesses: number): number =>
  execute + latency * accesses;

/** Cycles per instruction where data have a memory of their own: each access to them goes on beside the next fetch. */
export const cyclesOnTwoPorts = (execute: number, latency: number): number => execute + latency;

/** Mean time of an access behind a cache. @param missRate from 0 to 1. */
export const accessTime = (hitTime: number, missRate: number, missPenalty: number): number =>
  hitTime + missRate * missPenalty;

/** What a miss costs beyond the look: the first word after the latency, then the rest of the line. */
export const missPenalty = (latency: number, words: number, perWord: number): number => latency + (words - 1) * perWord;
