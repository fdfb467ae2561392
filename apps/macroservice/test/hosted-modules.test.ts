import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { hostedModules, NoModuleToHost } from '../src/hosted-modules.js';
import { startLogged } from './logged-process.js';

const NOTIFICATIONS_FROM = new URL('./programs/notifications-from.js', import.meta.url).href;

test('what hosted modules use of others is called where it runs', async () => {
  const { modules, remotePorts } = await hostedModules([
    '@macrolith/orders',
    '@macrolith/payments',
    '@macrolith/orders',
  ]);

  expect(modules.map(({ name }) => name)).toEqual(['OrdersModule', 'PaymentsModule']);
  expect(remotePorts.map(({ contract }) => contract.name)).toEqual(['catalog', 'fraud', 'inventory', 'notifications']);
});

test('a package without a module is refused by its name', async () => {
  const refusal = await hostedModules(['@macrolith/events']).catch((error: unknown) => error);

  expect(refusal).toBeInstanceOf(NoModuleToHost);
  expect(refusal).toMatchObject({ packageName: '@macrolith/events' });
});

test.each([
  [
    'needs a package that is not there',
    'local.js',
    /local\.js needs 'not-there', which is not installed\. Install what/,
  ],
  ['is not built', 'dist/local.js', /dist\/local\.js is not there\. Build the package/],
])('a package that %s is not told to be missing itself', async (_, file, sentence) => {
  const folder = mkdtempSync(join(tmpdir(), 'macrolith-hosted-'));
  try {
    writeFileSync(join(folder, 'local.js'), `import 'not-there';`);
    const process = startLogged('macroservice', {
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
      MODULES: '@macrolith/notifications',
      NODE_OPTIONS: `--import=${NOTIFICATIONS_FROM}`,
      NOTIFICATIONS_FROM: join(folder, file),
    });

    expect(await process.ended).toBe(1);
    expect(process.log()).toMatch(sentence);
    expect(process.log()).not.toContain('it is not installed');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
