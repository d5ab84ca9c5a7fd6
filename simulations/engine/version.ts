/**
 * The machine's version. It changes when a run's trace or measures may change for the same scenario, setting and seed,
 * so that a link made by an older machine can say that it was (rule V1).
 */
export const engineVersion = '2.1.0';
