import { context, type Shutdown } from '@macrolith/core';
import type { ModuleDatabase } from '@macrolith/data';
import type { Logger } from '@nestjs/common';
import { LogFilling } from '../consumer/log-filling.js';
import type { DeliveredMessage } from '../log/message.js';
import type { TaskSlots } from '../tasks/task-slots.js';
import { Attempts } from './attempts.js';
import { Claims, type Free } from './claims.js';
import { Closings } from './closings.js';
import type { Delivery } from './delivery.js';
import { type DeliveryStatements, deliveryStatements } from './delivery-statements.js';
import type { Hands } from './hands.js';
import { Leases } from './leases.js';
import { LimitedTasks } from './limited-tasks.js';
import { JETSTREAM } from './outlet.js';
import type { RelayOptions } from './relay-options.js';
import type { RelayedLog } from './relayed-logs.js';
import { Rest } from './rest.js';

/** The call's context of whoever woke the relay is none of the messages' business. */
const NOBODY = Object.freeze({});

/** How often what a dead relay left parked is looked for, and what is held is tried again, in sweeps. */
const LOOK_AFTER_EVERY = 6;

/** A key's turn ends then although it has more, so that a slow consumer of busy keys soon comes to what is new. */
const LONGEST_TURN_MS = 100;

/** Who is served in this process. */
export interface ServedConsumers {
  /** Whether it is a subscriber here, in whichever generation. */
  hears(consumer: string): boolean;
  /** Whether it can be handed anything now. */
  isReady(consumer: string): boolean;
  /** The modules whose tasks are done here. */
  tasks(): readonly string[];
}

/**
 * Hands over what one log owes to the consumers of this process: claims as many messages as it has free hands, starts an
 * attempt at each, and looks for more when one ends. So a slow consumer occupies its own hands, a claim's lease begins
 * when its attempt does, and as many messages are in memory as there are hands.
 *
 * Many relays may work on one log: a claim locks and leases its rows.
 */
export class LogRelay {
  private readonly statements: DeliveryStatements;
  private readonly attempts: Attempts;
  private readonly filling: LogFilling;
  private readonly claims: Claims;
  private readonly rest: Rest;
  private readonly limited: LimitedTasks;
  private readonly underWay = new Set<Promise<void>>();
  private readonly busy = new Map<string, number>();
  private consumers: readonly string[] = [];
  private looking: Promise<void> | undefined;
  private fillingNow: Promise<void> | undefined;
  private lookAgain = false;
  /** Whether the last claim left nothing that could be claimed: then there is nothing to look for when an attempt ends. */
  private isExhausted = false;
  private stopped = false;
  private sweeps = 0;
  private toldOfDisagreement = false;
  /** Whether this process hands over everything that this log owes, as far as it knows. */
  servesAll = false;

  constructor(
    private readonly log: RelayedLog,
    private readonly database: ModuleDatabase,
    delivery: Delivery,
    private readonly served: ServedConsumers,
    private readonly hands: Hands,
    private readonly slots: TaskSlots,
    private readonly options: RelayOptions,
    private readonly logger: Logger,
    private readonly shutdown: Shutdown,
  ) {
    const statements = deliveryStatements(log.tables);
    const closings = new Closings(database, statements, options.leaseMs);
    const leases = new Leases(database, statements, options.leaseMs, logger);
    this.statements = statements;
    this.claims = new Claims(database, statements, options.leaseMs);
    this.rest = new Rest(database, statements, options.sweepMs, logger, () => this.wake());
    this.filling = new LogFilling(database, log.tables);
    this.attempts = new Attempts(
      { database, statements, closings, leases, table: log.tables.delivery },
      delivery,
      slots.rules,
      options,
      logger,
    );
    this.limited = new LimitedTasks({
      database,
      statements,
      hands,
      slots,
      logger,
      sweepMs: options.sweepMs,
      free: (consumer) => this.free(consumer),
      claim: async (consumer, free) => (await this.claims.claim([{ consumer, free }], free)).messages,
      start: (message, over) => this.start(message, over),
    });
  }

  /** Whether all of its consumers have their hands full, so that another process had better help. */
  get isSaturated(): boolean {
    return this.freePerConsumer().length < this.consumers.length;
  }

  /** Looks for what has just been written. Returns at once. */
  hear(): void {
    this.claims.hear();
    this.wake();
  }

  /** Looks for work now. Returns at once. */
  wake(): void {
    if (this.stopped) return;
    this.limited.wake();
    if (this.looking !== undefined) {
      this.lookAgain = true;
      return;
    }
    this.rest.interrupt();
    this.looking = context
      .run(NOBODY, () => this.look())
      .finally(() => {
        this.looking = undefined;
        if (!this.lookAgain) return;
        this.lookAgain = false;
        this.wake();
      });
  }

  /** Finds out whom it serves, and looks after what nobody else does: held, stranded and missing deliveries. */
  async sweep(): Promise<void> {
    try {
      await this.refresh();
      if (this.sweeps % LOOK_AFTER_EVERY === 0) {
        await this.database.queryByIndexes(this.statements.release, [[...this.consumers, ...this.limited.consumers]]);
        await this.database.queryByIndexes(this.statements.unpark, [this.consumers]);
      }
      this.sweeps += 1;
    } catch (error) {
      this.logger.warn(`The log of '${this.log.name}' cannot be looked after now. ${error}`);
    }
    this.wake();
  }

