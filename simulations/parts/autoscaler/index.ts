export { autoscaler as default } from './autoscaler.ts';
