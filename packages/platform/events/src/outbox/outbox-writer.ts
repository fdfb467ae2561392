import { type Collector, context, currentContext, InstalledModules } from '@macrolith/core';
import { Database } from '@macrolith/data';
import { Injectable } from '@nestjs/common';
import { RelaySignal } from '../relay/relay-signal.js';
import type { OutgoingMessage } from './message.js';
import { OutboxFeature } from './outbox-feature.js';
import { OutboxMissing } from './outbox-missing.js';
import { type OutboxStatements, outboxStatements } from './outbox-statements.js';

/**
 * Writes messages to the outbox of the module that says them. Inside a unit of work they wait for its end and go in
 * one statement, in the same transaction as the change; otherwise at once, in a transaction of their own.
 */
@Injectable()
export class OutboxWriter {
  private readonly collectors = new Map<string, Collector<OutgoingMessage>>();

  constructor(
    installed: InstalledModules,
    private readonly database: Database,
    private readonly signal: RelaySignal,
  ) {
    for (const { manifest, features } of installed.all) {
      if (!features.some((feature) => feature instanceof OutboxFeature)) continue;
      const statements = outboxStatements(manifest.schema);
      this.collectors.set(manifest.name, { flush: (messages) => this.flush(manifest.name, statements, messages) });
    }
  }

  /** Stores `message` in the outbox of `module`. */
  async write(module: string, message: OutgoingMessage): Promise<void> {
    const collector = this.collectors.get(module);
    if (collector === undefined) throw new OutboxMissing(module, message.type);
    const { transaction } = currentContext();
    if (transaction === undefined) return collector.flush([message]);
    transaction.collect(collector, message);
  }

  private async flush(
    module: string,
    statements: OutboxStatements,
    messages: readonly OutgoingMessage[],
  ): Promise<void> {
    const rows = messages.map(({ consumers, ...message }) => message);
    const deliveries = messages.flatMap(({ id, consumers }) => consumers.map((consumer) => ({ id, consumer })));
    await this.database.of(module).query(statements.write, [JSON.stringify(rows), JSON.stringify(deliveries)]);
    const transaction = context.getStore()?.transaction;
    if (transaction === undefined) this.signal.wake(module);
    else transaction.afterCommit(() => this.signal.wake(module));
  }
}
