import { defineModule } from '@macrolith/core';
import { Fraud } from './index.js';

/** Without routes: whoever could ask for scores could try which order just passes. */
export const fraud = defineModule(Fraud, { owner: 'team-risk' });
