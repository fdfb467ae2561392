import { bootModule, contractSuite } from '@macrolith/testing';
import { Payments } from '../src/index.js';
import { PaymentsModule } from '../src/local.js';
import { FakePayments } from '../src/testing.js';
import { specifyPayments } from './payments.contract.js';

contractSuite(Payments, {
  real: (binding) => bootModule(PaymentsModule, { binding }),
  fake: () => new FakePayments(),
  specify: specifyPayments,
});
