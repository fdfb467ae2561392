import { defineUi } from '@macrolith/ui/manifest';

export default defineUi({
  module: 'console',
  navigation: [
    {
      label: 'Console',
      icon: 'activity',
      path: '/console',
      order: 900,
      description: 'What is still to be handed over, what failed, and what to do about it.',
    },
  ],
  routes: [
    { path: '/console', element: 'console-overview-page', title: 'Console' },
    { path: '/console/deliveries', element: 'console-deliveries-page', title: 'Deliveries' },
    { path: '/console/messages/:messageId', element: 'console-message-page', title: 'Message' },
    { path: '/console/unreadable', element: 'console-unreadable-page', title: 'Unreadable messages' },
    { path: '/console/story', element: 'console-story-page', title: 'Story' },
    { path: '/console/runs', element: 'console-runs-page', title: 'Workflow runs' },
    { path: '/console/runs/:module/:runId', element: 'console-run-page', title: 'Run' },
  ],
});
