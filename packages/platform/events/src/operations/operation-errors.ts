import { defineError, z } from '@macrolith/contract';
import { DeliveryState } from './delivery-state.js';
import { InterventionAction } from './intervention-action.js';

/** No log has a message of this id. */
export class MessageNotFound extends defineError(
  'events.message-not-found',
  { messageId: z.string() },
  (e) => `No log has the message ${e.messageId}. It was never written, or it is older than what is kept.`,
  { kind: 'not-found' },
) {}

/** The message exists, but is not addressed to this consumer. */
export class DeliveryNotFound extends defineError(
  'events.delivery-not-found',
  { messageId: z.string(), consumer: z.string(), consumers: z.array(z.string()) },
  (e) =>
    e.consumers.length === 0
      ? `The message ${e.messageId} is addressed to nobody.`
      : `The message ${e.messageId} is not addressed to '${e.consumer}', but to: ${e.consumers.join(', ')}.`,
  { kind: 'not-found' },
) {}

/** A message has several consumers, and none was named. */
export class ConsumerNotNamed extends defineError(
  'events.consumer-not-named',
  { messageId: z.string(), consumers: z.array(z.string()) },
  (e) => `The message ${e.messageId} has several consumers. Name one of: ${e.consumers.join(', ')}.`,
  { kind: 'invalid' },
) {}

/** The state that a delivery is in does not allow what was asked. */
export class ActionNotPossible extends defineError(
  'events.action-not-possible',
  { messageId: z.string(), consumer: z.string(), action: InterventionAction, state: DeliveryState },
  (e) => `The delivery of ${e.messageId} to '${e.consumer}' ${reason(e.action, e.state)}`,
  { kind: 'conflict' },
) {}

/** No log has this name. */
export class LogNotFound extends defineError(
  'events.log-not-found',
  { log: z.string(), logs: z.array(z.string()) },
  (e) =>
    `No module '${e.log}' has a log of messages. ${e.logs.length === 0 ? 'None has.' : `These have: ${e.logs.join(', ')}.`}`,
  { kind: 'not-found' },
) {}

/** A cursor was made up, or comes from another list. */
export class InvalidCursor extends defineError(
  'events.invalid-cursor',
  {},
  () => 'The cursor is not one that a list has answered with. Begin again with the first page.',
  { kind: 'invalid' },
) {}

/** A change was asked for without saying who asks, or why. */
export class ReasonMissing extends defineError(
  'events.reason-missing',
  { missing: z.enum(['who', 'why']) },
  (e) => `Say ${e.missing === 'who' ? 'who you are' : 'why'}: it is kept with the change.`,
  { kind: 'invalid' },
) {}

function reason(action: InterventionAction, state: DeliveryState): string {
  if (state === 'leased') return 'is being handed over right now. Wait until that has ended, a minute at most.';
  switch (action) {
    case 'retry':
      if (state === 'due') return 'is due already. Is a process running that serves the consumer?';
      if (state === 'parked') return 'waits behind an earlier message of its key. Retry or discard that one.';
      return `is ${state}. Replay it, if it shall act again.`;
    case 'discard':
      return `is ${state}: nothing is owed any more.`;
    case 'replay':
      return state === 'dead'
        ? 'is dead and has not acted yet. Retry it.'
        : 'has not ended yet: it will be handed over.';
  }
}
