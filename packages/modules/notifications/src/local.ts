/** Notifications in this process, on PostgreSQL, with e-mail over SMTP. */
import { LocalModule } from '@macrolith/core';
import { database } from '@macrolith/data';
import { PostOffice } from './channels/post-office.js';
import { notifications } from './manifest.js';
import { MessageRow } from './message.entity.js';
import { CreateMessage1764547200000 } from './migrations/1764547200000-create-message.js';
import { NotificationsService } from './notifications.service.js';

export { InvalidNotificationsOptions, NotificationsOptions } from './notifications-options.js';

@LocalModule(notifications, {
  provider: NotificationsService,
  providers: [PostOffice],
  features: [database({ entities: [MessageRow], migrations: [CreateMessage1764547200000] })],
})
export class NotificationsModule {}
