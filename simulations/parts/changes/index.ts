export { changes as default } from './changes.ts';
