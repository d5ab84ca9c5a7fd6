export { cloudFunction as default } from './function.ts';
