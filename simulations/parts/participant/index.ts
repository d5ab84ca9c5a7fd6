export { participant as default } from './participant.ts';
