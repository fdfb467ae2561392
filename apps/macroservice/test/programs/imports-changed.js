/**
 * Makes the changes in the shell by which modules move out: where they are imported from, and with the first that hears events
 * also where `EventsModule` is. The modules are named in REMOTE_MODULES, with commas between.
 */
import { registerHooks } from 'node:module';

const remote = process.env.REMOTE_MODULES.split(',').map((name) => `@macrolith/${name}/local`);

registerHooks({
  resolve(specifier, context, next) {
    const isIn = (file) => context.parentURL?.endsWith(`/shell/dist/${file}`);
    if (isIn('modules.js') && remote.includes(specifier)) return next(specifier.replace('/local', '/remote'), context);
    if (isIn('monolith.js') && specifier === '@macrolith/events/local') return next('@macrolith/events/nats', context);
    return next(specifier, context);
  },
});
