/** Notifications in another process, called over a transport. */
import { RemoteModule } from '@macrolith/core';
import { notifications } from './manifest.js';

@RemoteModule(notifications)
export class NotificationsModule {}
