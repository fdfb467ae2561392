import { defineModule } from '@shop/core';
import { Payments } from '@shop/payments';
import { Catalog } from './index.js';

export const catalog = defineModule(Catalog, { owner: 'team-shelf', uses: [Payments] });
