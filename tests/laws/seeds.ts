/** The seeds of every law about runs: fixed here, once, so that no scenario or question can choose its own luck. */
export const seeds = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233] as const;
