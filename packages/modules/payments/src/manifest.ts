import { defineModule } from '@macrolith/core';
import { routes } from '@macrolith/http';
import { CardNewsController } from './card/card-news.controller.js';
import { Payments } from './index.js';

// What moves the money of one order (authorise, capture, void, reinstate, refund) has no route: only the workflow that owns
// the order may call it. From outside it would take the payment to a state that the order knows nothing of and cannot leave.
const PaymentsRoutes = routes(Payments, {
  openAccount: 'POST /accounts',
  closeAccount: { route: 'POST /accounts/:accountId/close', status: 200 },
  deposit: 'POST /accounts/:accountId/deposits',
  getAccount: 'GET /accounts/:accountId',
  listAccounts: 'GET /accounts',
  getPayment: 'GET /payments/:paymentId',
  listPayments: 'GET /payments',
  keepCard: { route: 'PUT /cards/:token', status: 200 },
  listCards: 'GET /cards',
  reconcileCards: 'GET /reconciliation',
  mendCards: { route: 'POST /reconciliation/mend', status: 200 },
});

export const payments = defineModule(Payments, {
  owner: 'team-payments',
  web: [PaymentsRoutes, CardNewsController],
  ui: new URL('../dist/ui/', import.meta.url),
});
