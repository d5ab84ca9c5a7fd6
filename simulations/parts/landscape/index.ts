export { landscape as default } from './landscape.ts';
