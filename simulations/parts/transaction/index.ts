export { transaction as default } from './transaction.ts';