  /** Takes no new work, and waits for what is under way, at most `drainMs`. Answers how many attempts it left. */
  async stop(): Promise<number> {
    this.stopped = true;
    this.rest.end();
    await this.shutdown.waitFor('work', this.finish(), this.options.drainMs);
    return this.underWay.size;
  }

  private async finish(): Promise<void> {
    await this.looking;
    await this.limited.stop();
    await this.fillingNow;
    await Promise.all(this.underWay);
  }

  private async refresh(): Promise<void> {
    const { rows } = await this.database.query<{ name: string; filling: boolean }>(
      `SELECT name, filled_to IS NOT NULL AS filling FROM ${this.log.tables.consumer}`,
    );
    this.lookForDisagreement(rows.some(({ name }) => name === JETSTREAM));
    const filling = new Set(rows.filter((row) => row.filling).map(({ name }) => name));
    const serves = (name: string) => this.served.hears(name);
    const known = [...this.log.wanted.map(({ name }) => name), ...rows.map(({ name }) => name).filter(serves)];
    // One that is still being put the log before would hear what is new before what is old.
    const here = [...new Set([...known, ...this.served.tasks()])].filter((name) => !filling.has(name));
    const { limited = [], others = [] } = Object.groupBy(here, (name) =>
      this.slots.isLimited(name) ? 'limited' : 'others',
    );
    this.consumers = others;
    this.limited.consumers = limited;
    this.servesAll = rows.every(({ name }) => this.consumers.includes(name) || filling.has(name));
    if (filling.size > 0) this.fillingNow ??= context.run(NOBODY, () => this.fill());
  }

  /**
   * Whoever started last says whether events leave the database. A process that was told otherwise goes on and serves what comes to it,
   * which may be nothing.
   */
  private lookForDisagreement(leave: boolean): void {
    const agree = leave === this.log.wanted.some(({ name }) => name === JETSTREAM);
    if (!agree && !this.toldOfDisagreement) {
      this.logger.warn(
        leave
          ? `Events of '${this.log.name}' go over NATS, as another process on this database was started so: who hears them in this one waits. ` +
              `Start it with EventsModule of '@macrolith/events/nats', which is NATS_URL where the environment decides.`
          : `Events of '${this.log.name}' stay in the database, as another process on it was started so: nobody elsewhere hears them. ` +
              `Start that with EventsModule of '@macrolith/events/nats', which is NATS_URL where the environment decides.`,
      );
    }
    this.toldOfDisagreement = !agree;
  }

  /** Puts the log before newcomers meanwhile, and lets them begin. */
  private async fill(): Promise<void> {
    try {
      await this.filling.run(() => this.stopped);
      await this.refresh();
      this.wake();
    } catch (error) {
      this.logger.warn(`The log of '${this.log.name}' cannot be put before a new consumer now. ${error}`);
    } finally {
      this.fillingNow = undefined;
    }
  }

  private freePerConsumer(): readonly Free[] {
    return this.consumers
      .filter((consumer) => this.served.isReady(consumer))
      .map((consumer) => ({ consumer, free: this.free(consumer) }))
      .filter(({ free }) => free > 0);
  }

  private free(consumer: string): number {
    return this.options.concurrency - (this.busy.get(consumer) ?? 0);
  }

  private async look(): Promise<void> {
    const free = this.freePerConsumer();
    const wanted = free.reduce((sum, each) => sum + each.free, 0);
    this.isExhausted = false;
    if (wanted === 0) return;
    const hands = this.hands.take(wanted, () => this.wake());
    if (hands === 0) return;
    let used = 0;
    try {
      const { messages, parked } = await this.claims.claim(free, hands);
      used = messages.length;
      const hasMore = (each: Free) => countOf(messages, each.consumer) === each.free;
      this.isExhausted = used < hands && parked === 0 && free.length === this.consumers.length && !free.some(hasMore);
      for (const message of messages) this.start(message);
      if (used === hands) return;
      if (parked > 0) this.lookAgain = true;
      else this.rest.begin(this.consumers);
    } catch (error) {
      // The messages are safe in the database; look again later.
      this.logger.warn(`The log of '${this.log.name}' cannot be read now. ${error}`);
      this.rest.beginLong();
    } finally {
      this.hands.giveBack(hands - used);
    }
  }

  private start(message: DeliveredMessage, over?: () => Promise<void>): void {
    const { consumer } = message;
    this.busy.set(consumer, (this.busy.get(consumer) ?? 0) + 1);
    const work = this.handOverInTurn(message).then(async (mayBeMore) => {
      await over?.();
      this.busy.set(consumer, this.busy.get(consumer)! - 1);
      this.underWay.delete(work);
      this.hands.giveBack(1);
      if (mayBeMore || over !== undefined || !this.isExhausted) this.wake();
    });
    this.underWay.add(work);
  }

  /** Goes on with the key while it has more, for a turn. Answers whether there may be more to claim. */
  private async handOverInTurn(first: DeliveredMessage): Promise<boolean> {
    const endsAt = performance.now() + LONGEST_TURN_MS;
    let made = 0;
    const goesOn = () => made < this.options.turn && performance.now() < endsAt && !this.stopped;
    let message: DeliveredMessage | 'look' | undefined = first;
    while (typeof message === 'object') {
      made += 1;
      message = await this.attempts.make(message, goesOn);
    }
    return message === 'look';
  }
}

function countOf(messages: readonly DeliveredMessage[], consumer: string): number {
  return messages.filter((message) => message.consumer === consumer).length;
}
