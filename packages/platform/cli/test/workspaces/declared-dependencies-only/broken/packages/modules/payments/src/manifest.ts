import { defineModule } from '@shop/core';
import { Payments } from './index.js';

export const payments = defineModule(Payments, { owner: 'team-payments' });
