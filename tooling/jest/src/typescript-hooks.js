/**
 * Loaded by `node --import`: runs TypeScript with decorators straight from source, compiled as the tests compile it.
 * Node itself only erases types, which is not enough for decorators and their metadata.
 */
import { registerHooks, setSourceMapsSupport } from 'node:module';
import { fileURLToPath } from 'node:url';
import { compiled } from './compiled-sources.js';

// Stack traces name the sources of the workspace; reading the maps of a thousand third-party files is not worth it.
setSourceMapsSupport(true, { nodeModules: false });

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
    return { format: 'module', source: compiled(fileURLToPath(url)), shortCircuit: true };
  },
});
