import { defineUi } from '@macrolith/ui/manifest';

export default defineUi({
  module: '__name__',
  navigation: [{ label: '__Title__', icon: 'boxes', path: '/__name__', order: 100 }],
  routes: [
    { path: '/__name__', element: '__name__-entries-page', title: '__Title__' },
    { path: '/__name__/new', element: '__name__-new-entry-page', title: 'New entry' },
  ],
  slots: [],
});
