import { defineModule } from '@shop/core';
import { Catalog } from '@shop/catalog';
import { Orders } from './index.js';

export const orders = defineModule(Orders, { owner: 'team-checkout', uses: [Catalog] });
