import { defineUi } from '@macrolith/ui/manifest';

export default defineUi({
  module: 'analytics',
  navigation: [
    {
      label: 'Sales',
      icon: 'chart',
      path: '/analytics',
      order: 60,
      description: 'What was sold, when and where, and what became of the orders.',
    },
  ],
  routes: [{ path: '/analytics', element: 'analytics-sales-page', title: 'Sales' }],
  slots: [],
});
