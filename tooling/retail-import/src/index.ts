/** What other proofs than the import's own use of it: a file of orders that is as messy as the real one. */
export { madeUpFile } from './file/made-up-file.js';
