export { prober as default } from './prober.ts';
