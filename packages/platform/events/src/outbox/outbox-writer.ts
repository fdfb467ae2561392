import { currentContext, InstalledModules } from '@macrolith/core';
import { Database, type PipelinedCollector } from '@macrolith/data';
import { Injectable } from '@nestjs/common';
import { RelaySignal } from '../relay/relay-signal.js';
import type { OutgoingMessage } from './message.js';
import { OutboxMissing } from './outbox-missing.js';
import type { OutboxStatements } from './outbox-statements.js';
import { publishersOf } from './publishers.js';

/**
 * Writes messages to the outbox of the module that says them. Inside a unit of work they wait for its end and go in
 * one statement, in the same transaction as the change; otherwise at once, in a transaction of their own.
 */
@Injectable()
export class OutboxWriter {
  private readonly outboxes = new Map<string, Outbox>();

  constructor(
    installed: InstalledModules,
    private readonly database: Database,
    private readonly signal: RelaySignal,
  ) {
    for (const { module, statements } of publishersOf(installed)) {
      this.outboxes.set(module, this.outbox(module, statements));
    }
  }

  /** Stores `message` in the outbox of `module`. */
  async write(module: string, message: OutgoingMessage): Promise<void> {
    const outbox = this.outboxes.get(module);
    if (outbox === undefined) throw new OutboxMissing(module, message.type);
    const { transaction } = currentContext();
    if (transaction !== undefined) return transaction.collect(outbox, message);
    await outbox.store([message]);
    this.signal.wake(module);
  }

  private outbox(module: string, statements: OutboxStatements): Outbox {
    const store = async (messages: readonly OutgoingMessage[]) => {
      const rows = messages.map(({ consumers, ...message }) => message);
      const deliveries = messages.flatMap(({ id, consumers }) => consumers.map((consumer) => ({ id, consumer })));
      await this.database.of(module).query(statements.write, [JSON.stringify(rows), JSON.stringify(deliveries)]);
    };
    return {
      sendsAtOnce: true,
      store,
      flush: (messages) => {
        currentContext().transaction?.afterCommit(() => this.signal.wake(module));
        return store(messages);
      },
    };
  }
}

/** The outbox of one module. Its statement is sent in the same breath as COMMIT, and costs no round trip. */
interface Outbox extends PipelinedCollector<OutgoingMessage> {
  store(messages: readonly OutgoingMessage[]): Promise<void>;
}
