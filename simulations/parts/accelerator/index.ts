export { accelerator as default } from './accelerator.ts';
