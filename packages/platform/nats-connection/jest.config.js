export { default } from '@macrolith/jest';
