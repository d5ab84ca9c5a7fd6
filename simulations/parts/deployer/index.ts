export { deployer as default } from './deployer.ts';
