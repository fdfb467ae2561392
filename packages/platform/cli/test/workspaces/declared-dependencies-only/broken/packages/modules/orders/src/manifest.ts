import { defineModule } from '@shop/core';
import { Orders } from './index.js';

export const orders = defineModule(Orders, { owner: 'team-checkout' });
