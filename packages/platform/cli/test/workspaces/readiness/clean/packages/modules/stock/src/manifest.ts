import { defineModule } from '@shop/core';
import { Stock } from './index.js';

export const stock = defineModule(Stock, { owner: 'team-warehouse' });
