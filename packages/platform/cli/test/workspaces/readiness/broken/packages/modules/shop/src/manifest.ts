import { defineModule } from '@shop/core';
import { Orders } from '@shop/orders';
import { Shop } from './index.js';

export const shop = defineModule(Shop, { owner: 'team-counter', uses: [Orders] });
