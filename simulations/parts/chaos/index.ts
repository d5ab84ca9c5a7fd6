export { chaos as default } from './chaos.ts';
