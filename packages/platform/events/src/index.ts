/** CloudEvents and tasks through a transactional outbox: what a module needs to publish and to hear. */
export { EventSink, Events, ForeignEvent } from './events.js';
export type { EventEnvelope } from './log/message.js';
export { OutboxFeature, outbox } from './outbox/outbox-feature.js';
export { OutboxMissing } from './outbox/outbox-missing.js';
export { ConsumerMissing } from './relay/delivery.js';
export { InvalidSchedule, type Schedule, type ScheduleOptions, schedule } from './schedules/schedule.js';
export { On, type OnOptions } from './subscription/on.js';
export { InvalidSubscription } from './subscription/subscription-registry.js';
export { SubscriptionsFeature, subscriptions } from './subscription/subscriptions.js';
export { NotUnderstoodHere, type Upcaster, upcast } from './subscription/upcast.js';
export { InvalidTask } from './tasks/invalid-task.js';
export { InvalidTaskRules } from './tasks/invalid-task-rules.js';
export { type CancelOptions, type CancelOutcome, type TaskOptions, TaskSink, Tasks } from './tasks/tasks.js';
export { type Limit, limit, type Retry, retry, type TaskRule, TasksFeature, tasks } from './tasks/tasks-feature.js';
