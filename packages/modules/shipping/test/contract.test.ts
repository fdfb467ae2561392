import { bootModule, contractSuite } from '@macrolith/testing';
import { Shipping } from '../src/index.js';
import { ShippingModule } from '../src/local.js';
import { FakeShipping } from '../src/testing.js';
import { specifyShipping } from './shipping.contract.js';

contractSuite(Shipping, {
  real: (binding) => bootModule(ShippingModule, { binding }),
  fake: () => new FakeShipping(),
  specify: specifyShipping,
});
