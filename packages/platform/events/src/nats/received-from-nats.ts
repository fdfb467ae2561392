import type { EventNames } from '@macrolith/nats-connection';
import type { JsMsg } from '@nats-io/jetstream';
import type { ReceivedMessage, UnreadableRow } from '../received/received-message.js';
import { fromNats, type NatsMessage } from './cloud-event.js';
import { UnreadableMessage } from './unreadable-message.js';

/** Either of the two. */
export interface ReadMessage {
  readonly message?: ReceivedMessage;
  readonly unreadable?: UnreadableRow;
}

/** What a message of the stream is in the database. With a `reason` it is unreadable, whatever it looks like. */
export function asReceived(message: JsMsg, names: EventNames, reason?: string): ReadMessage {
  const storedAt = message.time;
  if (reason !== undefined) return { unreadable: unreadableRow(message, storedAt, reason) };
  try {
    const event = fromNats(partsOf(message), names.typeOf(message.subject));
    return { message: { ...event, time: event.time ?? storedAt, storedAt } };
  } catch (error) {
    if (!(error instanceof UnreadableMessage)) throw error;
    return { unreadable: unreadableRow(message, storedAt, error.message) };
  }
}

function partsOf({ headers, data }: JsMsg): NatsMessage {
  return { headers: headers ?? [], payload: data };
}

function unreadableRow(message: JsMsg, storedAt: Date, reason: string): UnreadableRow {
  return {
    sequence: message.seq,
    subject: message.subject,
    headers: JSON.stringify(Object.fromEntries(message.headers ?? [])),
    payloadBase64: Buffer.from(message.data).toString('base64'),
    reason,
    storedAt,
  };
}
