export { identity as default } from './identity.ts';
