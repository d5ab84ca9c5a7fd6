export { bill as default } from './bill.ts';
