export { default } from './src/preset.js';
