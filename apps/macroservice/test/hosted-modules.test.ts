import { expect, test } from '@jest/globals';
import { hostedModules, NoModuleToHost } from '../src/hosted-modules.js';

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
