import { defineUi } from '@macrolith/ui/manifest';

export default defineUi({
  module: 'notifications',
  navigation: [
    {
      label: 'Messages',
      icon: 'mail',
      path: '/notifications',
      order: 60,
      description: 'What people were told, and whether it reached them.',
    },
  ],
  routes: [
    { path: '/notifications', element: 'notifications-messages-page', title: 'Messages' },
    { path: '/notifications/:messageId', element: 'notifications-message-page', title: 'Message' },
  ],
});
