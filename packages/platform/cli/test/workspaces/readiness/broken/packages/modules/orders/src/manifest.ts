import { defineModule } from '@shop/core';
import { Payments } from '@shop/payments';
import { Catalog } from '@shop/catalog';
import { Orders } from './index.js';

export const orders = defineModule(Orders, { owner: 'team-checkout', uses: [Payments, Catalog] });
