import { afterAll, beforeAll, describe } from '@jest/globals';
import { PortRegistry } from '@macrolith/core';
import { bootModule, type RunningModules } from '@macrolith/testing';
import { Notifications } from '../src/index.js';
import { NotificationsModule } from '../src/local.js';
import { FakeNotifications } from '../src/testing.js';
import { DeskModule } from './desk.module.js';
import { specifyNotifications } from './notifications.contract.js';

const PROVIDERS = {
  local: () => bootModule([NotificationsModule, DeskModule]),
  loopback: () => bootModule([NotificationsModule, DeskModule], { binding: 'loopback' }),
  fake: () => bootModule(DeskModule, { fakes: [[Notifications, new FakeNotifications()]] }),
};

describe.each(['local', 'loopback', 'fake'] as const)('notifications, %s', (under) => {
  let modules: RunningModules;
  let port: Notifications;
  beforeAll(async () => {
    modules = await PROVIDERS[under]();
    port = modules.get(PortRegistry).use(Notifications, 'desk') as Notifications;
  });
  afterAll(() => modules.close());

  specifyNotifications({
    under,
    get port() {
      return port;
    },
  });
});
