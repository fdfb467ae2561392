import { defineUi } from '@macrolith/ui/manifest';

export default defineUi({
  module: 'inventory',
  navigation: [
    {
      label: 'Inventory',
      icon: 'warehouse',
      path: '/inventory',
      order: 20,
      description: 'What is in stock, what runs low, and what came in.',
    },
  ],
  routes: [
    { path: '/inventory', element: 'inventory-stock-page', title: 'Inventory' },
    { path: '/inventory/receive', element: 'inventory-receive-page', title: 'Receive goods' },
  ],
  slots: [{ slot: 'catalog.product-facts', element: 'inventory-stock-level' }],
});
