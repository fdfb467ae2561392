/** A process in which nothing of OpenTelemetry can be loaded. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('@opentelemetry/')) throw new Error(`${specifier} is not here`);
    return next(specifier, context);
  },
});
