import { defineUi } from '@macrolith/ui/manifest';

export default defineUi({
  module: 'catalog',
  navigation: [
    { label: 'Catalog', icon: 'tags', path: '/catalog', order: 10, description: 'What is sold, and for how much.' },
  ],
  routes: [
    { path: '/catalog', element: 'catalog-products-page', title: 'Catalog' },
    { path: '/catalog/new', element: 'catalog-new-product-page', title: 'New product' },
    { path: '/catalog/products/:productId', element: 'catalog-product-page', title: 'Product' },
  ],
  slots: [{ slot: 'inventory.product-name', element: 'catalog-product-name' }],
});
