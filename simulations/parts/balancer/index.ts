export { balancer as default } from './balancer.ts';
