import type { ModuleDatabase } from '@macrolith/data';
import type { DeliveredMessage } from '../log/message.js';
import type { DeliveryStatements } from './delivery-statements.js';
import { type MessageRow, messageOf } from './message-row.js';

interface Closing {
  readonly message: DeliveredMessage;
  readonly takeNext: boolean;
  readonly resolve: (next: DeliveredMessage | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Most deliveries that one statement closes. */
const BATCH = 200;

/**
 * Notes that messages were handed over. Whatever ends while a note is being written is in the next one together, so the
 * busier a relay is, the less each message costs.
 */
export class Closings {
  private readonly queue: Closing[] = [];
  private writing = false;

  constructor(
    private readonly database: ModuleDatabase,
    private readonly statements: DeliveryStatements,
    private readonly leaseMs: number,
  ) {}

  /** Closes the delivery. With `takeNext` the next message of its key, if there is one, is claimed and answered. */
  close(message: DeliveredMessage, takeNext: boolean): Promise<DeliveredMessage | undefined> {
    return new Promise((resolve, reject) => {
      this.queue.push({ message, takeNext, resolve, reject });
      if (!this.writing) void this.write();
    });
  }

  /** Lets the next message of a key that is not closed here any more be claimed. */
  async pass({ consumer, key }: DeliveredMessage): Promise<void> {
    await this.advance([{ consumer, key, take: false }]);
  }

  private async write(): Promise<void> {
    this.writing = true;
    // Whatever ends in the same turn of the event loop goes into the first statement already.
    await undefined;
    while (this.queue.length > 0) {
      const batch = this.queue.splice(0, BATCH);
      try {
        const next = await this.closeAll(batch);
        for (const { message, resolve } of batch) resolve(next.get(laneOf(message)));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.writing = false;
  }

  private async closeAll(batch: readonly Closing[]): Promise<ReadonlyMap<string, DeliveredMessage>> {
    const messages = batch.map(({ message }) => message);
    const { rows } = await this.database.queryByIndexes<{ position: string; consumer: string }>(this.statements.close, [
      messages.map(({ position }) => position),
      messages.map(({ consumer }) => consumer),
      messages.map(({ attempt }) => attempt),
    ]);
    const closed = new Set(rows.map(({ position, consumer }) => `${position} ${consumer}`));
    // A task has a key of its own: nothing comes after it.
    const lanes = batch
      .filter(({ message }) => message.kind === 'event' && closed.has(`${message.position} ${message.consumer}`))
      .map(({ message: { consumer, key }, takeNext }) => ({ consumer, key, take: takeNext }));
    return lanes.length === 0 ? new Map() : this.advance(lanes);
  }

  private async advance(
    lanes: readonly { readonly consumer: string; readonly key: string; readonly take: boolean }[],
  ): Promise<ReadonlyMap<string, DeliveredMessage>> {
    const { rows } = await this.database.queryByIndexes<MessageRow>(this.statements.advance, [
      lanes.map(({ consumer }) => consumer),
      lanes.map(({ key }) => key),
      lanes.map(({ take }) => take),
      this.leaseMs / 1000,
    ]);
    return new Map(rows.map(messageOf).map((message) => [laneOf(message), message]));
  }
}

function laneOf({ consumer, key }: DeliveredMessage): string {
  return `${consumer} ${key}`;
}
