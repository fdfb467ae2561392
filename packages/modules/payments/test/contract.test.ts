import { afterAll, beforeAll } from '@jest/globals';
import { bootModule, contractSuite } from '@macrolith/testing';
import { Payments } from '../src/index.js';
import { PaymentsModule } from '../src/local.js';
import { FakePayments } from '../src/testing.js';
import { type CardSandbox, disposableSandbox } from './card-network.js';
import { specifyCards } from './cards.contract.js';
import { specifyPayments } from './payments.contract.js';

let sandbox: CardSandbox;
beforeAll(async () => {
  sandbox = await disposableSandbox();
  // Read by the module wherever it runs. It is longer than any answer takes, also on a busy machine.
  Object.assign(process.env, sandbox.environment, { CARD_NETWORK_TIMEOUT_MS: '10000' });
});
afterAll(() => sandbox.close());

contractSuite(Payments, {
  real: (binding) => bootModule(PaymentsModule, { binding }),
  fake: () => new FakePayments(),
  specify: (payments) => {
    specifyPayments(payments);
    specifyCards(payments);
  },
});
