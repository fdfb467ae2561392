import { Consumers } from './consumers.js';
import { DeliveryList } from './delivery-list.js';
import { Interventions } from './interventions.js';
import { Messages } from './messages.js';
import type { ObservedLog } from './observed-log.js';
import { type LogsElsewhere, Stories } from './stories.js';
import { UnreadableMessages } from './unreadable.js';

/** What people who look after events can see and do, over all logs that are known here. */
export class EventOperations {
  readonly deliveries: DeliveryList;
  readonly messages: Messages;
  readonly consumers: Consumers;
  readonly interventions: Interventions;
  readonly unreadable: UnreadableMessages;
  readonly stories: Stories;

  constructor(
    readonly logs: readonly ObservedLog[],
    elsewhere?: LogsElsewhere,
  ) {
    this.deliveries = new DeliveryList(logs);
    this.messages = new Messages(logs);
    this.consumers = new Consumers(logs);
    this.interventions = new Interventions(logs);
    this.unreadable = new UnreadableMessages(logs);
    this.stories = new Stories(this.messages, elsewhere);
  }
}
