/** Imports what its argument names, and prints the files that this has loaded. */
import { registerHooks } from 'node:module';

const loaded = [];
registerHooks({
  load(url, context, next) {
    loaded.push(url);
    return next(url, context);
  },
});
await import(process.argv[2]);
process.stdout.write(JSON.stringify(loaded));
