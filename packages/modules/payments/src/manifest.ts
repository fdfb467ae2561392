import { defineModule } from '@macrolith/core';
import { routes } from '@macrolith/http';
import { Payments } from './index.js';

const PaymentsRoutes = routes(Payments, {
  openAccount: 'POST /accounts',
  closeAccount: 'POST /accounts/:accountId/close',
  deposit: 'POST /accounts/:accountId/deposits',
  getAccount: 'GET /accounts/:accountId',
  listAccounts: 'GET /accounts',
  authorise: 'POST /payments',
  capture: 'POST /payments/:paymentId/capture',
  void: 'POST /payments/:paymentId/void',
  refund: 'POST /payments/:paymentId/refund',
  getPayment: 'GET /payments/:paymentId',
  listPayments: 'GET /payments',
});

export const payments = defineModule(Payments, {
  owner: 'team-payments',
  web: [PaymentsRoutes],
  ui: new URL('../dist/ui/', import.meta.url),
});
