import { defineModule } from '@shop/core';
import { Catalog } from '@shop/catalog';
import { Orders } from '@shop/orders';
import { Payments } from './index.js';

export const payments = defineModule(Payments, { owner: 'team-payments', uses: [Orders, Catalog] });
