import { backoffMs, context, notDoneElsewhere, PlatformError } from '@macrolith/core';
import type { ModuleDatabase } from '@macrolith/data';
import type { Logger } from '@nestjs/common';
import type { DeliveredMessage } from '../log/message.js';
import { NotUnderstoodHere } from '../subscription/upcast.js';
import type { TaskRules } from '../tasks/task-rules.js';
import type { Closings } from './closings.js';
import { ConsumerMissing, type Delivery } from './delivery.js';
import type { DeliveryStatements } from './delivery-statements.js';
import type { Leases } from './leases.js';
import { OutletClosed } from './outlet.js';
import type { RelayOptions } from './relay-options.js';

/** A consumer took longer than is allowed, and its message is handed over again later. */
export class ConsumerTooSlow extends PlatformError {
  readonly code = 'macrolith.consumer-too-slow';
  constructor(
    readonly consumer: string,
    readonly allowedMs: number,
  ) {
    super(
      `'${consumer}' was not done within ${allowedMs} ms and is taken for dead. ` +
        'Make it faster, bound its own waiting, or raise patienceMs of EventsModule.forRoot().',
    );
  }
}

/** Longest time after which an outlet that was closed is tried again. */
const CLOSED_OUTLET_MS = 5_000;

/** One log as its relay works on it. */
export interface AttemptsOn {
  readonly database: ModuleDatabase;
  readonly statements: DeliveryStatements;
  readonly closings: Closings;
  readonly leases: Leases;
  /** Where the deliveries are, for people who read the log of this process. */
  readonly table: string;
}

/**
 * Attempts at deliveries: hands a message over, and writes down how that ended. Closing compares the attempt's number,
 * so whoever was taken for dead cannot close what another has claimed since.
 */
export class Attempts {
  constructor(
    private readonly on: AttemptsOn,
    private readonly delivery: Delivery,
    private readonly rules: TaskRules,
    private readonly options: RelayOptions,
    private readonly logger: Logger,
    private readonly random: () => number = Math.random,
  ) {}

  /**
   * One attempt. Answers the next message of the key when `goesOn` says so, this one went well and there is one; and 'look'
   * when there may be more to claim. Never rejects: what could not be written down is claimed again when the lease has run
   * out.
   *
   * @param goesOn asked when the consumer has done
   */
  async make(message: DeliveredMessage, goesOn: () => boolean): Promise<DeliveredMessage | 'look' | undefined> {
    try {
      const failure = await this.handOver(message);
      if (failure === undefined) {
        const takeNext = goesOn();
        const next = await this.on.closings.close(message, takeNext);
        return takeNext ? next : 'look';
      }
      await this.fail(message, failure.reason);
    } catch (error) {
      this.tell(
        message,
        'warn',
        `How ${nameOf(message)} ended could not be written down; it is handed over again. ${error}`,
      );
    }
    return 'look';
  }

  private async handOver(message: DeliveredMessage): Promise<{ readonly reason: unknown } | undefined> {
    const { patienceMs } = this.options;
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new ConsumerTooSlow(message.consumer, patienceMs)), patienceMs);
    const dismiss = this.on.leases.watch(message);
    try {
      await Promise.race([this.delivery.deliver(message, Date.now() + patienceMs), late]);
      return undefined;
    } catch (reason) {
      return { reason };
    } finally {
      clearTimeout(timer);
      dismiss();
    }
  }

  private async fail(message: DeliveredMessage, reason: unknown): Promise<void> {
    const failure = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
    const { askAgainInMs, retry } = notDoneElsewhere(reason);
    if (askAgainInMs !== undefined) return this.giveBack(message, failure, askAgainInMs);
    const rule = this.rules.retries.get(message.type);
    const { maxAttempts } = { ...this.options, ...rule, ...retry };
    const backoff = { ...this.options.backoff, ...rule?.backoff, ...retry?.backoff };
    if (reason instanceof NotUnderstoodHere || reason instanceof ConsumerMissing) {
      return this.hold(message, reason, failure);
    }
    const isInnocent = reason instanceof OutletClosed;
    if (!isInnocent && message.attempt >= maxAttempts) return this.bury(message, failure);
    const maxMs = isInnocent ? Math.min(backoff.maxMs, CLOSED_OUTLET_MS) : backoff.maxMs;
    const delayMs = backoffMs(message.attempt, { ...backoff, maxMs }, this.random());
    await this.on.database.queryByIndexes(this.on.statements.retry, [...claimOf(message), failure, delayMs]);
    this.tell(message, 'warn', `${nameOf(message)} failed; next attempt in ${delayMs} ms. ${firstLine(failure)}`);
  }

  /** Whoever does the task elsewhere cannot be asked, or is at work on as many as it may: it waits, however long. */
  private async giveBack(message: DeliveredMessage, failure: string, askAgainInMs: number): Promise<void> {
    const delayMs = Math.round(askAgainInMs * (0.5 + this.random() / 2));
    await this.on.database.queryByIndexes(this.on.statements.giveBack, [...claimOf(message), failure, delayMs]);
    this.tell(
      message,
      'debug',
      `${nameOf(message)} was not begun; it is asked for again in ${delayMs} ms. ${firstLine(failure)}`,
    );
  }

  /** Nobody has refused it: it waits for a process that understands it, however long, and its key with it. */
  private async hold(message: DeliveredMessage, reason: Error, failure: string): Promise<void> {
    const { maxMs } = this.options.backoff;
    await this.on.database.queryByIndexes(this.on.statements.hold, [...claimOf(message), failure, maxMs]);
    this.tell(message, 'warn', `${nameOf(message)} is held. ${reason.message}`);
  }

  private async bury(message: DeliveredMessage, failure: string): Promise<void> {
    await this.on.database.queryByIndexes(this.on.statements.bury, [...claimOf(message), failure]);
    const where = `${this.on.table}, position ${message.position}`;
    this.tell(
      message,
      'error',
      `${nameOf(message)} failed for the last time and is a dead letter now (${where}).`,
      failure,
    );
    await this.on.closings.pass(message);
  }

  /** What is logged of a message is in its trace, as what its consumer logs is. */
  private tell(
    { traceparent }: DeliveredMessage,
    level: 'debug' | 'warn' | 'error',
    ...text: [string, ...string[]]
  ): void {
    context.run(traceparent === undefined ? {} : { traceparent }, () => this.logger[level](...text));
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
