import { defineModule } from '@shop/core';
import { Payments } from '@shop/payments';
import { Stock } from '@shop/stock';
import { Orders } from './index.js';

export const orders = defineModule(Orders, { owner: 'team-checkout', uses: [Payments, Stock] });
