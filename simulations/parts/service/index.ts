export { service as default } from './service.ts';
