import { STATE_CONDITIONS, type StateFilter } from './delivery-state.js';

/** Which deliveries are meant. What is left out does not matter. */
export interface DeliveryFilter {
  /** Of the log of one module. */
  readonly log?: string | undefined;
  readonly state?: StateFilter | undefined;
  /** `notifications.thank`, in whichever generation. */
  readonly consumer?: string | undefined;
  /** `orders.order-placed.v1`, or without the version for all of them. */
  readonly type?: string | undefined;
  readonly key?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly messageId?: string | undefined;
  /** Written before. */
  readonly olderThan?: Date | undefined;
  /** Written since. */
  readonly newerThan?: Date | undefined;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text can be the id of a message. */
export function isMessageId(text: string): boolean {
  return UUID.test(text);
}

/** A condition in SQL on rows called `delivery` and `message`, and the values that it names by number. */
export class FilterCondition {
  readonly values: unknown[] = [];
  readonly text: string;

  constructor(filter: DeliveryFilter) {
    const { state, consumer, type, key, correlationId, messageId, olderThan, newerThan } = filter;
    const parts: string[] = [];
    if (state !== undefined) parts.push(STATE_CONDITIONS[state]);
    if (consumer !== undefined) {
      const named = this.value(consumer);
      parts.push(`(delivery.consumer = ${named} OR starts_with(delivery.consumer, ${named} || '@'))`);
    }
    if (type !== undefined) {
      const named = this.value(type);
      parts.push(`(message.type = ${named} OR starts_with(message.type, ${named} || '.v'))`);
    }
    if (key !== undefined) parts.push(this.keyCondition(key));
    if (correlationId !== undefined) parts.push(`message.correlation_id = ${this.value(correlationId)}`);
    if (messageId !== undefined) parts.push(`message.id = ${this.value(messageId)}::uuid`);
    if (olderThan !== undefined) parts.push(`message.time < ${this.value(olderThan)}`);
    if (newerThan !== undefined) parts.push(`message.time >= ${this.value(newerThan)}`);
    this.text = parts.length === 0 ? 'true' : parts.join(' AND ');
  }

  /** Adds a value, and answers how the statement names it. */
  value(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  /** The index of keys is of events only; a task's key is its own id. */
  private keyCondition(key: string): string {
    const ofEvent = `message.kind = 'event' AND message.key = ${this.value(key)}`;
    return isMessageId(key) ? `(${ofEvent} OR message.id = ${this.value(key)}::uuid)` : `(${ofEvent})`;
  }
}
