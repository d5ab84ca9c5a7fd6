export { memory as default } from './memory.ts';
