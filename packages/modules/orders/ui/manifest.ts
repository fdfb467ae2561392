import { defineUi } from '@macrolith/ui/manifest';

export default defineUi({
  module: 'orders',
  navigation: [
    {
      label: 'Basket',
      icon: 'shopping-basket',
      path: '/orders/basket',
      order: 15,
      description: 'What is to be ordered: check it, pay it, place it.',
    },
    {
      label: 'Orders',
      icon: 'clipboard-list',
      path: '/orders',
      order: 40,
      description: 'What customers have ordered, and what became of it.',
    },
  ],
  routes: [
    { path: '/orders', element: 'orders-orders-page', title: 'Orders' },
    { path: '/orders/basket', element: 'orders-basket-page', title: 'Basket' },
    { path: '/orders/:orderId', element: 'orders-order-page', title: 'Order' },
    { path: '/orders/:orderId/story', element: 'orders-story-page', title: 'Story of an order' },
  ],
  slots: [
    { slot: 'catalog.product-actions', element: 'orders-add-to-basket' },
    { slot: 'payments.reconciliation', element: 'orders-payment-differences' },
  ],
});
