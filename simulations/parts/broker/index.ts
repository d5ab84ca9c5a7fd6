export { broker as default } from './broker.ts';
