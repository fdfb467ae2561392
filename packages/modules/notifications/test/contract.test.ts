import { bootModule, contractSuite } from '@macrolith/testing';
import { Notifications } from '../src/index.js';
import { NotificationsModule } from '../src/local.js';
import { FakeNotifications } from '../src/testing.js';
import { specifyNotifications } from './notifications.contract.js';

contractSuite(Notifications, {
  real: (binding) => bootModule(NotificationsModule, { binding }),
  fake: () => new FakeNotifications(),
  specify: specifyNotifications,
});
