import { PlatformError } from '@macrolith/core';
import type { ModuleDatabase } from '@macrolith/data';
import type { Logger } from '@nestjs/common';
import type { DeliveredMessage } from '../outbox/message.js';
import type { OutboxStatements } from '../outbox/outbox-statements.js';
import { backoffMs } from './backoff.js';
import { ConsumerMissing, type Delivery } from './delivery.js';
import type { RelayOptions } from './relay-options.js';

/** A consumer took longer than its lease allows, and its message is handed over again later. */
export class ConsumerTooSlow extends PlatformError {
  readonly code = 'macrolith.consumer-too-slow';
  constructor(
    readonly consumer: string,
    readonly allowedMs: number,
  ) {
    super(
      `'${consumer}' was not done within ${allowedMs} ms and is taken for dead. ` +
        'Make it faster, bound its own waiting, or raise leaseMs of EventsModule.forRoot().',
    );
  }
}

/** What part of a lease an attempt may use: the rest is for saying how it ended before another relay may claim. */
const USABLE_LEASE = 0.9;

/**
 * Attempts at deliveries: hands a message over, and writes down how that ended. Closing compares the attempt's number,
 * so whoever was taken for dead cannot close what another has claimed since.
 */
export class Attempts {
  private readonly allowedMs: number;

  constructor(
    private readonly database: ModuleDatabase,
    private readonly statements: OutboxStatements,
    private readonly delivery: Delivery,
    private readonly options: RelayOptions,
    private readonly logger: Logger,
    private readonly random: () => number = Math.random,
  ) {
    this.allowedMs = Math.ceil(options.leaseMs * USABLE_LEASE);
  }

  /** One attempt. Never rejects: what could not be written down is claimed again when the lease has run out. */
  async make(message: DeliveredMessage): Promise<void> {
    try {
      const failure = await this.handOver(message);
      await (failure === undefined ? this.close(message) : this.fail(message, failure.reason));
    } catch (error) {
      this.logger.warn(`How ${nameOf(message)} ended could not be written down; it is handed over again. ${error}`);
    }
  }

  private async handOver(message: DeliveredMessage): Promise<{ readonly reason: unknown } | undefined> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new ConsumerTooSlow(message.consumer, this.allowedMs)), this.allowedMs);
    try {
      await Promise.race([this.delivery.deliver(message, Date.now() + this.allowedMs), late]);
      return undefined;
    } catch (reason) {
      return { reason };
    } finally {
      clearTimeout(timer);
    }
  }

  private async close(message: DeliveredMessage): Promise<void> {
    await this.database.query(this.statements.done, claimOf(message));
  }

  private async fail(message: DeliveredMessage, reason: unknown): Promise<void> {
    const failure = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
    // Nobody has refused a message whose consumer is not there: it waits for the consumer, however long.
    const missing = reason instanceof ConsumerMissing;
    if (!missing && message.attempt >= this.options.maxAttempts) return this.bury(message, failure);
    const { backoff } = this.options;
    const delayMs = missing ? backoff.maxMs : backoffMs(message.attempt, backoff, this.random());
    await this.database.query(this.statements.retry, [...claimOf(message), failure, delayMs]);
    this.logger.warn(`${nameOf(message)} failed; next attempt in ${delayMs} ms. ${firstLine(failure)}`);
  }

  private async bury(message: DeliveredMessage, failure: string): Promise<void> {
    await this.database.query(this.statements.bury, [...claimOf(message), failure]);
    const where = `${this.database.schema}.delivery, position ${message.position}`;
    this.logger.error(`${nameOf(message)} failed for the last time and is a dead letter now (${where}).`, failure);
  }
}

function claimOf({ position, consumer, attempt }: DeliveredMessage): readonly [string, string, number] {
  return [position, consumer, attempt];
}

function nameOf({ type, consumer, attempt }: DeliveredMessage): string {
  return `${type} for ${consumer}, attempt ${attempt},`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!;
}
