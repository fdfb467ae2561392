import { afterAll, beforeAll } from '@jest/globals';
import { bootModule, contractSuite } from '@macrolith/testing';
import { Payments } from '../src/index.js';
import { PaymentsModule } from '../src/local.js';
import { FakePayments } from '../src/testing.js';
import { type CardSandbox, disposableSandbox, ReachedSandbox, reaching } from './card-network.js';
import { specifyCards } from './cards.contract.js';
import { specifyPayments } from './payments.contract.js';

let sandbox: CardSandbox;
beforeAll(async () => {
  sandbox = await disposableSandbox();
});
afterAll(() => sandbox.close());

contractSuite(Payments, {
  real: (binding) => bootModule(PaymentsModule, { binding, imports: [reaching(new ReachedSandbox(sandbox))] }),
  fake: () => new FakePayments(),
  specify: (payments) => {
    specifyPayments(payments);
    specifyCards(payments);
  },
});
