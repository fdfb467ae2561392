import { instant, z } from '@macrolith/contract';
import { DeliveryState, InterventionAction } from '@macrolith/events/operations';

const Count = z.int().min(0);

export const Consumer = z.object({
  log: z.string().describe('The module that says it.'),
  consumer: z.string().describe('Who hears it, or the task that is to be done.'),
  events: z.array(z.string()).describe('What it is registered for. None for a task.'),
  since: instant().optional(),
  isFilling: z.boolean().describe('It is still being put the log before, from its beginning.'),
  open: Count.describe('Still to be handed over. Counted up to 10,000.'),
  waiting: Count.describe('Of those, for their time: after a failure, or delayed.'),
  held: Count.describe('Of those, for a process that has the consumer and understands the message.'),
  dead: Count.describe('Given up after all attempts.'),
  oldestOpenAt: instant().optional().describe('How far behind it is.'),
  isUnserved: z.boolean().describe('Something has been due for a minute, and nobody hands anything over to it.'),
});

export const Log = z.object({
  log: z.string(),
  lastMessageAt: instant().optional(),
  open: Count,
  held: Count,
  dead: Count,
  oldestOpenAt: instant().optional(),
  unreadable: Count.describe('Messages that came over a broker and are no events. Counted up to 10,000.'),
  consumers: z.array(Consumer),
});

export const Unreadable = z.object({
  log: z.string().describe('The module that received it.'),
  sequence: z.string().describe('Its number in the stream.'),
  subject: z.string(),
  reason: z.string().describe('Why it is no event.'),
  storedAt: instant().describe('When the broker had stored it.'),
  headers: z.string().describe('As JSON text.'),
  payload: z.string().describe('Its first 2,000 bytes, as text.'),
  bytes: Count.describe('How many it has in all.'),
});

export const Delivery = z.object({
  log: z.string(),
  consumer: z.string(),
  state: DeliveryState,
  attempts: Count,
  round: Count.describe('How often it was replayed.'),
  priority: z.int().min(-1).max(1),
  dueAt: instant(),
  leasedUntil: instant().optional(),
  failure: z.string().optional().describe('Why the last attempt failed; in lists its first line only.'),
  failedAt: instant().optional(),
  closedAt: instant().optional(),
});

export const Message = z.object({
  messageId: z.uuid(),
  kind: z.enum(['event', 'task']),
  source: z.string(),
  type: z.string(),
  key: z.string(),
  time: instant(),
  correlationId: z.string(),
  causationId: z.uuid().optional(),
  traceparent: z.string().optional(),
});

export const ListedDelivery = Delivery.extend(
  Message.pick({ messageId: true, kind: true, type: true, key: true, time: true, correlationId: true }).shape,
);

export const MessageWithDeliveries = Message.extend({ deliveries: z.array(Delivery) });

export const Intervention = z.object({
  log: z.string(),
  consumer: z.string(),
  action: z.enum([...InterventionAction.options, 'cancel']),
  who: z.string(),
  why: z.string(),
  at: instant(),
});

export const MessageDetails = MessageWithDeliveries.extend({
  data: z.string().describe('As JSON text.'),
  interventions: z.array(Intervention).describe('What people did about it, the oldest first.'),
});

export const Story = z.object({
  messages: z.array(MessageWithDeliveries).describe('The oldest first, at most 500.'),
  isCut: z.boolean().describe('There are more.'),
});
