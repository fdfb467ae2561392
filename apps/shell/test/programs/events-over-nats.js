/** Makes the one change in the shell by which its events go over NATS: where `EventsModule` is imported from. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    const isThatImport =
      specifier === '@macrolith/events/local' && context.parentURL?.endsWith('/shell/dist/monolith.js');
    return next(isThatImport ? '@macrolith/events/nats' : specifier, context);
  },
});
