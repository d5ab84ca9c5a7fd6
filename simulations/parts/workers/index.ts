export { workers as default } from './workers.ts';
