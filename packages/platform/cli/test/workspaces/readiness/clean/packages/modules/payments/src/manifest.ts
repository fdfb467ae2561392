import { Catalog } from '@shop/catalog';
import { defineModule } from '@shop/core';
import { routes } from '@shop/http';
import { Payments } from './index.js';
import { PaymentsController } from './payments.controller.js';

const PaymentsRoutes = routes(Payments, {});

export const payments = defineModule(Payments, {
  owner: 'team-payments',
  uses: [Catalog],
  web: [PaymentsRoutes, PaymentsController],
});
