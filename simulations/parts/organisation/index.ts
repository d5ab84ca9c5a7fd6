export { organisation as default } from './organisation.ts';
