export { traffic as default } from './traffic.ts';
