/**
 * Loaded by `node --import`: runs TypeScript with decorators straight from source, compiled as the tests compile it.
 * Node itself only erases types, which is not enough for decorators and their metadata.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

registerHooks({
  resolve(specifier, context, nextResolve) {
    try {
      return nextResolve(specifier, context);
    } catch (error) {
      // Sources import each other under the names that their builds will have.
      const isBuiltName = /^\.\.?\//.test(specifier) && specifier.endsWith('.js');
      if (!isBuiltName) throw error;
      return nextResolve(specifier.replace(/\.js$/, '.ts'), context);
    }
  },
  load(url, context, nextLoad) {
    const isOwnSource = url.startsWith('file:') && url.endsWith('.ts') && !url.includes('/node_modules/');
    if (!isOwnSource) return nextLoad(url, context);
    return { format: 'module', source: compile(fileURLToPath(url)), shortCircuit: true };
  },
});

/** @param {string} filename */
function compile(filename) {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    sourceMaps: 'inline',
    swcrc: false,
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
      target: 'es2024',
      keepClassNames: true,
    },
    module: { type: 'es6' },
  });
  return code;
}
