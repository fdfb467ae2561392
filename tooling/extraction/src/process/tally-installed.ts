/** Loaded by `node --import`: `@macrolith/tally` is found as if it were installed beside the program that hosts it. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    const [, entry] = /^@macrolith\/tally\/(local|remote)$/.exec(specifier) ?? [];
    if (entry === undefined) return next(specifier, context);
    return { url: new URL(`../tally/${entry}.js`, import.meta.url).href, shortCircuit: true };
  },
});
