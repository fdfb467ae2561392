import { defineModule } from '@macrolith/core';
import { routes } from '@macrolith/http';
import { Notifications } from './index.js';

/** Sending has no route: a server that mails whatever a browser asks for would be everybody's to abuse. */
const NotificationsRoutes = routes(Notifications, {
  listMessages: 'GET /messages',
  getMessage: 'GET /messages/:messageId',
});

export const notifications = defineModule(Notifications, {
  owner: 'team-messaging',
  web: [NotificationsRoutes],
  ui: new URL('../dist/ui/', import.meta.url),
});
