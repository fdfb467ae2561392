/** Takes the module of notifications from the file in NOTIFICATIONS_FROM, as if its package were made so. */
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

registerHooks({
  resolve(specifier, context, next) {
    const isModule = specifier === '@macrolith/notifications/local';
    return next(isModule ? pathToFileURL(process.env.NOTIFICATIONS_FROM).href : specifier, context);
  },
});
