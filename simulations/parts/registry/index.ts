export { registry as default } from './registry.ts';
