import { defineUi } from '@macrolith/ui/manifest';

export default defineUi({
  module: 'shipping',
  navigation: [
    {
      label: 'Shipments',
      icon: 'truck',
      path: '/shipping',
      order: 45,
      description: 'What waits to be sent, what is on its way, and what came back.',
    },
  ],
  routes: [
    { path: '/shipping', element: 'shipping-shipments-page', title: 'Shipments' },
    { path: '/shipping/:shipmentId', element: 'shipping-shipment-page', title: 'Shipment' },
  ],
  slots: [{ slot: 'orders.order-facts', element: 'shipping-order-shipment' }],
});
