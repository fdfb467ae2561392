import { defineUi } from '@macrolith/ui/manifest';

export default defineUi({
  module: 'payments',
  navigation: [
    {
      label: 'Accounts',
      icon: 'wallet',
      path: '/payments',
      order: 50,
      description: 'Who pays, what they have, and what is held for orders.',
    },
    {
      label: 'Payments',
      icon: 'banknote',
      path: '/payments/list',
      order: 51,
      description: 'What was authorised, taken, and given back.',
    },
  ],
  routes: [
    { path: '/payments', element: 'payments-accounts-page', title: 'Accounts' },
    { path: '/payments/open', element: 'payments-open-account-page', title: 'Open an account' },
    { path: '/payments/list', element: 'payments-payments-page', title: 'Payments' },
    { path: '/payments/reconciliation', element: 'payments-reconciliation-page', title: 'Reconciliation' },
    { path: '/payments/accounts/:accountId', element: 'payments-account-page', title: 'Account' },
  ],
  slots: [{ slot: 'orders.order-facts', element: 'payments-order-payment' }],
});
