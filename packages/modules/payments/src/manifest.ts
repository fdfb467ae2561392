import { defineModule } from '@macrolith/core';
import { routes } from '@macrolith/http';
import { Payments } from './index.js';

const PaymentsRoutes = routes(Payments, {
  openAccount: 'POST /accounts',
  closeAccount: { route: 'POST /accounts/:accountId/close', status: 200 },
  deposit: 'POST /accounts/:accountId/deposits',
  getAccount: 'GET /accounts/:accountId',
  listAccounts: 'GET /accounts',
  authorise: 'POST /payments',
  capture: { route: 'POST /payments/:paymentId/capture', status: 200 },
  void: { route: 'POST /payments/:paymentId/void', status: 200 },
  refund: { route: 'POST /payments/:paymentId/refund', status: 200 },
  getPayment: 'GET /payments/:paymentId',
  listPayments: 'GET /payments',
});

export const payments = defineModule(Payments, {
  owner: 'team-payments',
  web: [PaymentsRoutes],
  ui: new URL('../dist/ui/', import.meta.url),
});
