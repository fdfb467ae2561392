import preset from '@macrolith/jest';

/**
 * Modules that are somewhere else while these tests run: `REMOTE_MODULES=inventory,payments`. Their imports change as those of a shell
 * do from which they move out, and no others; test/elsewhere.ts starts the processes that host them.
 */
const remote = (process.env.REMOTE_MODULES ?? '').split(',').filter((name) => name !== '');
const bindings = remote.length === 0 ? {} : { [`^@macrolith/(${remote.join('|')})/local$`]: '@macrolith/$1/remote' };

export default {
  ...preset,
  moduleNameMapper: { ...preset.moduleNameMapper, ...bindings },
  globalSetup: '@macrolith/local-services/jest',
};
