export { store as default } from './store.ts';
