import { backoffMs, context } from '@macrolith/core';
import type { ModuleDatabase } from '@macrolith/data';
import type { EventNames } from '@macrolith/nats-connection';
import type { Logger } from '@nestjs/common';
import type { ChangeOver } from '../received/change-over.js';
import { ReaderLease } from '../received/reader-lease.js';
import { EventReader, ReadingInterrupted } from './event-reader.js';
import type { JetStreamLink, OpenLink } from './jetstream-link.js';

const BACKOFF = { firstMs: 100, maxMs: 10_000 };
const RENEWALS_PER_LEASE = 3;

export interface ModuleIntakeParts {
  readonly database: ModuleDatabase;
  /** Names of the events that the module hears. */
  readonly events: readonly string[];
  readonly link: JetStreamLink;
  readonly names: EventNames;
  readonly changeOver: ChangeOver;
  readonly leaseMs: number;
  readonly readAhead: number;
  /** Called when something was written to the log of what was received. */
  readonly written: () => void;
  readonly logger: Logger;
}

/**
 * Brings what one module hears from the stream into its database. Of all processes that have the module one reads; another
 * takes over when it is gone.
 *
 *     no link ──opened──▶ waiting ──lease taken──▶ reading ──link or lease lost, interrupted──▶ waiting
 */
export class ModuleIntake {
  private readonly stopping = new AbortController();
  private readonly lease: ReaderLease;
  private wake = (): void => {};
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ModuleIntakeParts) {
    this.lease = new ReaderLease(parts.database, parts.leaseMs);
    parts.link.whenOpened(() => this.wake());
  }

  start(): void {
    // The context of whoever starts this is none of the messages' business.
    this.running = context.run(Object.freeze({}), () => this.run());
  }

  /** Finishes what is being written, and lets another process read. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    const { link, leaseMs, logger, database } = this.parts;
    for (let failures = 0; !this.stopping.signal.aborted; ) {
      try {
        const { open } = link;
        if (open !== undefined && (await this.lease.take())) await this.read(open, () => (failures = 0));
        else await this.pause(leaseMs / RENEWALS_PER_LEASE);
      } catch (error) {
        failures += 1;
        if (error instanceof ReadingInterrupted) logger.debug(error.message);
        else logger.warn(`What '${database.module}' hears cannot be read now; trying again. ${error}`);
        await this.pause(backoffMs(failures, BACKOFF, Math.random()));
      }
    }
    await this.lease.release().catch(() => {});
  }

  /** Reads until the link or the lease is lost, or all is to stop. */
  private async read(open: OpenLink, began: () => void): Promise<void> {
    const { database, changeOver, logger, events, leaseMs } = this.parts;
    const moved = await changeOver.moveOpen(database.module);
    if (moved > 0) {
      logger.log(`${moved} deliveries to '${database.module}' that were still open go on in what it has received.`);
      this.parts.written();
    }
    const lost = new AbortController();
    const stop = AbortSignal.any([this.stopping.signal, open.lost, lost.signal]);
    const renewal = setInterval(() => void this.renew(lost), leaseMs / RENEWALS_PER_LEASE);
    try {
      const readers = events.map((event) => this.reader(event));
      began();
      await Promise.all(
        readers.map((reader) =>
          reader.run(open, stop).catch((error) => {
            // One that fails takes the others along: all begin anew together.
            lost.abort();
            throw error;
          }),
        ),
      );
    } finally {
      clearInterval(renewal);
      lost.abort();
    }
  }

  private reader(event: string): EventReader {
    const { database, names, readAhead, written, logger } = this.parts;
    return new EventReader(event, database, names, readAhead, written, logger);
  }

  private async renew(lost: AbortController): Promise<void> {
    // What the database cannot say now it may say in time; what is read meanwhile is written by one reader only.
    const isHeld = await this.lease.take().catch(() => true);
    if (!isHeld) lost.abort();
  }

  private pause(ms: number): Promise<void> {
    if (this.stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
