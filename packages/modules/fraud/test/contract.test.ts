import { bootModule, contractSuite } from '@macrolith/testing';
import { Fraud } from '../src/index.js';
import { FraudModule } from '../src/local.js';
import { FakeFraud, specifyFraud } from '../src/testing.js';

contractSuite(Fraud, {
  real: (binding) => bootModule(FraudModule, { binding }),
  fake: () => new FakeFraud(),
  specify: specifyFraud,
});
