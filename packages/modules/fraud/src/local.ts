/** Fraud in this process: a handful of rules, and no tables. */
import { LocalModule } from '@macrolith/core';
import { FraudService } from './fraud.service.js';
import { fraud } from './manifest.js';

@LocalModule(fraud, { provider: FraudService })
export class FraudModule {}
