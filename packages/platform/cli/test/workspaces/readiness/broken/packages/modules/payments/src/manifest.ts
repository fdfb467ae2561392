import { Catalog } from '@shop/catalog';
import { defineModule } from '@shop/core';
import { Payments } from './index.js';
import { PaymentsController } from './payments.controller.js';

export const payments = defineModule(Payments, { owner: 'team-payments', uses: [Catalog], web: [PaymentsController] });
