export { processor as default } from './processor.ts';
