/** Closed forms: they serve the tests and the page's dashed lines. They know no engine but its elementary functions. */
export * from './queues.ts';
export * from './networks.ts';
export * from './scaling.ts';
export { closedForm, closedFormOf, closedForms } from './closed-form.ts';
