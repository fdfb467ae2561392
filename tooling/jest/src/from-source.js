/** Options of Node by which a program that a test starts runs straight from TypeScript sources, as the test itself does. */
export const FROM_SOURCE = Object.freeze([
  '--conditions=@macrolith/source',
  `--import=${new URL('./typescript-hooks.js', import.meta.url)}`,
]);
