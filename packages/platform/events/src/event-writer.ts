import { randomUUID } from 'node:crypto';
import { type EventType, encodeEvent } from '@macrolith/contract';
import { Injectable } from '@nestjs/common';
import { EventSink } from './events.js';
import { originOf } from './log/origin.js';
import { OutboxWriter } from './outbox/outbox-writer.js';

/** Writes events to the outbox of the module that publishes them. */
@Injectable()
export class EventWriter extends EventSink {
  constructor(private readonly outbox: OutboxWriter) {
    super();
  }

  override write<Data>(module: string, type: EventType<Data>, data: Data): Promise<void> {
    const id = randomUUID();
    return this.outbox.write(module, {
      id,
      kind: 'event',
      source: `/${module}`,
      type: type.id,
      key: type.key(data),
      data: encodeEvent(type, data),
      ...originOf(id),
    });
  }
}
