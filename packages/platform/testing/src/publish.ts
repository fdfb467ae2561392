import type { EventType } from '@macrolith/contract';
import { InstalledModules } from '@macrolith/core';
import { EventSink } from '@macrolith/events';
import type { RunningModules } from './boot-module.js';

/**
 * Publishes an event as if its module had: it is written to the module's outbox, in the running transaction if there is
 * one, and its subscribers hear of it by way of the relay. Of a module that is not booted here, see `hear`.
 */
export async function publish<Data>(modules: RunningModules, event: EventType<Data>, data: Data): Promise<void> {
  if (modules.get(InstalledModules).find(event.module) === undefined) {
    throw new Error(
      `'${event.module}' is not booted here, so it has no outbox to publish ${event.id} from. ` +
        'Boot its module, or let the subscribers hear() it.',
    );
  }
  await modules.get(EventSink).write(event.module, event, data);
}
