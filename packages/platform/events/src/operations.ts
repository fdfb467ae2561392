/** What people who look after events can see and do. Loads neither Nest nor TypeORM: a command at the terminal uses it too. */
export {
  COUNTED_UP_TO,
  Consumers,
  type ConsumerView,
  type LogOverview,
} from './operations/consumers.js';
export { type DeliveryFilter, isMessageId } from './operations/delivery-filter.js';
export { DeliveryList, type PageWish } from './operations/delivery-list.js';
export { DeliveryState, StateFilter } from './operations/delivery-state.js';
export type { DeliveryView, ListedDelivery } from './operations/delivery-view.js';
export { EventOperations } from './operations/event-operations.js';
export { InterventionAction, type Reason } from './operations/intervention-action.js';
export { type DeliveryName, Interventions } from './operations/interventions.js';
export { logsOfDatabase } from './operations/logs-of-database.js';
export type {
  InterventionView,
  MessageAttributes,
  MessageView,
  MessageWithDeliveries,
} from './operations/message-view.js';
export { Messages, type Story, type StoryOf } from './operations/messages.js';
export type { LogDatabase, ObservedLog } from './operations/observed-log.js';
export {
  ActionNotPossible,
  ConsumerNotNamed,
  DeliveryNotFound,
  InvalidCursor,
  LogNotFound,
  MessageNotFound,
  ReasonMissing,
} from './operations/operation-errors.js';
export { LogsElsewhere, Stories } from './operations/stories.js';
export type { UnreadableView } from './operations/unreadable.js';
