export { release as default } from './release.ts';
