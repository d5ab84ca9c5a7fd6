export { bus as default } from './bus.ts';
