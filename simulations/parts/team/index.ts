export { team as default } from './team.ts';
