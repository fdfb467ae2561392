import { currentContext } from '@macrolith/core';
import { Database, type PipelinedCollector } from '@macrolith/data';
import { Injectable } from '@nestjs/common';
import type { LogTables } from '../log/log-tables.js';
import { writeStatement, writeValues } from '../log/log-writing.js';
import type { OutgoingMessage } from '../log/message.js';
import { RelaySignal } from '../relay/relay-signal.js';
import { RelayedLogs } from '../relay/relayed-logs.js';
import { OutboxMissing } from './outbox-missing.js';

/**
 * Writes messages to the outbox of the module that says them. Inside a unit of work they wait for its end and go in
 * one statement, in the same transaction as the change; otherwise at once, in a transaction of their own.
 */
@Injectable()
export class OutboxWriter {
  private readonly outboxes = new Map<string, Outbox>();

  constructor(
    logs: RelayedLogs,
    private readonly database: Database,
    private readonly signal: RelaySignal,
  ) {
    for (const { module, tables } of logs.outboxes) this.outboxes.set(module, this.outbox(module, tables));
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

  private outbox(module: string, tables: LogTables): Outbox {
    const write = writeStatement(tables);
    const store = async (messages: readonly OutgoingMessage[]) => {
      await this.database.of(module).queryLast(write, writeValues(messages));
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
